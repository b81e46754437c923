"""As what somebody may act in a case beyond teaching its course: by appointment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from careerlink import clock
from careerlink.enrollments.models import Enrollment
from careerlink.names_alike import are_alike
from careerlink.people.actors import Actor, Approving
from careerlink.people.models import Person
from credit.approvals.models import ApproverAppointment
from credit.approvals.roles import ApproverRole
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome


@dataclass(frozen=True)
class Seat:
    """As what, and in whose place, somebody acts; the instructor has no role here."""

    role: ApproverRole | None = None
    acts_for_id: int | None = None
    acts_for: str = ""


def is_appointed() -> ColumnElement[bool]:
    """Whoever was ever named and not let go; ``held_by`` says what holds today."""
    return (
        exists()
        .where(
            ApproverAppointment.person_id == Person.id,
            ApproverAppointment.revoked_at.is_(None),
        )
        .correlate(Person)
    )


def held_by(session: Session, person: Person) -> tuple[Approving, ...]:
    """In effect today; who stands in for somebody holds what that one holds, and no more."""
    if person.is_test:
        return ()
    today = clock.today(person.institution.time_zone)
    absent = aliased(ApproverAppointment)
    rows = session.scalars(
        select(ApproverAppointment)
        .outerjoin(absent, ApproverAppointment.stands_in_for_id == absent.id)
        .where(
            ApproverAppointment.person_id == person.id,
            ApproverAppointment.institution_id == person.institution_id,
            in_effect(ApproverAppointment, today),
            or_(ApproverAppointment.stands_in_for_id.is_(None), in_effect(absent, today)),
        )
        .options(
            joinedload(ApproverAppointment.stands_in_for).joinedload(ApproverAppointment.person)
        )
        # In one's own right comes before in somebody's place.
        .order_by(ApproverAppointment.stands_in_for_id.is_not(None), ApproverAppointment.id)
    ).all()
    return tuple(_approving(row) for row in rows)


def in_effect(row: type[ApproverAppointment], today: object) -> ColumnElement[bool]:
    return and_(
        row.revoked_at.is_(None),
        row.starts_on <= today,
        or_(row.ends_on.is_(None), row.ends_on >= today),
    )


def _approving(row: ApproverAppointment) -> Approving:
    absent = row.stands_in_for
    held = absent or row
    return Approving(
        role=held.role.value,
        course_id=held.course_id,
        program=held.program,
        acts_for_id=absent.person_id if absent else None,
        acts_for=absent.person.label if absent else "",
    )


def narrowed(session: Session, actor: Actor, case: CreditCase) -> Actor:
    """The same person with only those appointments whose program the student is in."""
    programs = {one.program for one in actor.approves if one.program}
    if not programs:
        return actor
    studied = session.execute(
        select(*(_studies(CreditCase, program) for program in programs))
        .select_from(CreditCase)
        .where(CreditCase.id == case.id)
    ).one()
    held = {"", *(name for name, holds in zip(programs, studied, strict=True) if holds)}
    kept = tuple(one for one in actor.approves if one.program in held)
    return replace(actor, approves=kept)


def _studies(case: type[CreditCase], program: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the student is in it, however it is capitalized: by the database alone, so that
    whoever may act in a case also finds it in their list."""
    return (
        exists()
        .where(
            Enrollment.course_id == case.course_id,
            Enrollment.person_id == case.person_id,
            are_alike(Enrollment.program, program),
        )
        .correlate_except(Enrollment)
    )


def seat(actor: Actor, case: CreditCase, role: ApproverRole | None) -> Seat | None:
    """Where ``actor`` sits at a step of ``role``; nothing where they were not appointed.

    A program is taken at its word here; ``narrowed`` asks what the student studies.
    """
    if role is None or actor.institution_id != case.institution_id or actor.looks_only:
        return None
    for one in actor.approves:
        if one.role == role and one.course_id in (None, case.course_id):
            return Seat(role, one.acts_for_id, one.acts_for)
    return None


def reach_of(one: Approving) -> ColumnElement[bool]:
    """The cases at whose later steps this appointment lets somebody act."""
    if one.course_id is not None:
        return CreditCase.course_id == one.course_id
    if not one.program:
        return CreditCase.id.is_not(None)
    return _studies(CreditCase, one.program)


def appointed(case: type[CreditCase], today: object) -> Select[ApproverAppointment]:
    """Whoever may act next in ``case``, as a query that a list of cases can hold."""
    absent = aliased(ApproverAppointment)
    held = func.coalesce
    row = ApproverAppointment
    program = held(absent.program, row.program)
    course = held(absent.course_id, row.course_id)
    return (
        select(row)
        .outerjoin(absent, row.stands_in_for_id == absent.id)
        .where(
            row.institution_id == case.institution_id,
            row.role == case.awaits,
            row.person_id != case.person_id,
            in_effect(row, today),
            or_(row.stands_in_for_id.is_(None), in_effect(absent, today)),
            or_(course.is_(None), course == case.course_id),
            or_(program == "", _studies(case, program)),
            ~_decided_elsewhere(case, (row.person_id, absent.person_id)),
        )
    )


def _decided_elsewhere(
    case: type[CreditCase], people: Sequence[InstrumentedAttribute[int]]
) -> ColumnElement[bool]:
    """At another step of the case; of an appeal at any step (``seats``, ``answering``)."""
    by = (Decision.decided_by_id, Decision.acting_for_id)
    bars = and_(Decision.outcome != DecisionOutcome.VOIDED, Decision.step != case.step)
    return (
        exists()
        .where(
            Decision.credit_case_id == case.id,
            or_(*(column == person for column in by for person in people)),
            or_(case.state == CaseState.APPEALED, bars),
        )
        .correlate_except(Decision)
    )
