"""What holds in a case: the last final decision that no later one voided or replaced."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from credit.cases.models import Decision, DecisionOutcome


def standing_decisions(session: Session, case_ids: Collection[int]) -> dict[int, Decision]:
    """By case; a case of which nothing final stands is left out."""
    rows = session.scalars(
        select(Decision)
        .where(Decision.credit_case_id.in_(case_ids))
        .options(
            joinedload(Decision.decided_by),
            joinedload(Decision.acting_for),
            joinedload(Decision.reason),
        )
        .order_by(Decision.credit_case_id, Decision.number)
    ).all()
    by_case: dict[int, list[Decision]] = {}
    for row in rows:
        by_case.setdefault(row.credit_case_id, []).append(row)
    found = {case_id: standing_of(made) for case_id, made in by_case.items()}
    return {case_id: one for case_id, one in found.items() if one is not None}


def standing_of(decisions: Iterable[Decision]) -> Decision | None:
    """Of one case's decisions, oldest first."""
    stands: Decision | None = None
    for one in decisions:
        if one.outcome == DecisionOutcome.VOIDED and stands is not None:
            stands = None if one.voids_id == stands.id else stands
        elif one.is_final and one.outcome != DecisionOutcome.VOIDED:
            stands = one
    return stands
