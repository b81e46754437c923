"""The cases of somebody who approves at a later step: their desk, and what they may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.web.pagination import Page, page
from credit.appeals.models import Appeal
from credit.approvals import authority
from credit.approvals.roles import ApproverRole
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.queries import PAGE_NEEDS
from credit.policy.models import CreditPolicyVersion

MOST_COUNTED = 1000
LONGEST_CHAIN = 1 + len(ApproverRole)
"""The instructor, and nobody twice after them."""


class Filter(StrEnum):
    WAITING = "waiting"
    APPEALS = "appeals"
    DONE = "done"


@dataclass(frozen=True)
class Row:
    case: CreditCase
    latest: Decision | None
    steps: int

    @property
    def days(self) -> int:
        return max(0, (clock.now() - self.case.state_since).days)


@dataclass(frozen=True)
class Desk:
    page: Page[CreditCase]
    rows: Sequence[Row]
    counts: Mapping[Filter, int]
    """Up to ``MOST_COUNTED``; beyond that nobody needs to know how many more."""
    oldest: CreditCase | None


def visible_to(actor: Actor) -> Select[CreditCase]:
    """Cases that are or were at a step of ``actor``, or that they decided themselves."""
    query = select(CreditCase).where(CreditCase.institution_id == actor.institution_id)
    if not actor.approves or actor.person_id is None:
        return query.where(false())
    by_role = [
        and_(authority.reach_of(one), _is_or_was_at(ApproverRole(one.role)))
        for one in dict.fromkeys(actor.approves)
    ]
    not_own = CreditCase.person_id != actor.person_id
    return query.where(or_(*by_role), not_own)


def _is_or_was_at(role: ApproverRole) -> ColumnElement[bool]:
    decided = exists().where(Decision.credit_case_id == CreditCase.id, Decision.as_role == role)
    appealed = exists().where(Appeal.credit_case_id == CreditCase.id)
    # Taken back while it was here: whoever had it open reads what became of it.
    left = and_(CreditCase.state != CaseState.IN_APPROVAL, _was_passed_on_to(role))
    was = or_(decided, left, appealed) if role == ApproverRole.CHAIR else or_(decided, left)
    return or_(CreditCase.awaits == role, was)


def _was_passed_on_to(role: ApproverRole) -> ColumnElement[bool]:
    """Approved at the step before theirs, by the chain that held then. What ended earlier
    never came to them."""
    chain = CreditPolicyVersion.parameters
    comes_next = [
        and_(Decision.step == step, chain[("approver_chain", step)].as_string() == role.value)
        for step in range(1, LONGEST_CHAIN)
    ]
    return (
        exists()
        .where(
            Decision.credit_case_id == CreditCase.id,
            Decision.outcome == DecisionOutcome.APPROVED,
            Decision.is_final.is_(False),
            CreditPolicyVersion.id == Decision.policy_version_id,
            or_(*comes_next),
        )
        .correlate(CreditCase)
    )


def get(session: Session, public_id: str, *, actor: Actor) -> CreditCase:
    """:raises NotFound: not there, or never at a step of this person."""
    case = session.scalar(
        visible_to(actor).where(CreditCase.public_id == public_id).options(*PAGE_NEEDS)
    )
    if case is None:
        raise NotFound
    return case


def waiting(actor: Actor) -> Select[CreditCase]:
    """What waits for this person's approval, longest wait first; appeals apart."""
    return _in_order(_awaiting(actor, CaseState.IN_APPROVAL))


def appealed(actor: Actor) -> Select[CreditCase]:
    """The appeals that this person may be able to answer, in the same order."""
    return _in_order(_awaiting(actor, CaseState.APPEALED))


def opens_on(session: Session, actor: Actor) -> Filter:
    """What waits: appeals where nothing else does."""
    first = [session.scalar(one(actor).limit(1)) for one in (waiting, appealed)]
    return Filter.APPEALS if first[0] is None and first[1] is not None else Filter.WAITING


def _in_order(query: Select[CreditCase]) -> Select[CreditCase]:
    return query.order_by(CreditCase.state_since, CreditCase.id)


def _awaiting(actor: Actor, state: CaseState) -> Select[CreditCase]:
    query = select(CreditCase).where(
        CreditCase.institution_id == actor.institution_id,
        CreditCase.state == state,
        CreditCase.person_id != actor.person_id,
    )
    if not actor.approves:
        return query.where(false())
    by_role: dict[str, list[ColumnElement[bool]]] = {}
    for one in dict.fromkeys(actor.approves):
        by_role.setdefault(one.role, []).append(authority.reach_of(one))
    # One role, as nearly everybody has: an index in the order of the list serves it alone.
    parts = [
        and_(CreditCase.awaits == ApproverRole(role), or_(*reach))
        for role, reach in by_role.items()
    ]
    return query.where(or_(*parts))


def _decided(actor: Actor) -> Select[CreditCase]:
    """With the appeals that they answered: to uphold one makes no decision of its own."""
    own = select(Decision.credit_case_id).where(
        Decision.decided_by_id == actor.person_id, Decision.as_role.is_not(None)
    )
    answered = select(Appeal.credit_case_id).where(Appeal.answered_by_id == actor.person_id)
    return visible_to(actor).where(CreditCase.id.in_(own.union(answered)))


def _chosen(actor: Actor, chosen: Filter) -> Select[CreditCase]:
    if chosen == Filter.DONE:
        return _decided(actor)
    appeals = chosen == Filter.APPEALS
    return _awaiting(actor, CaseState.APPEALED if appeals else CaseState.IN_APPROVAL)


def desk(session: Session, actor: Actor, *, chosen: Filter, after: str | None) -> Desk:
    listed: Page[CreditCase] = page(
        session,
        _chosen(actor, chosen).options(*PAGE_NEEDS),
        order_by=(CreditCase.state_since, CreditCase.id),
        key_of=lambda one: (one.state_since, one.id),
        after=after,
        descending=chosen == Filter.DONE,
    )
    latest = _latest(session, [case.id for case in listed.rows])
    rows = [_row(case, latest.get(case.id)) for case in listed.rows]
    counts = {one: _count(session, _chosen(actor, one)) for one in Filter}
    return Desk(listed, rows, counts, session.scalar(waiting(actor).limit(1)))


def _row(case: CreditCase, latest: Decision | None) -> Row:
    chain = case.policy_version.parameters.get("approver_chain") or ["instructor"]
    return Row(case, latest, len(chain))


def _count(session: Session, query: Select[CreditCase]) -> int:
    some = query.with_only_columns(CreditCase.id).order_by(None).limit(MOST_COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _latest(session: Session, case_ids: Sequence[int]) -> dict[int, Decision]:
    rows = session.scalars(
        select(Decision)
        .where(Decision.credit_case_id.in_(case_ids))
        .options(
            joinedload(Decision.decided_by),
            joinedload(Decision.acting_for),
            joinedload(Decision.voided),
        )
        .order_by(Decision.number)
    )
    return {row.credit_case_id: row for row in rows}


def next_after(session: Session, actor: Actor, case: CreditCase) -> str | None:
    """The public id of what has waited longest besides this one."""
    return session.scalar(
        waiting(actor)
        .where(CreditCase.id != case.id)
        .with_only_columns(CreditCase.public_id)
        .limit(1)
    )
