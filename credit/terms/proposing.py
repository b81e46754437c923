"""Staff ask an instructor to mark a case incomplete; deciding stays with the instructor."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.courses.reach import looks_after
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.cases import queries as cases
from credit.cases.models import CaseState, CreditCase
from credit.policy.queries import parameters_of
from credit.terms.groups import Deed, Group
from credit.terms.models import ClosingProposal

CAN_BE_INCOMPLETE = (CaseState.OPEN, CaseState.READY, CaseState.RETURNED)


def propose(session: Session, case: CreditCase, *, actor: Actor, reason: str) -> None:
    """Proposed already: the same proposal stands, with its first reason."""
    if not actor.is_staff or actor.institution_id != case.institution_id:
        raise NotPermitted("Career staff ask; instructors decide.")
    if not reason.strip():
        raise InvalidInput("Give a reason; the instructor reads it.", field="reason")
    require_open(actor, case)
    if case.state not in CAN_BE_INCOMPLETE:
        raise NotPossible("It is on its way through approval, or decided.")
    if not parameters_of(case.policy_version).incomplete_allowed:
        raise NotPossible("This policy has no mark “Incomplete”.")
    if open_of(session, [case.id]):
        return
    session.add(
        ClosingProposal(
            credit_case_id=case.id,
            reason_id=audit.erasable(session, reason.strip()).id,
            proposed_by_id=actor.person_id,
            proposed_at=clock.now(),
        )
    )
    session.flush()
    audit.record(session, "credit_case:propose_incomplete", case, actor=actor, reason=reason)


def decline(session: Session, case: CreditCase, *, actor: Actor) -> None:
    """The instructor leaves the case open all the same."""
    if not actor.may_decide(case.course_id):
        raise NotPermitted(actor.why_not_decide(case.course_id))
    for one in open_of(session, [case.id]):
        one.ended_at, one.declined_by_id = clock.now(), actor.person_id
        audit.record(session, "credit_case:decline_incomplete", case, actor=actor)
    session.flush()


def when_settled(session: Session, case: CreditCase, actor: Actor) -> None:
    """Reaction to whatever ends the waiting: there is nothing to propose any more."""
    for one in open_of(session, [case.id]):
        one.ended_at = clock.now()
    session.flush()


def open_of(session: Session, case_ids: Sequence[int]) -> Sequence[ClosingProposal]:
    return session.scalars(
        select(ClosingProposal).where(
            ClosingProposal.credit_case_id.in_(case_ids), ClosingProposal.ended_at.is_(None)
        )
    ).all()


def asked_among(session: Session, group: Group, rows: Sequence[Any]) -> set[int]:
    """Ids of those cases about which instructors were asked and have not answered."""
    if group.deed != Deed.PROPOSE:
        return set()
    return {one.credit_case_id for one in open_of(session, [row.id for row in rows])}


def is_offered(group: Group, row: Any, asked: Collection[int]) -> bool:
    """Ticked from the start: what can be asked and has not been. What cannot be taken back
    is ticked by hand."""
    if group.deed != Deed.PROPOSE:
        return False
    return row.state in CAN_BE_INCOMPLETE and row.id not in asked


def counted(session: Session, actor: Actor, course_id: int) -> tuple[int, str]:
    """How many wait for this person in a course, and the course's name in addresses."""
    rows = session.execute(
        select(func.count(ClosingProposal.id), Course.public_id)
        .join(CreditCase, CreditCase.id == ClosingProposal.credit_case_id)
        .join(Course, Course.id == CreditCase.course_id)
        .where(
            CreditCase.course_id == course_id,
            looks_after(actor, CreditCase.course_id, CreditCase.person_id),
            ClosingProposal.ended_at.is_(None),
        )
        .group_by(Course.public_id)
    ).all()
    return (int(rows[0][0]), str(rows[0][1])) if rows else (0, "")


def open_in_course(session: Session, actor: Actor, course: Course) -> Sequence[ClosingProposal]:
    visible: Select[Any] = cases.teaching_view(actor, course).with_only_columns(CreditCase.id)
    return session.scalars(
        select(ClosingProposal)
        .where(ClosingProposal.credit_case_id.in_(visible), ClosingProposal.ended_at.is_(None))
        .options(
            joinedload(ClosingProposal.credit_case).joinedload(CreditCase.person),
            joinedload(ClosingProposal.credit_case).joinedload(CreditCase.course),
            joinedload(ClosingProposal.reason),
            joinedload(ClosingProposal.proposed_by),
        )
        .order_by(ClosingProposal.id)
    ).all()
