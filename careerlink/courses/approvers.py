"""Naming people who may decide in a course, where no list of members says who teaches it."""

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor

TEACHING = (CourseRole.INSTRUCTOR, CourseRole.ASSISTANT)


def why_not(member: CourseMember) -> str:
    """Why this member cannot be named, in words; empty where it can be done."""
    if member.is_test or member.person.is_test:
        return "A test user decides nothing."
    if member.launch_role not in TEACHING:
        return (
            "Only somebody who has opened CareerLink from this course as a teacher or an "
            "assistant can be named."
        )
    return ""


def name_approver(session: Session, member: CourseMember, *, actor: Actor, reason: str) -> None:
    """From now on this member may decide here, whatever the list of members says or lacks."""
    _check(member, actor=actor, reason=reason)
    if member.person_id == actor.person_id:
        raise NotPermitted("Have a colleague in the career office name you.")
    if problem := why_not(member):
        raise NotPossible(problem)
    if member.approver_named_at is not None:
        return
    member.approver_named_at, member.approver_named_by_id = clock.now(), actor.person_id
    _record(session, "course_member:name_approver", member, actor=actor, reason=reason)


def take_back(session: Session, member: CourseMember, *, actor: Actor, reason: str) -> None:
    """The launches and the list of members decide again; what was decided stands."""
    _check(member, actor=actor, reason=reason)
    if member.approver_named_at is None:
        return
    member.approver_named_at = member.approver_named_by_id = None
    _record(session, "course_member:unname_approver", member, actor=actor, reason=reason)


def _check(member: CourseMember, *, actor: Actor, reason: str) -> None:
    if not actor.is_staff or actor.institution_id != member.course.institution_id:
        raise NotPermitted("Only career staff name approvers.")
    if not reason.strip():
        raise InvalidInput("Say why, in a sentence.", field="reason")


def _record(
    session: Session, action: str, member: CourseMember, *, actor: Actor, reason: str
) -> None:
    session.flush()
    audit.record(
        session, action, member, actor=actor, reason=reason, course_id=member.course_id
    )
