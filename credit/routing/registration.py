"""What this feature brings to the whole."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Registry, Tab, Waiting
from credit.cases import queries as cases
from credit.cases.models import CreditCase
from credit.cases.workflow import UNDECIDED
from credit.routing import queries, views
from credit.routing.models import RoutingRule
from credit.routing.unread import oldest_unread

MOST = 50


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.tabs.append(tabs)
    registry.set_up_pages.append(set_up_pages)
    registry.next_steps.append(next_steps)
    registry.attention.append(with_those_who_left)
    registry.histories["routing_rule"] = history


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    return [
        Tab(
            "Routing",
            url_for("routing.everywhere"),
            page="routing",
            position=70,
            is_seldom=True,
        )
    ]


def set_up_pages(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None:
        return []
    if not (actor.is_instructor(course.id) or actor.is_staff):
        return []
    url = url_for("routing.show", course_id=course.public_id)
    return [Tab("Who decides which case", url, page="routing", position=60)]


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """An evaluation that came and was not read yet; a case that can be decided goes before."""
    if course_id is None or not actor.may_decide(course_id):
        return []
    course = session.get_one(Course, course_id)
    case = session.scalar(oldest_unread(actor, course).limit(1))
    if case is None:
        return []
    return [
        NextStep(
            title=f"read the evaluation of {case.person.label}",
            url=url_for("cases.show", course_id=course.public_id, case_id=case.public_id),
            action="Open the packet",
            why="The supervisor has sent it; something else is still missing.",
            urgency=45,
        )
    ]


def with_those_who_left(session: Session, actor: Actor) -> list[Waiting]:
    """All instructors of the course see them meanwhile; somebody should take them."""
    if not actor.reads_office:
        return []
    found = session.scalars(
        cases.visible_to(actor)
        .where(CreditCase.state.in_(UNDECIDED), queries.has_left())
        .options(*cases.PAGE_NEEDS)
        .order_by(CreditCase.state_since, CreditCase.id)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Instructors",
            title=f"Case of {one.person.label} is with somebody who left",
            text=f"{one.assigned_to.label if one.assigned_to else ''} teaches "
            f"{one.course.name} no more; all its instructors see the case.",
            since=one.state_since,
            url=url_for(
                "routing.hand_over", course_id=one.course.public_id, case_id=one.public_id
            ),
            action="Hand it over",
            why="Cases whose instructor is no longer in the course.",
        )
        for one in found
    ]


def history(session: Session, actor: Actor, public_id: str) -> RoutingRule | None:
    if not actor.reads_office:
        return None
    return session.scalar(
        select(RoutingRule).where(
            RoutingRule.institution_id == actor.institution_id,
            RoutingRule.public_id == public_id,
        )
    )
