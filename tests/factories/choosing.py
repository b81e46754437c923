"""What a test may say of a decision or of the answer to an appeal beside its outcome."""

from datetime import date
from typing import TypedDict

from credit.cases.models import Basis


class Figures(TypedDict, total=False):
    credits_thousandths: int | None
    basis: Basis
    confirmed_rules: tuple[str, ...]
    seen: str | None


class MoreOfAChoice(Figures, total=False):
    override_reason: str
    to_instructor: bool
    finish_by: date | None
