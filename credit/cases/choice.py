"""What the person at the screen wants decided, and what they had in front of them."""

from dataclasses import dataclass
from datetime import date

from credit.cases.models import Basis, DecisionOutcome


@dataclass(frozen=True)
class Choice:
    outcome: DecisionOutcome
    comment: str = ""
    """The student reads it with the decision; needed for everything but an award."""
    credits_thousandths: int | None = None
    """``None`` takes what the policy gives."""
    basis: Basis = Basis.CREDIT
    override_reason: str = ""
    confirmed_rules: tuple[str, ...] = ()
    to_instructor: bool = False
    """A later step voids what was approved before it; else the instructor takes it back."""
    finish_by: date | None = None
    """Of an Incomplete: its last day; else the end of the next term."""
    seen: str | None = None
    """``seen_mark`` of the page; ``None`` where no page was shown."""
