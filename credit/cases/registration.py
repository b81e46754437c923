"""What credit cases bring: pages, tabs, first things to do, moves that follow others."""

from datetime import timedelta

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Panel, Registry, Tab, Waiting
from credit.cases import (
    after_work,
    course_file,
    decision_views,
    handing_over,
    keeping,
    link_offer,
    mover_upkeep,
    opening,
    queries,
    queue,
    recording_views,
    resting,
    student_page,
    student_views,
    submission_views,
    views,
)
from credit.cases.models import CaseState, CreditCase

LONG = timedelta(days=7)
MOST = 50


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, decision_views.bp, recording_views.bp, student_views.bp]
    registry.blueprints.append(submission_views.bp)
    registry.tabs.append(tabs)
    registry.home_panels.append(home_panels)
    registry.after_work.append(after_work.of)
    registry.next_steps += [instructor_steps, student_steps]
    registry.attention.append(waiting_long)
    registry.student_work.append(resting.student_work)
    registry.open_ends.append(resting.open_ends)
    registry.blueprints.append(course_file.bp)
    registry.course_files.append(course_file.files)
    registry.link_offers.append(link_offer.offer())
    registry.link_pages[link_offer.CONTENT] = link_offer.page
    registry.histories["credit_case"] = history
    registry.sweeps += [opening.open_missing, keeping.sweep, mover_upkeep.sweep]
    mover_upkeep.listen()
    registry.review_pages.append(review_page)
    registry.reaction("credit_case", "complete", handing_over.when_complete)
    registry.reaction("credit_case", "resubmit", handing_over.when_sent_back)
    registry.reaction("learning_agreement", "approve", opening.when_agreed)
    registry.reaction("placement", "start", opening.when_started)
    for verb in ("complete", "reopen", "end_early", "cancel"):
        registry.reaction("placement", verb, keeping.when_placement_moves)
    registry.reaction("evaluation", "submit", keeping.when_evaluation_comes)


QUEUE = ("cases", "earlier.", "routing.hand_over", "midpoint.", "academic_work.")
"""Pages of the queue and of one case, whichever package has them."""


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None:
        return []
    if actor.may_look(course.id):
        url = url_for("cases.show_queue", course_id=course.public_id)
        return [Tab("Queue", url, page=QUEUE, position=10)]
    if actor.is_student(course.id):
        url = url_for("credit.show", course_id=course.public_id)
        return [Tab("Credit", url, page="credit.", position=40)]
    return []


def instructor_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.may_decide(course_id):
        return []
    course = session.get_one(Course, course_id)
    mine = queue.mine(session, actor, course)
    waiting = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    oldest = session.scalar(mine.options(*queries.PAGE_NEEDS).limit(1))
    if oldest is None:
        return []
    name = oldest.person.label
    more = "" if waiting == 1 else f" {waiting} cases wait for you."
    return [
        NextStep(
            title=f"decide on the credit of {name}",
            url=url_for("cases.show", course_id=course.public_id, case_id=oldest.public_id),
            action="Open the packet",
            why=f"It has waited longest.{more}",
            urgency=30,
        )
    ]


def student_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.is_student(course_id):
        return []
    course = session.get_one(Course, course_id)
    case = queries.own(session, actor, course)
    if case is None or case.state != CaseState.RETURNED:
        return []
    latest = queries.latest_decision(session, case)
    who = latest.by if latest is not None else "your instructor"
    return [
        NextStep(
            title=f"answer the comments of {who}",
            url=url_for("credit.show", course_id=course.public_id),
            action="Read the comments",
            why="Your credit case came back. Change what was asked for and send it again.",
            urgency=20,
        )
    ]


def home_panels(session: Session, actor: Actor, course: Course) -> list[Panel]:
    if not actor.is_student(course.id):
        return []
    case = queries.own(session, actor, course)
    if case is None:
        return []
    values = student_page.so_far(session, case)
    return [Panel("Credit", "credit/cases/home.html", values, position=20, is_side=True)]


def waiting_long(session: Session, actor: Actor) -> list[Waiting]:
    """Cases that are ready and that nobody has decided for a week."""
    late = session.scalars(
        queries.visible_to(actor)
        .where(
            CreditCase.state == CaseState.READY,
            CreditCase.state_since < clock.now() - LONG,
        )
        .options(*queries.PAGE_NEEDS)
        .order_by(CreditCase.state_since, CreditCase.id)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Instructors",
            title=f"Credit case of {case.person.label}",
            text=case.course.name,
            since=case.state_since,
            url=url_for("cases.show", course_id=case.course.public_id, case_id=case.public_id),
            action="Open packet",
            why="Cases that have been ready for longer than seven days are listed here.",
            is_late=True,
        )
        for case in late
    ]


def history(session: Session, actor: Actor, public_id: str) -> CreditCase | None:
    return session.scalar(queries.visible_to(actor).where(CreditCase.public_id == public_id))


def review_page(session: Session, course: Course, person_id: int) -> str:
    case = session.scalar(
        select(CreditCase.public_id).where(
            CreditCase.course_id == course.id, CreditCase.person_id == person_id
        )
    )
    return case or ""
