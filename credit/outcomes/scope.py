"""Whose evidence a page counts: by term, program, course and framework, for one reader."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course, CourseMember
from careerlink.enrollments import terms_of_students
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Institution, Term
from careerlink.names_alike import are_alike, name_key
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState

NOT_BEGUN = (PlacementState.PLANNED, PlacementState.CANCELLED)
MOST_COURSES = 300


@dataclass(frozen=True)
class Scope:
    """What the address says; ``None`` and empty leave a side open."""

    term: Term | None = None
    course: Course | None = None
    program: str = ""
    framework_id: int | None = None


@dataclass(frozen=True)
class Choices:
    terms: list[Term]
    programs: list[str]
    courses: list[Course]


def placements_in(actor: Actor, scope: Scope) -> Select[Any]:
    """Ids of the projects that count: begun, of students who are in the course."""
    gone = exists().where(
        CourseMember.course_id == Placement.course_id,
        CourseMember.person_id == Placement.person_id,
        or_(CourseMember.dropped_at.is_not(None), CourseMember.is_test),
    )
    query = (
        placements.visible_to(actor)
        .with_only_columns(Placement.id)
        .where(Placement.state.not_in(NOT_BEGUN), ~gone)
    )
    if scope.course is not None:
        query = query.where(Placement.course_id == scope.course.id)
    elif scope.term is not None:
        query = query.join(Course, Course.id == Placement.course_id).where(
            terms_of_students.is_in(scope.term, Placement.course_id, Placement.person_id)
        )
    if scope.program:
        query = query.where(_studies(scope.program))
    return query


def _studies(program: str) -> Any:
    return exists().where(
        Enrollment.course_id == Placement.course_id,
        Enrollment.person_id == Placement.person_id,
        are_alike(Enrollment.program, program),
    )


def choices(session: Session, actor: Actor, scope: Scope) -> Choices:
    """What the filters of the office's page offer, in three queries."""
    here = Course.institution_id == actor.institution_id
    terms = session.scalars(
        select(Term)
        .where(Term.institution_id == actor.institution_id)
        .order_by(Term.starts_on.desc(), Term.id.desc())
    )
    taught = select(Course.id).where(here, Course.joined_id.is_(None))
    if scope.term is not None:
        # A course without a term has students of several.
        taught = taught.where(or_(Course.term_id == scope.term.id, Course.term_id.is_(None)))
    programs = session.scalars(
        select(Enrollment.program)
        .where(Enrollment.course_id.in_(taught), Enrollment.program != "")
        .distinct()
        .order_by(Enrollment.program)
    )
    courses = session.scalars(
        select(Course)
        .where(Course.id.in_(taught), exists().where(Placement.course_id == Course.id))
        .order_by(Course.label, Course.id)
        .limit(MOST_COURSES)
    )
    names = {name_key(name): name for name in programs}
    if (chosen := name_key(scope.program)) in names:
        names[chosen] = scope.program
    return Choices(list(terms), sorted(names.values(), key=name_key), list(courses))


def usual_term(session: Session, actor: Actor) -> Term | None:
    """The term that runs today, else the one that ended last."""
    today = clock.today(session.get_one(Institution, actor.institution_id).time_zone)
    return session.scalars(
        select(Term)
        .where(Term.institution_id == actor.institution_id, Term.starts_on <= today)
        .order_by(Term.starts_on.desc(), Term.id.desc())
        .limit(1)
    ).first()
