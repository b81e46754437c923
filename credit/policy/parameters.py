"""A credit policy's numbers and clauses, as a version stores them. No database, no clock."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

ChangeName = Literal[
    "dates", "hours", "scope", "supervisor", "finish_early", "end_early", "cancel"
]
SignerName = Literal["student", "supervisor", "instructor"]
EVERYBODY: tuple[SignerName, ...] = ("student", "supervisor", "instructor")
DEFAULT_SIGNERS: dict[ChangeName, tuple[SignerName, ...]] = {
    "dates": EVERYBODY,
    "hours": EVERYBODY,
    "scope": EVERYBODY,
    "finish_early": EVERYBODY,
    # Whoever takes over agrees to what the other one signed; nothing else changes.
    "supervisor": ("supervisor",),
    # Nobody can be held to a project by not signing its end; the course sees to the credit.
    "end_early": ("instructor",),
    "cancel": ("instructor",),
}


class Clause(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    ref: str
    """Such as "§ 2 Hours", shown beside every line that it governs."""
    text: str


class Parameters(BaseModel):
    """Unknown members are errors: a policy that says more than we check must not pass."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minutes_per_credit: int = Field(default=45 * 60, gt=0)
    step_thousandths: int = Field(default=500, gt=0, le=1000)
    """Credits are given in these steps, rounded down."""
    minimum_thousandths: int = Field(default=500, ge=0)
    maximum_thousandths: int = Field(default=3000, gt=0)
    academic_minutes_required: int = Field(default=0, ge=0)
    academic_counts: bool = True
    """Whether the academic work counts toward the total besides being required."""
    tolerance_percent: int = Field(default=0, ge=0, le=100)
    """Confirmed hours count up to the planned ones and this much more."""
    max_minutes_per_week: int | None = Field(default=None, gt=0)
    """Monday to Sunday, over all placements of the case."""
    min_span_weeks: int = Field(default=0, ge=0)
    span_from_enrollment: bool = False
    """Counted from the enrollment, not from the first hour worked."""
    not_before_agreement: bool = True
    not_before_enrollment: bool = True
    min_placements: int = Field(default=1, ge=1)
    max_placements: int | None = Field(default=None, ge=1)
    deliverables_required: int = Field(default=0, ge=0)
    reflection_required: bool = False
    supervisor_evaluation_required: bool = True
    self_evaluation_required: bool = False
    score_maximum_thousandths: int = Field(default=100_000, gt=0)
    """What the gradebook shows for an approved case; a denied one shows 0."""
    amendment_signers: dict[ChangeName, tuple[SignerName, ...]] = {}
    """Who signs a change to an agreement in force, by kind; else as ``DEFAULT_SIGNERS``."""
    clauses: dict[str, Clause] = {}
    """By rule: hours, over_plan, academic, span, week, start, evidence, maximum, bundle."""

    @model_validator(mode="after")
    def _consistent(self) -> "Parameters":
        if self.minimum_thousandths > self.maximum_thousandths:
            raise ValueError("the minimum of credits is above the maximum")
        if self.max_placements is not None and self.max_placements < self.min_placements:
            raise ValueError("the minimum of placements is above the maximum")
        return self

    def signers_of(self, change: ChangeName) -> tuple[SignerName, ...]:
        return self.amendment_signers.get(change) or DEFAULT_SIGNERS[change]

    def clause(self, rule: str) -> Clause:
        return self.clauses.get(rule) or Clause(ref="Policy", text="")

    def stored(self) -> dict[str, Any]:
        return self.model_dump(mode="json")
