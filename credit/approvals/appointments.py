"""Naming chairs and registrars, letting somebody act for one, and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock, names_alike
from careerlink.courses.models import Course
from careerlink.errors import InvalidInput, NotFound, NotPermitted
from careerlink.institutions.models import Institution
from careerlink.people import campus_accounts
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.approvals.models import ApproverAppointment
from credit.approvals.roles import ApproverRole

LONGEST_STAND_IN = timedelta(days=200)
STAFF_ONLY = "Only career staff name approvers."
OWN = "Have a colleague in the career office do this: it is about yourself."
UNKNOWN = (
    "Nobody whom CareerLink knows has this address, or several people do. They have to open "
    "CareerLink from a course of theirs once."
)
NEEDS = (
    joinedload(ApproverAppointment.person),
    joinedload(ApproverAppointment.course),
    joinedload(ApproverAppointment.appointed_by),
    joinedload(ApproverAppointment.stands_in_for).joinedload(ApproverAppointment.person),
    joinedload(ApproverAppointment.stands_in_for).joinedload(ApproverAppointment.course),
)
MOST = 200
SAID = (
    "person_id",
    "role",
    "course_id",
    "program",
    "starts_on",
    "ends_on",
    "stands_in_for_id",
)
"""What makes an appointment: who, as what, for what, when, and in whose place."""


@dataclass(frozen=True)
class Scope:
    """A course, a program, or with neither the whole institution."""

    course: Course | None = None
    program: str = ""


def visible_to(actor: Actor) -> Select[ApproverAppointment]:
    query = select(ApproverAppointment).where(
        ApproverAppointment.institution_id == actor.institution_id
    )
    return query if actor.reads_office else query.where(false())


def of_institution(
    session: Session, actor: Actor, *, ended: bool
) -> Sequence[ApproverAppointment]:
    """Those that hold or begin later, by role and name; or the newest that have ended."""
    row, today = ApproverAppointment, today_of(session, actor)
    over = row.revoked_at.is_not(None) | (row.ends_on < today)
    query = visible_to(actor).join(row.person).options(*NEEDS)
    if ended:
        return session.scalars(query.where(over).order_by(row.id.desc()).limit(MOST)).all()
    holds = row.revoked_at.is_(None) & (row.ends_on.is_(None) | (row.ends_on >= today))
    return session.scalars(
        query.where(holds).order_by(row.role, Person.name, row.id).limit(MOST)
    ).all()


def get(session: Session, actor: Actor, public_id: str) -> ApproverAppointment:
    found = history(session, actor, public_id)
    if found is None:
        raise NotFound
    return found


def history(session: Session, actor: Actor, public_id: str) -> ApproverAppointment | None:
    query = visible_to(actor).where(ApproverAppointment.public_id == public_id)
    return session.scalar(query.options(*NEEDS))


def appoint(
    session: Session,
    person: Person,
    *,
    actor: Actor,
    role: ApproverRole,
    scope: Scope,
    starts_on: date,
    ends_on: date | None = None,
) -> ApproverAppointment:
    _only_staff(actor, person)
    _dates(session, actor, starts_on, ends_on)
    row = ApproverAppointment(
        institution_id=person.institution_id,
        person_id=person.id,
        person=person,
        role=role,
        course_id=scope.course.id if scope.course else None,
        program=names_alike.plain(scope.program),
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by_id=actor.person_id,
    )
    return _add(session, row, "appoint", actor=actor)


def stand_in(
    session: Session,
    person: Person,
    absent: ApproverAppointment,
    *,
    actor: Actor,
    starts_on: date,
    ends_on: date,
) -> ApproverAppointment:
    """As "B for A", until its last day, with A's scope; nobody who stands in passes it on."""
    _only_staff(actor, person)
    _dates(session, actor, starts_on, ends_on)
    if absent.stands_in_for_id is not None:
        raise InvalidInput("Whoever stands in for somebody passes nothing on.", field="absent")
    if absent.person_id == person.id:
        raise InvalidInput("Choose somebody else.", field="address")
    if absent.revoked_at is not None:
        raise InvalidInput("This appointment has ended.", field="absent")
    if ends_on - starts_on > LONGEST_STAND_IN:
        raise InvalidInput("Choose a last day within the term.", field="ends_on")
    row = ApproverAppointment(
        institution_id=person.institution_id,
        person_id=person.id,
        person=person,
        role=absent.role,
        course_id=absent.course_id,
        program=absent.program,
        starts_on=starts_on,
        ends_on=ends_on,
        stands_in_for_id=absent.id,
        stands_in_for=absent,
        appointed_by_id=actor.person_id,
    )
    return _add(session, row, "stand_in", actor=actor, absent=absent.person_id)


def end(session: Session, appointment: ApproverAppointment, *, actor: Actor) -> None:
    """What was decided stands; whoever stands in for this person ends with them."""
    if not actor.is_staff or actor.institution_id != appointment.institution_id:
        raise NotPermitted(STAFF_ONLY)
    if appointment.revoked_at is not None:
        return
    appointment.revoked_at = clock.now()
    session.flush()
    audit.record(session, "approver_appointment:end", appointment, actor=actor)


def by_address(
    session: Session, actor: Actor, address: str, *, campus_signs_in: bool = False
) -> Person:
    """Where the campus signs people in, an address that nobody has yet is expected there.

    :raises InvalidInput: nobody, or several accounts, have this address.
    """
    found = session.scalars(
        select(Person)
        .where(
            Person.institution_id == actor.institution_id,
            func.lower(Person.email) == address.strip().lower(),
            Person.is_test.is_(False),
        )
        .limit(2)
    ).all()
    elsewhere = campus_accounts.awaited(session, address) is not None
    if not found and campus_signs_in and actor.is_staff and not elsewhere:
        institution = session.get_one(Institution, actor.institution_id)
        return campus_accounts.expect(session, institution, address)
    if len(found) != 1:
        raise InvalidInput(UNKNOWN, field="address")
    return found[0]


def course_named(session: Session, actor: Actor, public_id: str) -> Course:
    course = session.scalar(
        select(Course).where(
            Course.public_id == public_id,
            Course.institution_id == actor.institution_id,
            Course.joined_id.is_(None),
        )
    )
    if course is None:
        raise InvalidInput("Choose a course from the list.", field="course")
    return course


def courses(session: Session, actor: Actor) -> Sequence[Course]:
    return session.scalars(
        select(Course)
        .where(Course.institution_id == actor.institution_id, Course.joined_id.is_(None))
        .order_by(Course.concluded_at.is_not(None), Course.label, Course.id)
        .limit(MOST)
    ).all()


def today_of(session: Session, actor: Actor) -> date:
    return clock.today(session.get_one(Institution, actor.institution_id).time_zone)


def _only_staff(actor: Actor, person: Person) -> None:
    if not actor.is_staff or actor.institution_id != person.institution_id:
        raise NotPermitted(STAFF_ONLY)
    if actor.person_id == person.id:
        raise NotPermitted(OWN)


def _dates(session: Session, actor: Actor, starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < max(starts_on, today_of(session, actor)):
        raise InvalidInput("The last day must be today or later.", field="ends_on")


def _add(
    session: Session, row: ApproverAppointment, verb: str, *, actor: Actor, **detail: Any
) -> ApproverAppointment:
    """The very same again, by a second press of the button, is the one that is there."""
    same = {name: getattr(row, name) for name in SAID}
    there = session.scalar(
        visible_to(actor).filter_by(**same).where(ApproverAppointment.revoked_at.is_(None))
    )
    if there is not None:
        return there
    session.add(row)
    session.flush()
    audit.record(
        session,
        f"approver_appointment:{verb}",
        row,
        actor=actor,
        person=row.person_id,
        role=row.role.value,
        course=row.course_id,
        starts_on=str(row.starts_on),
        ends_on=str(row.ends_on) if row.ends_on else None,
        **detail,
    )
    return row
