"""The one sentence about a partner: state, since when, whose move, what is missing."""

from dataclasses import dataclass, field
from datetime import date

from careerlink.partners import checklist
from careerlink.partners.models import Partner, PartnerState

RENEWAL_DAYS = 21


@dataclass(frozen=True)
class Standing:
    move: str
    """What to do next, for staff; "" when nothing is."""
    missing: list[str] = field(default_factory=list)
    has_run_out: bool = False
    days_left: int | None = None


def of(partner: Partner, today: date) -> Standing:
    missing = checklist.missing(partner.checks)
    if partner.state == PartnerState.PROPOSED:
        return Standing("start the review", missing)
    if partner.state == PartnerState.UNDER_REVIEW:
        move = "record the missing checks" if missing else "approve until a day"
        return Standing(move, missing)
    if partner.state == PartnerState.PAUSED:
        return Standing("clear up the reason, then resume or decline", missing)
    if partner.state == PartnerState.APPROVED and partner.approved_until is not None:
        return _approved(partner.approved_until, today, missing)
    return Standing("")


def _approved(until: date, today: date, missing: list[str]) -> Standing:
    days_left = (until - today).days
    if days_left < 0:
        return Standing("extend the approval; nothing new can start", missing, True, days_left)
    if days_left <= RENEWAL_DAYS:
        return Standing("look again and extend the approval", missing, days_left=days_left)
    return Standing("", missing, days_left=days_left)


def why_nothing_new(partner: Partner, today: date) -> list[str]:
    """Why no new work may begin at this partner, in words for the screen; empty if it may."""
    if partner.may_start_new(today):
        return []
    if partner.state == PartnerState.PAUSED:
        return [f"{partner.name} is paused by the career office"]
    if partner.state == PartnerState.APPROVED:
        return [f"the approval of {partner.name} has run out"]
    return [f"{partner.name} is not approved by the career office"]
