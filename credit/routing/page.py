"""What the pages about routing show: rules in order, and who has how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.cases.models import CreditCase
from credit.cases.workflow import UNDECIDED
from credit.routing import assigning, queries
from credit.routing.models import Criterion, RoutingRule

MOST_COURSES = 100


@dataclass(frozen=True)
class Share:
    """How many undecided cases of this course somebody has, and in all courses."""

    person: Person
    here: int
    everywhere: int


@dataclass(frozen=True)
class CourseLine:
    course: Course
    rules: int
    open: int
    nobodys: int


def rule_words(rule: RoutingRule) -> str:
    return {
        Criterion.ANY: "Every case",
        Criterion.SECTION: f"Section {rule.value}",
        Criterion.PROGRAM: f"Program {rule.value}",
    }[rule.criterion]


def course_values(session: Session, course: Course, *, actor: Actor) -> dict[str, Any]:
    teaching = queries.instructors(session, course.id)
    here = _counts_here(session, course)
    loads = queries.loads(session, [one.id for one in teaching])
    known = {one.id for one in teaching}
    sections, programs = queries.known_values(session, course)
    return {
        "rules": queries.rules_of(session, course.institution_id, course),
        "institution_rules": queries.rules_of(session, course.institution_id, None),
        "rule_words": rule_words,
        "shares": [Share(one, here.get(one.id, 0), loads[one.id]) for one in teaching],
        "nobodys": here.get(None, 0),
        "with_those_who_left": sum(
            count for who, count in here.items() if who is not None and who not in known
        ),
        "sections": sections,
        "programs": programs,
        "may_set": assigning.may_set(actor, course),
    }


def office_values(session: Session, actor: Actor) -> dict[str, Any]:
    return {
        "rules": queries.rules_of(session, actor.institution_id, None),
        "rule_words": rule_words,
        "lines": _courses(session, actor),
        "may_set": actor.is_staff,
    }


def _counts_here(session: Session, course: Course) -> dict[int | None, int]:
    rows = session.execute(
        queries.open_in(course.id)
        .with_only_columns(CreditCase.assigned_to_id, func.count())
        .group_by(CreditCase.assigned_to_id)
    )
    return {row[0]: row[1] for row in rows}


def _courses(session: Session, actor: Actor) -> Sequence[CourseLine]:
    """Those with open cases, most of nobody's first."""
    rules = (
        select(func.count())
        .where(RoutingRule.course_id == Course.id, RoutingRule.ended_at.is_(None))
        .scalar_subquery()
    )
    nobodys = func.count(CreditCase.id) - func.count(CreditCase.assigned_to_id)
    rows = session.execute(
        select(Course, rules, func.count(CreditCase.id), nobodys)
        .join(CreditCase, CreditCase.course_id == Course.id)
        .where(Course.institution_id == actor.institution_id, CreditCase.state.in_(UNDECIDED))
        .group_by(Course.id)
        .order_by(nobodys.desc(), Course.id)
        .limit(MOST_COURSES)
    )
    return [CourseLine(row[0], row[1], row[2], int(row[3] or 0)) for row in rows]
