"""What the hours page and the hours panel show."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.web.templating import hours, per_hour
from credit import addresses, decided
from credit.agreements import queries as agreements
from credit.hours import queries, rules
from credit.hours.plan import Plan
from credit.hours.queries import Totals


@dataclass(frozen=True)
class Fee:
    planned: str
    actual: str
    """By what counts as worked today; empty before anything is logged."""


def values(
    session: Session, placement: Placement, plan: Plan, *, actor: Actor
) -> dict[str, Any]:
    found = list(queries.entries(session, placement))
    totals = queries.totals(session, [placement.id])[placement.id]
    is_own = placement.person_id == actor.person_id
    return {
        "placement": placement,
        "plan": plan,
        "weeks": queries.by_week(found),
        "totals": totals,
        "fee": fee_of(placement, plan, totals),
        "sum_lines": sum_lines(plan, totals),
        "remarks": rules.remarks(placement, plan, found),
        "confirmation": queries.latest_confirmation(session, placement),
        "last_ruling": queries.latest_ruling(session, placement),
        "objectives": {one.lineage: one for one in plan.objectives},
        "is_own": is_own,
        "why_not_open": rules.why_not_open(actor, placement),
        "may_rule": actor.may_decide(placement.course_id)
        and not decided.why_closed(session, placement),
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
        "may_log": not rules.why_not_open(actor, placement),
        "hours_url": addresses.of(placement, "hours"),
    }


def sentence(totals: Totals, planned: int) -> str:
    """What the bar says, for those who do not see it."""
    confirmed = f", {hours(totals.confirmed)} confirmed" if totals.confirmed is not None else ""
    return f"{hours(totals.reported)} of {hours(planned)} logged{confirmed}"


def fee_of(placement: Placement, plan: Plan, totals: Totals) -> Fee:
    worked = totals.ruled if totals.ruled is not None else totals.reported
    return Fee(
        planned=per_hour(placement.fee_minor, plan.planned_minutes, placement.currency),
        actual=per_hour(placement.fee_minor, worked, placement.currency) if worked else "",
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
