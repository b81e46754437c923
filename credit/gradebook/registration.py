"""What the gradebook page brings: its routes, a tab, and a first thing to do."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import OpenEnd
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Registry, Tab
from credit.gradebook import (
    carrying,
    choice_views,
    column_views,
    queries,
    sending_views,
    set_up_part,
    views,
)


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, choice_views.bp, column_views.bp, sending_views.bp]
    registry.set_up_steps.append(set_up_part.COLUMN)
    registry.carry_overs.append(carrying.NO_COLUMN)
    registry.tabs.append(tabs)
    registry.next_steps.append(next_steps)
    registry.open_ends.append(open_ends)
    registry.open_end_pages["grades"] = "gradebook"


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None or not actor.may_look(course.id):
        return []
    url = url_for("gradebook.show", course_id=course.public_id)
    return [Tab("Gradebook", url, page="gradebook", position=25)]


def open_ends(session: Session, course: Course) -> list[OpenEnd]:
    number = queries.never_sent(session, course)
    decisions = "decision" if number == 1 else "decisions"
    text = f"{number} {decisions} never sent to the gradebook"
    return [OpenEnd("unsent_decisions", text, "gradebook/send")] if number else []


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """Grades that were refused, changed by a teacher in the LMS, or never sent."""
    if course_id is None or not actor.may_decide(course_id):
        return []
    course = session.get_one(Course, course_id)
    count = queries.count(session, actor, course, queries.Filter.ATTENTION)
    if not count:
        return []
    return [
        NextStep(
            title=f"look at {count} grade{'' if count == 1 else 's'} in the gradebook",
            url=url_for("gradebook.show", course_id=course.public_id, show="attention"),
            action="Show the grades",
            why="Your LMS refused them, a teacher changed them there, or they were never sent.",
            urgency=40,
        )
    ]
