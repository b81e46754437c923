"""Work well beyond the plan: the fee per hour falls, and somebody in the office must ask."""

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.concerns import operations as concerns
from credit.concerns import queries as concern_queries
from credit.concerns.models import ConcernKind
from credit.hours import queries
from credit.hours.plan import Plan


def tell_office(session: Session, placement: Placement, plan: Plan, *, actor: Actor) -> None:
    """Beyond a tenth over the plan, or what the policy counts; again with each tenth."""
    tenth = plan.planned_minutes // 10
    logged = queries.totals(session, [placement.id])[placement.id].reported
    if logged <= max(plan.most_counted, plan.planned_minutes + tenth):
        return
    before = concern_queries.latest(session, placement, ConcernKind.OVER_PLAN)
    known = (before.minutes or 0) if before is not None else 0
    if logged < known + tenth:
        return
    concerns.open_concern(
        session, placement, kind=ConcernKind.OVER_PLAN, actor=actor, minutes=logged
    )
