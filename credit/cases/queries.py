"""Reading credit cases; every query starts from who is looking."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.audit import AuditEntry
from careerlink.courses.models import Course
from careerlink.courses.reach import looks_after
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement, PlacementState
from credit.cases.models import CreditCase, CreditCasePlacement, Decision

PAGE_NEEDS = (
    joinedload(CreditCase.person),
    joinedload(CreditCase.assigned_to),
    joinedload(CreditCase.policy_version),
    joinedload(CreditCase.course).joinedload(Course.institution),
    joinedload(CreditCase.course).joinedload(Course.term),
)


def visible_to(actor: Actor) -> Select[CreditCase]:
    """The cases that ``actor`` may read: their own, their courses', the office's all."""
    query = select(CreditCase).where(CreditCase.institution_id == actor.institution_id)
    if actor.reads_office or actor.is_system:
        return query
    if actor.person_id is None:
        return query.where(false())
    own = (CreditCase.person_id == actor.person_id) & CreditCase.course_id.in_(
        [course_id for course_id in actor.courses if actor.is_student(course_id)]
    )
    return query.where(or_(own, looks_after(actor, CreditCase.course_id, CreditCase.person_id)))


def teaching_view(actor: Actor, course: Course) -> Select[CreditCase]:
    """Cases of one course for whoever reads packets there: its teachers, and the office."""
    query = visible_to(actor).where(CreditCase.course_id == course.id)
    reads = actor.may_look(course.id) or actor.reads_office
    return query if reads else query.where(false())


def has_project(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Has the case a placement that counts in it and of which all this is true?"""
    return (
        exists()
        .where(
            CreditCasePlacement.credit_case_id == CreditCase.id,
            CreditCasePlacement.moved_at.is_(None),
            CreditCasePlacement.left_out_at.is_(None),
            Placement.id == CreditCasePlacement.placement_id,
            Placement.state != PlacementState.CANCELLED,
            *conditions,
        )
        .correlate(CreditCase)
    )


def get(session: Session, public_id: str, *, actor: Actor, course: Course) -> CreditCase:
    """:raises NotFound: not there, of another course, or not for this actor's eyes."""
    case = session.scalar(
        teaching_view(actor, course)
        .where(CreditCase.public_id == public_id)
        .options(*PAGE_NEEDS)
    )
    if case is None:
        raise NotFound
    return case


def own(session: Session, actor: Actor, course: Course) -> CreditCase | None:
    return session.scalar(
        visible_to(actor)
        .where(CreditCase.course_id == course.id, CreditCase.person_id == actor.person_id)
        .options(*PAGE_NEEDS)
    )


def lock(session: Session, case: CreditCase) -> None:
    """Wait for whoever is changing this case now, and see what they did."""
    lock_student(session, case.person_id)
    session.scalars(
        select(CreditCase)
        .where(CreditCase.id == case.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def lock_student(session: Session, person_id: int) -> None:
    """What counts in one case bounds the others of the student: one after the other.

    Always before a case, so that nobody waits for each other in a circle; whoever logs hours
    has the student first, too.
    """
    # NO KEY, so that rows which only name the person need not wait.
    session.execute(
        select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)
    )


def decisions(session: Session, case: CreditCase) -> Sequence[Decision]:
    """Oldest first."""
    return session.scalars(
        select(Decision)
        .where(Decision.credit_case_id == case.id)
        .options(
            joinedload(Decision.decided_by),
            joinedload(Decision.acting_for),
            joinedload(Decision.reason),
            joinedload(Decision.policy_version),
            joinedload(Decision.voided),
        )
        .order_by(Decision.number)
    ).all()


def latest_decision(session: Session, case: CreditCase) -> Decision | None:
    return session.scalar(
        select(Decision)
        .where(Decision.credit_case_id == case.id)
        .options(
            joinedload(Decision.decided_by),
            joinedload(Decision.acting_for),
            joinedload(Decision.reason),
            joinedload(Decision.voided),
        )
        .order_by(Decision.number.desc())
        .limit(1)
    )


def trail(session: Session, case: CreditCase) -> Sequence[AuditEntry]:
    """Oldest first."""
    return session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_type == CreditCase.__tablename__,
            AuditEntry.subject_id == case.id,
        )
        .options(joinedload(AuditEntry.reason))
        .order_by(AuditEntry.id)
    ).all()
