"""Giving a case to an instructor: by the first rule that fits, or by hand with a reason."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.names_alike import name_key
from careerlink.people.actors import Actor, system
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.cases.models import CreditCase
from credit.cases.workflow import UNDECIDED
from credit.routing import queries
from credit.routing.models import CaseAssignment, Criterion, RoutingRule

LONGEST_REASON = 1000


def route(session: Session, case: CreditCase) -> Person | None:
    """To whom the rules give it; nobody where none fits, and then all of the course see it."""
    if case.assigned_to_id is not None or case.state not in UNDECIDED:
        return None
    course = session.get_one(Course, case.course_id)
    rules = [
        *queries.rules_of(session, case.institution_id, course),
        *queries.rules_of(session, case.institution_id, None),
    ]
    if not rules:
        return None
    _one_at_a_time(session, case.institution_id)
    teaching = {one.id: one for one in queries.instructors(session, case.course_id)}
    enrolled = queries.enrolled_as(session, case)
    for rule in rules:
        if not _fits(rule, *enrolled):
            continue
        chosen = rule.person_id or _least_loaded(session, list(teaching))
        if chosen in teaching:
            _assign(session, case, teaching[chosen], actor=None, rule=rule)
            return teaching[chosen]
    return None


def named(session: Session, placement: Placement) -> Person | None:
    """Whom the first rule that fits a student names; nobody where it goes by workload."""
    rules = [
        *queries.rules_of(session, placement.institution_id, placement.course),
        *queries.rules_of(session, placement.institution_id, None),
    ]
    enrolled = queries.enrolled_as(session, placement) if rules else (set(), set())
    return next((rule.person for rule in rules if _fits(rule, *enrolled)), None)


def route_all(session: Session, course: Course, *, actor: Actor) -> int:
    """What is nobody's in this course, by today's rules; how many went to somebody."""
    if not may_set(actor, course):
        raise NotPermitted("Only instructors of the course and career staff route its cases.")
    require_open(actor, course)
    found = session.scalars(
        queries.open_in(course.id)
        .where(CreditCase.assigned_to_id.is_(None))
        .order_by(CreditCase.id)
    ).all()
    return sum(route(session, case) is not None for case in found)


def hand_over(
    session: Session,
    case: CreditCase,
    to: Person | None,
    *,
    actor: Actor,
    reason: str,
    seen: int | None,
) -> None:
    """To a colleague, or back to all instructors; both names stay in the history.

    :raises ChangedMeanwhile: it went to somebody else since the page was opened.
    """
    if not may_hand_over(actor, case):
        raise NotPermitted("Only instructors of the course and career staff hand a case over.")
    require_open(actor, case)
    if case.state not in UNDECIDED:
        raise NotPossible("The case is decided, so it is nobody’s to take.")
    target = to.id if to is not None else None
    if case.assigned_to_id == target:
        return
    if case.assigned_to_id != seen:
        raise ChangedMeanwhile("Somebody else has handed this case over meanwhile.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise InvalidInput("Say why, in a sentence; your colleague reads it.", field="reason")
    teaching = {one.id for one in queries.instructors(session, case.course_id)}
    if target is not None and target not in teaching:
        raise InvalidInput("Choose somebody who decides in this course now.", field="to")
    _assign(session, case, to, actor=actor, reason=reason.strip())


def may_set(actor: Actor, course: Course) -> bool:
    return actor.may_decide(course.id) or (
        actor.is_staff and actor.institution_id == course.institution_id
    )


def may_hand_over(actor: Actor, case: CreditCase) -> bool:
    return actor.may_decide(case.course_id) or (
        actor.is_staff and actor.institution_id == case.institution_id
    )


def _fits(rule: RoutingRule, sections: set[str], programs: set[str]) -> bool:
    return {
        Criterion.ANY: True,
        Criterion.SECTION: name_key(rule.value) in sections,
        Criterion.PROGRAM: name_key(rule.value) in programs,
    }[rule.criterion]


def _least_loaded(session: Session, teaching: list[int]) -> int | None:
    """Fewest undecided cases; among equals whoever is longest in the list."""
    if not teaching:
        return None
    loads = queries.loads(session, teaching)
    return min(teaching, key=lambda one: (loads[one], one))


def _one_at_a_time(session: Session, institution_id: int) -> None:
    """Two cases that open at once would both go to whoever has fewest now."""
    lock = select(RoutingRule.id).where(
        RoutingRule.institution_id == institution_id, RoutingRule.ended_at.is_(None)
    )
    session.execute(lock.order_by(RoutingRule.id).with_for_update(key_share=True))


def _assign(
    session: Session,
    case: CreditCase,
    to: Person | None,
    *,
    actor: Actor | None,
    rule: RoutingRule | None = None,
    reason: str = "",
) -> None:
    before = case.assigned_to_id
    case.assigned_to = to
    case.assigned_to_id = to.id if to is not None else None
    session.add(
        CaseAssignment(
            credit_case_id=case.id,
            person_id=case.assigned_to_id,
            from_person_id=before,
            rule_id=rule.id if rule is not None else None,
            by_id=actor.person_id if actor is not None else None,
            reason_id=audit.erasable(session, reason).id if reason else None,
        )
    )
    session.flush()
    by = actor or system(case.institution_id)
    if rule is not None:
        audit.record(
            session, "credit_case:route", case, actor=by, to=case.assigned_to_id, rule=rule.id
        )
        return
    audit.record(
        session,
        "credit_case:hand_over",
        case,
        actor=by,
        to=case.assigned_to_id,
        from_person=before,
    )
