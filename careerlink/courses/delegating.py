"""Asking somebody to act for an instructor: dated, in one course, and never passed on.

Somebody from outside the course waits for the career office's word. It ends by itself, and with
the standing of the instructor it comes from.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from careerlink import audit, clock
from careerlink.courses import delegations
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import (
    Course,
    CourseSection,
    InstructorDelegation,
    InstructorDelegationSection,
)
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.people.models import Person

LONGEST = timedelta(days=200)


def may_delegate(actor: Actor, course: Course) -> bool:
    """Who decides there in their own right; a delegate passes nothing on."""
    standing = actor.standing(course.id)
    own = standing.may_decide and standing.acts_for_id is None and not standing.read_only
    return own and actor.institution_id == course.institution_id


def begin(
    session: Session,
    course: Course,
    delegate: Person,
    *,
    actor: Actor,
    starts_on: date,
    ends_on: date,
    may_decide: bool,
    sections: Collection[CourseSection] = (),
) -> InstructorDelegation:
    """``sections``: for their students alone; none is the whole course. Asked for twice, by a
    second press of the button, it is one, so that ending it ends it."""
    require_open(actor, course)
    if not may_delegate(actor, course) or actor.person_id is None:
        raise NotPermitted("Only an instructor who decides here asks somebody to act for them.")
    _check(session, course, delegate, actor=actor, starts_on=starts_on, ends_on=ends_on)
    if any(one.course_id != course.id for one in sections):
        raise InvalidInput("Choose sections of this course.", field="sections")
    said = {
        "instructor_id": actor.person_id,
        "delegate_id": delegate.id,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "may_decide": may_decide,
    }
    if (there := _same(session, course, said, sections)) is not None:
        return there
    inside = delegate.id in {
        one.id for one in delegations.colleagues(session, course, besides=None)
    }
    delegation = InstructorDelegation(
        course_id=course.id,
        course=course,
        delegate=delegate,
        **said,
        checked_at=clock.now() if inside else None,
        sections=[InstructorDelegationSection(section_id=one.id) for one in sections],
    )
    session.add(delegation)
    session.flush()
    _record(
        session,
        "begin",
        delegation,
        actor=actor,
        delegate=delegate.id,
        starts_on=str(starts_on),
        ends_on=str(ends_on),
        may_decide=may_decide,
        sections=[one.id for one in sections],
    )
    return delegation


def _same(
    session: Session,
    course: Course,
    said: Mapping[str, Any],
    sections: Collection[CourseSection],
) -> InstructorDelegation | None:
    """Neither declined nor ended by hand."""
    session.execute(select(Course.id).where(Course.id == course.id).with_for_update())
    there = session.scalars(
        select(InstructorDelegation)
        .filter_by(course_id=course.id, **said, revoked_at=None, declined_at=None)
        .options(selectinload(InstructorDelegation.sections))
    )
    wanted = {one.id for one in sections}
    found = (one for one in there if {part.section_id for part in one.sections} == wanted)
    return next(found, None)


def _check(
    session: Session,
    course: Course,
    delegate: Person,
    *,
    actor: Actor,
    starts_on: date,
    ends_on: date,
) -> None:
    if delegate.id == actor.person_id:
        raise InvalidInput("Choose somebody else than yourself.", field="delegate")
    if ends_on < max(starts_on, clock.today(course.institution.time_zone)):
        raise InvalidInput("The last day must be today or later.", field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise InvalidInput("Choose a last day within the term.", field="ends_on")
    if session.scalar(select(delegations.studies(delegate.id, course.id))):
        raise InvalidInput("A student of this course cannot act for you.", field="delegate")


def confirm(session: Session, delegation: InstructorDelegation, *, actor: Actor) -> None:
    """Staff know this person: from now on they act, on the days that were named."""
    _answerable(delegation, actor)
    if delegation.checked_at is None:
        delegation.checked_at = clock.now()
        _record(session, "confirm", delegation, actor=actor)


def decline(
    session: Session, delegation: InstructorDelegation, *, actor: Actor, reason: str
) -> None:
    _answerable(delegation, actor)
    if not reason.strip():
        raise InvalidInput("Say why, in a sentence.", field="reason")
    if delegation.checked_at is not None:
        raise NotPossible("This was confirmed already. End it instead.")
    delegation.declined_at = delegation.declined_at or clock.now()
    _record(session, "decline", delegation, actor=actor, reason=reason)


def end(session: Session, delegation: InstructorDelegation, *, actor: Actor) -> None:
    """Before its last day; what was decided stands."""
    if not may_end(actor, delegation):
        raise NotPermitted("Only whoever asked, the delegate and career staff end this.")
    if delegation.revoked_at is None:
        delegation.revoked_at = clock.now()
        _record(session, "end", delegation, actor=actor)


def may_end(actor: Actor, delegation: InstructorDelegation) -> bool:
    concerned = actor.person_id in (delegation.instructor_id, delegation.delegate_id)
    in_house = actor.institution_id == delegation.course.institution_id
    return in_house and (concerned or actor.is_staff) and not actor.looks_only


def _answerable(delegation: InstructorDelegation, actor: Actor) -> None:
    if not actor.is_staff or actor.institution_id != delegation.course.institution_id:
        raise NotPermitted("Only career staff answer this.")
    if delegation.instructor_id == actor.person_id or delegation.delegate_id == actor.person_id:
        raise NotPermitted("Have a colleague in the career office answer this.")
    if delegation.revoked_at is not None or delegation.declined_at is not None:
        raise NotPossible("This has ended.")


def _record(
    session: Session, verb: str, delegation: InstructorDelegation, **values: Any
) -> None:
    session.flush()
    audit.record(session, f"instructor_delegation:{verb}", delegation, **values)
