"""Two courses taught as one: who is in the one that joins is in the other from then on.

Records of the course that joins stay where they are, so that it can be one of its own again.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from careerlink import audit
from careerlink.courses import rosters, sections
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.courses.roles import RANK, CourseRole
from careerlink.enrollments.models import Enrollment
from careerlink.people.actors import Actor
from careerlink.people.models import LoginSession, LoginSessionCourse
from careerlink.registry import registry


def lock(session: Session, *courses: Course) -> None:
    """Two people may link the same courses at once, each from the other side."""
    ids = sorted(course.id for course in courses)
    session.execute(
        select(Course.id).where(Course.id.in_(ids)).order_by(Course.id).with_for_update()
    )
    for course in courses:
        session.refresh(course)


def join(session: Session, other: Course, course: Course, *, actor: Actor) -> None:
    """``other`` becomes a part of ``course``."""
    for member in _members(session, other):
        _take_in(session, course, member)
    session.execute(
        update(CourseRoster)
        .where(CourseRoster.course_id == other.id)
        .values(course_id=course.id)
    )
    _move_enrollments(session, other, course)
    _move_sessions(session, other, course)
    for react in registry.course_joins:
        react(session, other, course, actor)
    session.execute(
        update(Course).where(Course.joined_id == other.id).values(joined_id=course.id)
    )
    other.joined_id = course.id
    session.flush()
    audit.record(session, "course:join", other, actor=actor, course_id=course.id)
    audit.record(session, "course:take_in", course, actor=actor, course_id=other.id)


def part(
    session: Session,
    other: Course,
    course: Course,
    *,
    everybody: Collection[int],
    leaving: Collection[int],
    sources: Sequence[str],
    actor: Actor,
) -> None:
    """``other`` becomes one of its own again, with ``everybody`` whom its places know; those
    ``leaving`` are known by no other place of ``course``."""
    known = {member.person_id for member in _members(session, other)}
    for member in _members(session, course, everybody):
        if member.person_id not in known:
            session.add(_copy(member, other))
        if member.person_id in leaving:
            rosters.drop_member(session, course, member)
    session.execute(
        update(CourseRoster)
        .where(CourseRoster.course_id == course.id, CourseRoster.source.in_(sources))
        .values(course_id=other.id)
    )
    _move_enrollments(session, course, other, leaving)
    _move_sessions(session, course, other, leaving)
    other.joined_id = None
    session.flush()
    audit.record(session, "course:leave", other, actor=actor, course_id=course.id)
    audit.record(session, "course:let_go", course, actor=actor, course_id=other.id)


def _members(
    session: Session, course: Course, person_ids: Collection[int] | None = None
) -> Sequence[CourseMember]:
    query = select(CourseMember).where(CourseMember.course_id == course.id)
    if person_ids is not None:
        query = query.where(CourseMember.person_id.in_(person_ids))
    return session.scalars(query.order_by(CourseMember.id)).all()


def _take_in(session: Session, course: Course, member: CourseMember) -> None:
    """The higher role of both, as for one person in two sections."""
    there = session.scalar(
        select(CourseMember).where(
            CourseMember.course_id == course.id, CourseMember.person_id == member.person_id
        )
    )
    if there is None:
        session.add(_copy(member, course))
        return
    there.launch_role = _higher(there.launch_role, member.launch_role)
    if member.dropped_at is None:
        there.roster_role = _higher(there.roster_role, member.roster_role)
        there.dropped_at = None
    if there.approver_named_at is None:
        there.approver_named_at = member.approver_named_at
        there.approver_named_by_id = member.approver_named_by_id


def _copy(member: CourseMember, course: Course) -> CourseMember:
    return CourseMember(
        course_id=course.id,
        person_id=member.person_id,
        launch_role=member.launch_role,
        roster_role=member.roster_role,
        is_test=member.is_test,
        dropped_at=member.dropped_at,
        approver_named_at=member.approver_named_at,
        approver_named_by_id=member.approver_named_by_id,
    )


def _higher(one: CourseRole | None, other: CourseRole | None) -> CourseRole | None:
    known = [role for role in (one, other) if role is not None]
    return max(known, key=RANK.__getitem__, default=None)


def _move_enrollments(
    session: Session, source: Course, target: Course, person_ids: Collection[int] | None = None
) -> None:
    """What the registrar says goes with the students, unless it is said there already."""
    query = (
        select(Enrollment)
        .where(Enrollment.course_id == source.id)
        .options(joinedload(Enrollment.section))
        .order_by(Enrollment.id)
    )
    if person_ids is not None:
        query = query.where(Enrollment.person_id.in_(person_ids))
    said = session.execute(
        select(Enrollment.person_id, Enrollment.crn).where(Enrollment.course_id == target.id)
    )
    there = {tuple(row) for row in said}
    rows = [row for row in session.scalars(query) if (row.person_id, row.crn) not in there]
    found = {row.section_id: row.section for row in rows if row.section is not None}
    taught = {
        number: sections.in_course(session, target.id, sis_id=one.sis_id, name=one.name)
        for number, one in found.items()
    }
    for row in rows:
        row.course_id, row.section = target.id, taught.get(row.section_id)


def _move_sessions(
    session: Session, source: Course, target: Course, person_ids: Collection[int] | None = None
) -> None:
    """Who is signed in goes on there, in the same role; a role that they have there counts."""
    session.flush()
    there = session.scalars(
        select(LoginSessionCourse.login_session_id).where(
            LoginSessionCourse.course_id == target.id
        )
    ).all()
    here = [LoginSessionCourse.course_id == source.id]
    if person_ids is not None:
        of_them = select(LoginSession.id).where(LoginSession.person_id.in_(person_ids))
        here.append(LoginSessionCourse.login_session_id.in_(of_them))
    session.execute(
        delete(LoginSessionCourse).where(*here, LoginSessionCourse.login_session_id.in_(there))
    )
    session.execute(update(LoginSessionCourse).where(*here).values(course_id=target.id))
