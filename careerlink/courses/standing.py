"""The standing of a person in each course: this session's launch, weighed with the rosters.

ARCHITECTURE: an instructor by launch may decide unless the roster says Learner (Moodle's
non-editing teacher), which makes an assistant. Where a roster is served but has not answered,
deciding waits. Where none is served the launch decides, unless the institution asks for
approvers named by staff. A roster never takes away what only launches know (a site manager).
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses import delegations
from careerlink.courses.models import Course, CourseMember, CourseRoster, InstructorDelegation
from careerlink.courses.roles import RANK, CourseRole, Standing
from careerlink.people.models import Person

WAITS = "Deciding waits for the course list from your LMS; open this page again in a minute."
WAITS_LONGER = (
    "Deciding waits for the course list from your LMS, which has not come: {problem} It is "
    "asked for again by itself; the career office can also name you as an approver."
)
LEFT = "The course list does not name you any more, so you may look, not decide."
LISTED_AS_STUDENT = (
    "The course list has you as a member without teaching rights, so you may look."
)
NOT_NAMED = "The career office has not named you as an approver in this course."
ASSISTANT = "Assistants may look, not decide."
OTHERS = "The instructors of this course decide."
CONCLUDED = "This course is concluded."
NOT_TO_DECIDE = "You look after this course for {}, who did not ask you to decide."
LESS = (CourseRole.STUDENT, CourseRole.ASSISTANT)
"""How rosters name those whom Moodle launches as instructors though they only assist."""


def of(
    session: Session, person: Person, launched: Mapping[int, CourseRole]
) -> dict[int, Standing]:
    """Standing by course id, for the courses that this session was launched from."""
    delegated = delegations.acting(session, person)
    if not launched and not delegated:
        return {}
    ids = list({*launched, *delegated})
    members = {
        member.course_id: member
        for member in session.scalars(
            select(CourseMember).where(
                CourseMember.person_id == person.id, CourseMember.course_id.in_(ids)
            )
        )
    }
    courses = {c.id: c for c in session.scalars(select(Course).where(Course.id.in_(ids)))}
    rosters: dict[int, list[CourseRoster]] = {}
    for roster in session.scalars(select(CourseRoster).where(CourseRoster.course_id.in_(ids))):
        rosters.setdefault(roster.course_id, []).append(roster)
    found = {
        course_id: weigh(
            role,
            members[course_id],
            rosters.get(course_id, []),
            approvers_named=person.institution.approvers_named,
            is_concluded=courses[course_id].concluded_at is not None,
        )
        for course_id, role in launched.items()
        if course_id in members and course_id in courses
    }
    for course_id, delegation in delegated.items():
        found[course_id] = in_place_of(
            delegation,
            found.get(course_id),
            is_concluded=courses[course_id].concluded_at is not None,
        )
    return found


def in_place_of(
    delegation: InstructorDelegation, own: Standing | None, *, is_concluded: bool
) -> Standing:
    """An instructor's place for some days; whoever may decide anyway keeps their own."""
    if own is not None and (own.may_decide or own.read_only or own.is_test):
        return own
    if own is not None and own.role == CourseRole.STUDENT:
        return own
    why_not = "" if delegation.may_decide else NOT_TO_DECIDE.format(delegation.instructor.label)
    if is_concluded:
        why_not = CONCLUDED
    return Standing(
        role=CourseRole.INSTRUCTOR,
        may_decide=not why_not,
        why_not=why_not,
        read_only=is_concluded,
        acts_for_id=delegation.instructor_id,
        acts_for=delegation.instructor.label,
        section_ids=frozenset(one.section_id for one in delegation.sections) or None,
    )


def weigh(
    launched: CourseRole,
    member: CourseMember,
    rosters: list[CourseRoster],
    *,
    approvers_named: bool,
    is_concluded: bool = False,
) -> Standing:
    role, why_not = _role(launched, member), ""
    if role == CourseRole.INSTRUCTOR:
        why_not = _why_not(member, rosters, approvers_named=approvers_named)
    elif launched == CourseRole.INSTRUCTOR:
        why_not = LISTED_AS_STUDENT
    else:
        why_not = ASSISTANT if role == CourseRole.ASSISTANT else OTHERS
    if is_concluded:
        why_not = CONCLUDED
    usual = member.launch_role or launched
    return Standing(
        role=role,
        may_decide=role == CourseRole.INSTRUCTOR and not why_not,
        why_not=why_not,
        is_test=member.is_test,
        dropped=member.dropped_at is not None and role == CourseRole.STUDENT,
        read_only=is_concluded
        or member.is_test
        or (launched == CourseRole.STUDENT and RANK[usual] > RANK[CourseRole.STUDENT]),
    )


def _role(launched: CourseRole, member: CourseMember) -> CourseRole:
    named = member.approver_named_at is not None
    if named and launched in (CourseRole.INSTRUCTOR, CourseRole.ASSISTANT):
        return CourseRole.INSTRUCTOR
    if launched == CourseRole.INSTRUCTOR and member.roster_role in LESS:
        return CourseRole.ASSISTANT
    return launched


def _why_not(
    member: CourseMember, rosters: list[CourseRoster], *, approvers_named: bool
) -> str:
    if member.approver_named_at is not None:
        return ""
    if member.dropped_at is not None:
        return LEFT
    if rosters and not any(roster.answered_at for roster in rosters):
        problem = next((roster.problem for roster in rosters if roster.problem), "")
        return WAITS_LONGER.format(problem=problem) if problem else WAITS
    if not rosters and approvers_named:
        return NOT_NAMED
    return ""
