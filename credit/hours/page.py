"""What the hours page and the hours panel show."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.web.templating import hours, per_hour
from credit import addresses, decided
from credit.agreements import queries as agreements
from credit.cases import conflicts
from credit.hours import correcting, disputing, queries, remarks, rules
from credit.hours.forms import TAPS
from credit.hours.plan import Plan
from credit.hours.queries import Totals


@dataclass(frozen=True)
class Fee:
    planned: str
    actual: str
    """By what is known to be worked; empty before anything is logged."""
    is_confirmed: bool = False
    """Both sides, or a ruling, say how much it was."""


def values(
    session: Session, placement: Placement, plan: Plan, *, actor: Actor
) -> dict[str, Any]:
    found = list(queries.entries(session, placement))
    totals = queries.totals(session, [placement.id])[placement.id]
    is_own = placement.person_id == actor.person_id
    decides = actor.may_decide(placement.course_id) and not is_own
    why_not_theirs = conflicts.in_case_of(session, placement, actor=actor) if decides else ""
    return {
        "placement": placement,
        "plan": plan,
        "weeks": queries.by_week(found),
        "totals": totals,
        "fee": fee_of(placement, plan, totals),
        "sum_lines": sum_lines(plan, totals),
        "taps": TAPS,
        "remarks": remarks.remarks(placement, plan, found),
        "confirmation": queries.latest_confirmation(session, placement),
        "last_ruling": queries.latest_ruling(session, placement),
        "corrections": correcting.of_placement(session, placement),
        "disputes": disputing.of_placement(session, placement),
        "why_no_dispute": disputing.why_not(session, actor, placement, totals),
        "objectives": {one.lineage: one for one in plan.objectives},
        "is_own": is_own,
        "why_not_open": rules.why_not_open(actor, placement),
        "may_rule": decides
        and not why_not_theirs
        and not decided.why_closed(session, placement),
        "why_not_theirs": why_not_theirs,
        "url": addresses.of(placement, "hours"),
    }


def panel_values(session: Session, placement: Placement, *, actor: Actor) -> dict[str, Any]:
    totals = queries.totals(session, [placement.id])[placement.id]
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    planned = (agreement or placement).planned_minutes
    return {
        "totals": totals,
        "planned_minutes": planned,
        "sentence": sentence(totals, planned),
        "fee": fee_for(placement, planned, totals),
        "may_log": not rules.why_not_open(actor, placement),
        "hours_url": addresses.of(placement, "hours"),
    }


def sentence(totals: Totals, planned: int) -> str:
    """What the bar says, for those who do not see it."""
    confirmed = f", {hours(totals.confirmed)} confirmed" if totals.confirmed is not None else ""
    return f"{hours(totals.reported)} of {hours(planned)} logged{confirmed}"


def fee_of(placement: Placement, plan: Plan, totals: Totals) -> Fee:
    return fee_for(placement, plan.planned_minutes, totals)


def fee_for(placement: Placement, planned_minutes: int, totals: Totals) -> Fee:
    is_confirmed = totals.confirmed is not None or totals.ruled is not None
    worked = totals.accepted if is_confirmed else totals.reported
    return Fee(
        planned=per_hour(placement.fee_minor, planned_minutes, placement.currency),
        actual=per_hour(placement.fee_minor, worked, placement.currency) if worked else "",
        is_confirmed=is_confirmed,
    )


def sum_lines(plan: Plan, totals: Totals) -> list[dict[str, str]]:
    """How the hours that stand came about; the credit sum goes on from there."""
    lines = [{"label": "Logged by the student", "value": hours(totals.reported)}]
    if totals.confirmed is not None:
        lines.append({"label": "Confirmed by the supervisor", "value": hours(totals.confirmed)})
    if totals.ruled is not None:
        lines.append({"label": "Ruled by the instructor", "value": hours(totals.ruled)})
    lines.append({"label": "Stand today", "value": hours(totals.accepted), "kind": "sum"})
    if plan.most_counted > plan.planned_minutes:
        lines.append(
            {
                "label": "Most that can count",
                "value": hours(plan.most_counted),
                "clause": f"{plan.policy.tolerance_percent} % over plan",
            }
        )
    return lines
