"""What courses bring to the whole."""

from functools import partial

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses import (
    conclusion,
    conclusion_views,
    copies,
    copy_views,
    delegation_pages,
    delegation_views,
    objective_views,
    set_up,
    set_up_parts,
    set_up_views,
)
from careerlink.courses.models import Course
from careerlink.courses.objectives import OBJECTIVES
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Panel, Registry, Tab
from careerlink.registry import registry as filled


def register(registry: Registry) -> None:
    registry.blueprints += [copy_views.bp, conclusion_views.bp, delegation_views.bp]
    registry.blueprints += [objective_views.bp, set_up_views.bp]
    registry.set_up_steps += set_up_parts.STEPS
    registry.next_steps.append(first_launch)
    registry.carry_overs.append(OBJECTIVES)
    registry.next_steps.append(carry_over)
    registry.home_panels.append(set_up_panel)
    registry.set_up_pages += [own_pages, delegation_pages.set_up]
    registry.next_steps.append(delegation_pages.next_steps)
    registry.attention.append(delegation_pages.waiting)
    registry.histories["instructor_delegation"] = delegation_pages.history
    registry.histories["course"] = history
    registry.history_facts["course:conclude"] = conclusion.what_was_left


def carry_over(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """Before anything else in a copied course: who teaches it says what comes along."""
    if course_id is None or not actor.may_decide(course_id):
        return []
    course = session.get_one(Course, course_id)
    if not copies.awaits_answer(course) or not copies.may_answer(actor, course):
        return []
    origin = copies.origin_of(session, course)
    if origin is None:
        return []
    return [
        NextStep(
            title=f"carry over from {copy_views.name_of(origin)}",
            url=url_for("copies.show", course_id=course.public_id),
            action="Choose what comes along",
            why="This course was copied. Student work never comes along.",
            urgency=5,
        )
    ]


def first_launch(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """For who teaches it, until somebody has set it up or a student has begun."""
    if course_id is None or not actor.may_decide(course_id):
        return []
    course = session.get_one(Course, course_id)
    if not set_up.may_set_up(actor, course) or not set_up.is_waiting(session, course):
        return []
    return [
        NextStep(
            title="set up this course",
            url=url_for("course_set_up.show", course_id=course.public_id),
            action="Set up the course",
            why="It works as the career office set it; look once what your students will see.",
            urgency=60,
        )
    ]


def set_up_panel(session: Session, actor: Actor, course: Course) -> list[Panel]:
    if not conclusion.may_end(actor, course):
        return []
    pages = [page for ask in filled.set_up_pages for page in ask(actor, course)]
    pages.sort(key=lambda page: page.position)
    lines = [{"text": page.label, "url": page.url} for page in pages]
    template = "careerlink/courses/panel.html"
    return [Panel("Run this course", template, {"pages": lines}, position=90, is_side=True)]


def own_pages(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None:
        return []
    address = partial(url_for, course_id=course.public_id)
    title = "Open this course again" if course.concluded_at else "Conclude this course"
    found = [
        Tab("Course set-up", address("course_set_up.show"), page="course_set_up", position=5),
        Tab(title, address("conclusion.show"), page="", position=90),
    ]
    if course.copied_from_id is not None:
        was = course.copy_answered_at is not None
        copied = "What was carried over" if was else "Carry over from the earlier course"
        found.insert(1, Tab(copied, address("copies.show"), page="", position=10))
    return found


def history(session: Session, actor: Actor, public_id: str) -> Course | None:
    """For those who look after the course; others have their own records' histories."""
    found = session.scalar(
        select(Course).where(
            Course.public_id == public_id, Course.institution_id == actor.institution_id
        )
    )
    may_read = found is not None and (actor.is_instructor(found.id) or actor.reads_office)
    return found if may_read else None
