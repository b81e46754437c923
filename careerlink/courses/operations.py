"""What launches and rosters tell about courses and who is in them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.models import (
    Course,
    CourseMember,
    CourseObjective,
    CourseRoster,
    Objective,
)
from careerlink.courses.roles import RANK, CourseRole
from careerlink.institutions.models import Institution, Term
from careerlink.people.actors import Actor
from careerlink.people.models import Person


def add_course(
    session: Session,
    institution: Institution,
    *,
    label: str,
    title: str,
    copied_from_id: int | None = None,
    actor: Actor | None = None,
) -> Course:
    """A course begins in the term of today with the objectives that every course has."""
    course = Course(
        institution_id=institution.id,
        institution=institution,
        label=label,
        title=title or label or "Course without a title",
        copied_from_id=copied_from_id,
        term_id=_term_today(session, institution),
    )
    session.add(course)
    session.flush()
    _add_default_objectives(session, course)
    audit.record(session, "course:add", course, actor=actor, copied_from=copied_from_id)
    return course


def rename_course(
    session: Session, course: Course, *, label: str, title: str, actor: Actor | None = None
) -> None:
    """Follow the platform's names; a name that it leaves out stays as it was."""
    wanted = (label or course.label, title or course.title)
    if wanted != (course.label, course.title):
        course.label, course.title = wanted
        audit.record(session, "course:rename", course, actor=actor)


def note_launch(
    session: Session,
    course: Course,
    person: Person,
    member: CourseMember | None,
    *,
    role: CourseRole,
    is_test: bool = False,
) -> CourseMember:
    """Write down that ``person`` came into ``course`` as ``role``.

    ``member`` is their row if there is one. The highest role ever shown is kept, so that a
    teacher who looks as a student is known to be one.
    """
    if member is None:
        member = CourseMember(course_id=course.id, person_id=person.id, is_test=is_test)
        session.add(member)
    before = member.launch_role
    if before is None or RANK[role] > RANK[before]:
        member.launch_role = role
        session.flush()
        audit.record(
            session,
            "course_member:launch",
            member,
            actor=Actor(institution_id=course.institution_id, person_id=person.id),
            before=before,
            after=role,
            course_id=course.id,
        )
    return member


def find_member(session: Session, course: Course, person: Person) -> CourseMember | None:
    return session.scalar(
        select(CourseMember).where(
            CourseMember.course_id == course.id, CourseMember.person_id == person.id
        )
    )


def expect_roster(session: Session, course: Course, *, source: str) -> CourseRoster:
    """Know that a roster is served for this course, before it has answered."""
    found = session.scalar(
        select(CourseRoster).where(
            CourseRoster.course_id == course.id, CourseRoster.source == source
        )
    )
    if found is None:
        found = CourseRoster(course_id=course.id, source=source)
        session.add(found)
        session.flush()
    return found


def _term_today(session: Session, institution: Institution) -> int | None:
    """The one term that today is in; where terms overlap, staff choose."""
    today = clock.today(institution.time_zone)
    found = session.scalars(
        select(Term.id)
        .where(
            Term.institution_id == institution.id,
            Term.starts_on <= today,
            Term.ends_on >= today,
        )
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def _add_default_objectives(session: Session, course: Course) -> None:
    defaults = session.execute(
        select(Objective.id, Objective.position)
        .where(
            Objective.institution_id == course.institution_id, Objective.is_default.is_(True)
        )
        .order_by(Objective.position, Objective.id)
    )
    session.add_all(
        CourseObjective(course_id=course.id, objective_id=objective_id, position=position)
        for objective_id, position in defaults
    )
    session.flush()
