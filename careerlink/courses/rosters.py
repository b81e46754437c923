"""What a list of members says about a course. It never deletes anybody."""

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.courses.roles import CourseRole
from careerlink.people.actors import system
from careerlink.people.models import Person


def list_member(
    session: Session,
    course: Course,
    person: Person,
    member: CourseMember | None,
    *,
    role: CourseRole,
    is_test: bool,
) -> CourseMember:
    """Note that a roster lists ``person`` as ``role``; who was dropped is back."""
    if member is None:
        member = CourseMember(course_id=course.id, person_id=person.id)
        session.add(member)
    member.is_test = member.is_test or is_test
    before = member.roster_role
    if before != role:
        member.roster_role = role
        session.flush()
        _record(session, "course_member:list", course, member, before=before, after=role)
    if member.dropped_at is not None:
        member.dropped_at = None
        _record(session, "course_member:return", course, member)
    return member


def drop_member(session: Session, course: Course, member: CourseMember) -> None:
    """Every roster that once listed this person says they are gone."""
    if member.dropped_at is None:
        member.dropped_at = clock.now()
        _record(session, "course_member:drop", course, member)


def note_answer(roster: CourseRoster, *, members: int) -> None:
    roster.answered_at = clock.now()
    roster.members = members
    roster.failed_at, roster.problem, roster.missing = None, "", 0


def note_problem(roster: CourseRoster, problem: str, *, missing: int = 0) -> None:
    """What is shown instead of applied; the last good answer stays in effect."""
    roster.failed_at = clock.now()
    roster.problem, roster.missing = problem, missing


def _record(
    session: Session,
    action: str,
    course: Course,
    member: CourseMember,
    *,
    before: CourseRole | None = None,
    after: CourseRole | None = None,
) -> None:
    audit.record(
        session,
        action,
        member,
        actor=system(course.institution_id),
        before=before,
        after=after,
        course_id=course.id,
    )
