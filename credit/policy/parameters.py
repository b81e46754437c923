"""A credit policy's numbers and clauses, as a version stores them. No database, no clock.

Every member has a default under which a version written before it was known keeps its meaning.
"""

from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationInfo,
    field_validator,
    model_validator,
)

from credit.policy import consistency

ChangeName = Literal[
    "dates", "hours", "scope", "supervisor", "finish_early", "end_early", "cancel"
]
SignerName = Literal["student", "supervisor", "instructor"]
ApproverName = Literal["instructor", "chair", "registrar"]
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


class HoursStep(BaseModel):
    """From so many minutes on the work is worth so many credits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minutes: int
    thousandths: int


class RubricLine(BaseModel):
    """One thing that the instructor looks for in the academic work."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    title: str
    levels: tuple[str, ...]
    """From the lowest up, in words."""


class Parameters(BaseModel):
    """Unknown members are errors: a policy that says more than we check must not pass."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Hours to credit
    minutes_per_credit: int = 45 * 60
    hours_table: tuple[HoursStep, ...] = ()
    """Where credit is not linear; empty: ``minutes_per_credit`` says it all."""
    step_thousandths: int = 500
    """Credits are given in these steps, rounded down."""
    minimum_thousandths: int = 500
    maximum_thousandths: int = 3000
    grade_basis: Literal["letter", "pass_fail", "non_credit"] = "letter"
    non_credit_minutes: int | None = None
    """Hours for a mark without credit, where the course or the university has one."""

    # Work that counts
    tolerance_percent: int = 0
    """Confirmed hours count up to the planned ones and this much more."""
    site_share_max: tuple[int, int] | None = None
    """Site time counts for at most this share of all work that counts, such as 2 of 3."""
    max_minutes_per_week: int | None = None
    """Monday to Sunday, over all placements of the case."""
    academic_minutes_required: int = 0
    academic_minutes_per_credit: int = 0
    academic_counts: bool = True
    """Whether the academic work counts toward the total besides being required."""

    # When it counts
    not_before_agreement: bool = True
    agreement_lead_days: int = 0
    """1: the agreement is in force the day before the first hour at the latest."""
    not_before_enrollment: bool = True
    retro_days: int | None = None
    """Work counts from so many days before the original enrollment; 0 is not retroactive."""
    enroll_by_week: int | None = None
    """Enrolled by this week of the term is early enough, however long the work had run."""
    within_term: bool = False
    carry_terms: int = 0
    """1: work of the term before counts, too."""
    past_term_end: bool = False
    """Work that began in the term counts also after its end."""
    latest_start_week: int | None = None
    min_span_weeks: int = 0
    span_from_enrollment: bool = False
    """Counted from the enrollment, not from the first hour worked."""

    # Bounds over several projects and cases
    min_placements: int = 1
    max_placements: int | None = None
    lifetime_maximum_thousandths: int | None = None
    lifetime_two_majors_thousandths: int | None = None
    """Instead of the former for a student with two majors."""
    lifetime_cases: int | None = None
    """How often in all, this time included."""
    lifetime_scope: Literal["any_course", "same_course"] = "any_course"
    major_share_max: tuple[int, int] | None = None
    """Of the credits that the student's major asks for."""

    # Evidence
    deliverables_required: int = 0
    reflection_required: bool = False
    supervisor_evaluation_required: bool = True
    midpoint_evaluation_required: bool = False
    self_evaluation_required: bool = False
    agreement_required: bool = False
    syllabus_required: bool = False
    outcomes_verified: bool = False
    """Each learning objective of the agreement has work or a rating that speaks for it."""
    final_acceptance_required: bool = False
    no_hold_required: bool = False
    """A hold on the student's registration ends the internship."""

    # Ties
    paid_by_university_ok: bool = True
    double_count: Literal["never", "with_consent", "allowed"] = "allowed"
    instructor_may_supervise: bool = True
    related_host_ok: bool = True

    # How it is decided
    approver_chain: tuple[ApproverName, ...] = ("instructor",)
    incomplete_allowed: bool = True
    most_returns: int = 3
    resubmit_days: int = 14
    appeal_days: int = 14
    rubric: tuple[RubricLine, ...] = ()
    census_rule: Literal["keep", "close"] = "close"
    amendment_signers: dict[ChangeName, tuple[SignerName, ...]] = {}
    """Who signs a change to an agreement in force, by kind; else as ``DEFAULT_SIGNERS``."""

    # What the gradebook shows
    score_kind: Literal["points", "pass_fail", "credits"] = "points"
    score_maximum_thousandths: int = 100_000
    """What the gradebook shows for an approved case; a denied one shows 0."""
    sends_progress: bool = True

    clauses: dict[str, Clause] = {}
    """By the rules that ``credit.policy.wording.RULES`` names."""

    @field_validator("*")
    @classmethod
    def _within_reason(cls, value: Any, info: ValidationInfo) -> Any:
        consistency.refuse_absurd(info.field_name or "", value)
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        consistency.refuse_contradictions(self)
        return self

    def signers_of(self, change: ChangeName) -> tuple[SignerName, ...]:
        return self.amendment_signers.get(change) or DEFAULT_SIGNERS[change]

    def clause(self, rule: str) -> Clause:
        return self.clauses.get(rule) or Clause(ref="Policy", text="")

    def stored(self) -> dict[str, Any]:
        return self.model_dump(mode="json")
