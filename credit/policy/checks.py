"""One clause held against one case: met, short, or not checkable and perhaps confirmed."""

from collections.abc import Collection, Sequence
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
    """Such as ``46.5``; ``1:40`` where hundredths of an hour would not say it exactly."""
    return alike([minutes])[0]


def alike(amounts: Sequence[int]) -> list[str]:
    """Hours that stand in one sum, exactly and all in one way, so that they add up."""
    if any(minutes * 100 % 60 for minutes in amounts):
        return [f"{minutes // 60}:{minutes % 60:02d}" for minutes in amounts]
    return [
        f"{minutes // 60}.{minutes * 100 // 60 % 100:02d}".rstrip("0").rstrip(".")
        for minutes in amounts
    ]


def credit_figure(thousandths: int) -> str:
    return f"{thousandths // 1000}.{thousandths % 1000:03d}".rstrip("0").rstrip(".")
