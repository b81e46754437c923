"""The credit policy of a sample course, as a record."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Clause:
    ref: str
    """As printed beside a figure, such as "§ 2 Hours"."""
    rule: str
    """The key of the rule that it belongs to."""
    text: str


@dataclass(frozen=True)
class RubricLine:
    """What the instructor looks for in the academic work; levels from the lowest up."""

    key: str
    title: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    name: str
    version: int
    hours_per_credit: int
    academic_hours: int
    credit_step_thousandths: int
    min_credit_thousandths: int
    max_credit_thousandths: int
    min_span_weeks: int
    max_hours_per_week: int
    tolerance_percent: int
    grade_basis: Literal["pass_no_pass", "letter", "non_credit"]
    source: str
    clauses: tuple[Clause, ...]
    approver_chain: tuple[Literal["instructor", "chair", "registrar"], ...] = ("instructor",)
    lifetime_credits: int = 0
    """From internships in all; 0 where nothing bounds them."""
    rubric: tuple[RubricLine, ...] = ()
