"""Writing the rules by which cases go to instructors. Nothing here commits."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.names_alike import name_key
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.routing import assigning, queries
from credit.routing.models import Criterion, RoutingRule

LONGEST = 120


def add_rule(
    session: Session,
    course: Course | None,
    *,
    actor: Actor,
    criterion: Criterion,
    value: str,
    person: Person | None,
) -> RoutingRule:
    """Last in the order; the same rule again is a button pressed twice."""
    _require(actor, course)
    value = "" if criterion == Criterion.ANY else value.strip()
    if criterion != Criterion.ANY and not 0 < len(value) <= LONGEST:
        raise InvalidInput("Name the section or the program.", field="value")
    _check_person(session, course, person)
    rules = queries.rules_of(session, actor.institution_id, course)
    for rule in rules:
        same = (rule.criterion, name_key(rule.value)) == (criterion, name_key(value))
        if same and rule.person_id == (person.id if person else None):
            return rule
        if same:
            raise InvalidInput(
                "There is a rule for this already; end it first.", field="criterion"
            )
    made = RoutingRule(
        institution_id=actor.institution_id,
        course_id=course.id if course is not None else None,
        position=_last(session, actor.institution_id) + 1,
        criterion=criterion,
        value=value,
        person=person,
        made_by_id=actor.person_id,
    )
    session.add(made)
    session.flush()
    audit.record(
        session,
        "routing_rule:add",
        made,
        actor=actor,
        criterion=criterion,
        to=made.person_id,
        course=made.course_id,
    )
    return made


def end_rule(session: Session, rule: RoutingRule, *, actor: Actor) -> None:
    """Cases that it routed stay where they are."""
    _require(actor, session.get_one(Course, rule.course_id) if rule.course_id else None)
    if rule.ended_at is not None:
        return
    rule.ended_at = clock.now()
    session.flush()
    audit.record(session, "routing_rule:end", rule, actor=actor)


def _require(actor: Actor, course: Course | None) -> None:
    if course is None:
        if not actor.is_staff:
            raise NotPermitted("Only career staff set rules for the institution.")
        return
    if not assigning.may_set(actor, course):
        raise NotPermitted("Only instructors of the course and career staff set its rules.")
    require_open(actor, course)


def _check_person(session: Session, course: Course | None, person: Person | None) -> None:
    if person is None:
        return
    if course is None:
        raise InvalidInput("A rule for every course names nobody.", field="person")
    if person.id not in {one.id for one in queries.instructors(session, course.id)}:
        raise InvalidInput("Choose somebody who decides in this course.", field="person")


def _last(session: Session, institution_id: int) -> int:
    query = select(func.max(RoutingRule.position)).where(
        RoutingRule.institution_id == institution_id
    )
    return session.scalar(query) or 0
