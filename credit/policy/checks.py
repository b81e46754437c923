"""One clause held against one case: met, short, or not checkable and perhaps confirmed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from credit.policy.parameters import Clause, Parameters


class Verdict(StrEnum):
    MET = "met"
    SHORT = "short"
    NOT_CHECKABLE = "not_checkable"
    CONFIRMED = "confirmed"
    """Not checkable, and confirmed by name."""


@dataclass(frozen=True)
class Check:
    rule: str
    clause: Clause
    verdict: Verdict
    text: str
    """One sentence with the figures: "Academic work: 15 of 15 h"."""

    @property
    def holds(self) -> bool:
        return self.verdict in (Verdict.MET, Verdict.CONFIRMED)

    def confirmed(self, rules: Collection[str]) -> "Check":
        """A confirmation helps only where the input is missing, never against a figure."""
        if self.verdict != Verdict.NOT_CHECKABLE or self.rule not in rules:
            return self
        text = f"{self.text} Confirmed by name."
        return replace(self, verdict=Verdict.CONFIRMED, text=text)


def judged(policy: Parameters, rule: str, holds: bool, text: str) -> Check:
    return Check(rule, policy.clause(rule), Verdict.MET if holds else Verdict.SHORT, text)


def unknown(policy: Parameters, rule: str, subject: str, needs: str) -> Check:
    """Such as "Span of 8 weeks: not checkable, needs the day of enrollment."."""
    text = f"{subject}: not checkable, needs {needs}."
    return Check(rule, policy.clause(rule), Verdict.NOT_CHECKABLE, text)


def hours(minutes: int) -> str:
    """Such as ``46.5``: exact to the hundredth, cut and never rounded up."""
    hundredths = minutes * 100 // 60
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")


def credit_figure(thousandths: int) -> str:
    return f"{thousandths // 1000}.{thousandths % 1000:03d}".rstrip("0").rstrip(".")
