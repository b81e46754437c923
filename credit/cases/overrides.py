"""Where an award is another figure than the policy's: that figure, and why."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from credit.cases.models import Basis, Decision, DecisionOutcome
from credit.policy.wording import credits_in_words


@dataclass(frozen=True)
class Override:
    policy_gives: str
    reason: str
    by: str
    """Whose reason it is; a later step may have taken the figure over."""

    @property
    def words(self) -> str:
        said = f" {self.by}: {self.reason}" if self.reason else ""
        return f"The policy gives {self.policy_gives}.{said}"


def policy_gives(decision: Decision) -> str:
    """In words; empty where the award is the policy's own figure."""
    computed = decision.computed_thousandths
    same = computed is None or computed == decision.credits_thousandths
    # Who is enrolled for no credit gets a mark instead of it, and nobody has to say why.
    is_mark = decision.basis == Basis.NON_CREDIT and decision.reason_id is None
    if decision.outcome != DecisionOutcome.APPROVED or computed is None or same or is_mark:
        return ""
    return credits_in_words(computed) if computed else "no credit"


def of(decision: Decision | None, decisions: Iterable[Decision]) -> Override | None:
    """``decisions``: all of the case, oldest first."""
    if decision is None or not (figure := policy_gives(decision)):
        return None
    why = decision
    for one in decisions:
        taken_over = one.number < decision.number and one.reason_id is not None
        if decision.reason_id is None and taken_over and _same_award(one, decision):
            why = one
    return Override(figure, (why.reason.text if why.reason else None) or "", why.by)


def of_many(session: Session, standing: Collection[Decision]) -> dict[int, Override]:
    """By decision, where it is another figure; one query, if any."""
    others = [one for one in standing if policy_gives(one)]
    if not others:
        return {}
    made: dict[int, list[Decision]] = defaultdict(list)
    for row in session.scalars(
        select(Decision)
        .where(Decision.credit_case_id.in_([one.credit_case_id for one in others]))
        .options(
            joinedload(Decision.decided_by),
            joinedload(Decision.acting_for),
            joinedload(Decision.reason),
        )
        .order_by(Decision.number)
    ):
        made[row.credit_case_id].append(row)
    found = {one.id: of(one, made[one.credit_case_id]) for one in others}
    return {key: one for key, one in found.items() if one is not None}


def _same_award(one: Decision, other: Decision) -> bool:
    return one.outcome == other.outcome and (one.credits_thousandths, one.basis) == (
        other.credits_thousandths,
        other.basis,
    )
