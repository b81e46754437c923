"""Who could take a case, which rules hold where, and whose cases these are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from careerlink.courses import people
from careerlink.courses.models import Course, CourseMember, CourseSection
from careerlink.enrollments.models import Enrollment
from careerlink.errors import NotFound
from careerlink.names_alike import name_key
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.cases.models import CreditCase
from credit.cases.workflow import UNDECIDED
from credit.routing.models import CaseAssignment, CaseLook, RoutingRule


def instructors(session: Session, course_id: int) -> Sequence[Person]:
    """Those who decide there now, by name; whoever left, or only helps, is not among them."""
    return session.scalars(
        select(Person)
        .join(CourseMember, CourseMember.person_id == Person.id)
        .where(CourseMember.course_id == course_id, people.teaches_here())
        .order_by(Person.name, Person.id)
    ).all()


def has_left() -> ColumnElement[bool]:
    """Was given to somebody who does not teach in the course any more?"""
    member, person = aliased(CourseMember), aliased(Person)
    teaches = (
        exists()
        .where(
            member.course_id == CreditCase.course_id,
            member.person_id == CreditCase.assigned_to_id,
            person.id == member.person_id,
            people.teaches_here(member, person),
        )
        .correlate(CreditCase)
    )
    return CreditCase.assigned_to_id.is_not(None) & ~teaches


def is_for(actor: Actor, course: Course) -> ColumnElement[bool]:
    """Theirs, of whom they act for, of nobody, or of somebody who has left: none is lost."""
    own = [actor.person_id, actor.standing(course.id).acts_for_id]
    return or_(
        CreditCase.assigned_to_id.is_(None),
        CreditCase.assigned_to_id.in_([one for one in own if one is not None]),
        CreditCase.assigned_to_id.not_in(_teaching(course.id)),
    )


def still_teaching(session: Session, course_id: int, person_ids: Collection[int]) -> set[int]:
    """Those of these people who decide there now."""
    here = _teaching(course_id).where(CourseMember.person_id.in_(person_ids))
    return set(session.scalars(here))


def _teaching(course_id: int) -> Select[int]:
    return (
        select(CourseMember.person_id)
        .join(CourseMember.person)
        .where(CourseMember.course_id == course_id, people.teaches_here())
    )


def is_routed(session: Session, course: Course) -> bool:
    """Is any case of this course somebody's?"""
    found = exists().where(
        CreditCase.course_id == course.id, CreditCase.assigned_to_id.is_not(None)
    )
    return bool(session.scalar(select(found)))


def loads(session: Session, person_ids: Iterable[int]) -> dict[int, int]:
    """Undecided cases by person, in every course of theirs."""
    ids = list(person_ids)
    found = dict.fromkeys(ids, 0)
    for person_id, count in session.execute(
        select(CreditCase.assigned_to_id, func.count())
        .where(CreditCase.assigned_to_id.in_(ids), CreditCase.state.in_(UNDECIDED))
        .group_by(CreditCase.assigned_to_id)
    ):
        found[int(person_id or 0)] = count
    return found


def rules_of(
    session: Session, institution_id: int, course: Course | None
) -> Sequence[RoutingRule]:
    """In their order; of the institution where no course is named."""
    where = RoutingRule.course_id == course.id if course else RoutingRule.course_id.is_(None)
    return session.scalars(
        select(RoutingRule)
        .where(RoutingRule.institution_id == institution_id, where)
        .where(RoutingRule.ended_at.is_(None))
        .options(joinedload(RoutingRule.person))
        .order_by(RoutingRule.position, RoutingRule.id)
    ).all()


def get_rule(
    session: Session, public_id: str, *, actor: Actor, course: Course | None
) -> RoutingRule:
    where = RoutingRule.course_id == course.id if course else RoutingRule.course_id.is_(None)
    rule = session.scalar(
        select(RoutingRule).where(
            RoutingRule.institution_id == actor.institution_id,
            RoutingRule.public_id == public_id,
            where,
        )
    )
    if rule is None:
        raise NotFound
    return rule


def enrolled_as(session: Session, case: CreditCase | Placement) -> tuple[set[str], set[str]]:
    """Sections and programs of the student, as the registrar names them: their keys."""
    rows = session.execute(
        select(Enrollment.program, CourseSection.name, CourseSection.sis_id)
        .outerjoin(CourseSection, CourseSection.id == Enrollment.section_id)
        .where(
            Enrollment.course_id == case.course_id,
            Enrollment.person_id == case.person_id,
            Enrollment.dropped_on.is_(None),
        )
    ).all()
    programs = {name_key(row[0]) for row in rows if row[0]}
    sections = {name_key(name) for row in rows for name in row[1:] if name}
    return sections, programs


def known_values(session: Session, course: Course) -> tuple[list[str], list[str]]:
    """Sections and programs that students of this course have, for whoever writes a rule."""
    rows = session.execute(
        select(CourseSection.name, CourseSection.sis_id).where(
            CourseSection.course_id == course.id
        )
    ).all()
    programs = session.scalars(
        select(Enrollment.program)
        .where(Enrollment.course_id == course.id, Enrollment.program != "")
        .distinct()
    ).all()
    once = {name_key(name): name for name in programs}
    return sorted({row[0] or row[1] for row in rows}), sorted(once.values())


def assignments(session: Session, case: CreditCase) -> Sequence[CaseAssignment]:
    """Oldest first."""
    return session.scalars(
        select(CaseAssignment)
        .where(CaseAssignment.credit_case_id == case.id)
        .options(
            joinedload(CaseAssignment.person),
            joinedload(CaseAssignment.from_person),
            joinedload(CaseAssignment.by),
            joinedload(CaseAssignment.reason),
        )
        .order_by(CaseAssignment.id)
    ).all()


def looked_at(
    session: Session, actor: Actor, case_ids: Iterable[int]
) -> Mapping[int, datetime]:
    """When this reader last opened each packet."""
    rows = session.execute(
        select(CaseLook.credit_case_id, CaseLook.looked_at).where(
            CaseLook.person_id == actor.person_id,
            CaseLook.credit_case_id.in_(list(case_ids)),
        )
    )
    return {row[0]: row[1] for row in rows}


def open_in(course_id: int) -> Select[CreditCase]:
    return select(CreditCase).where(
        CreditCase.course_id == course_id, CreditCase.state.in_(UNDECIDED)
    )
