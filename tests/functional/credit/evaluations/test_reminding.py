"""The mails about an evaluation: on their days, to their people, and none once it is in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from careerlink.registry import registry
from careerlink.reminders.models import Reminder, ReminderTrack
from credit.cases import opening
from credit.cases.models import CaseState, CreditCase
from credit.evaluations import ladder
from tests.factories import cases
from tests.factories.agreements import Scene
from tests.factories.evaluations import running, sent_by
from tests.factories.sessions import launched
from tests.pages import Page, Visitor

END = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
"""Ten in the morning in New York."""


def mails(database: Database, to: str) -> list[str]:
    """What was said about the evaluation to one recipient, oldest first."""
    with database.read() as session:
        rows = session.execute(
            select(Reminder.rung, Reminder.recipient)
            .join(Reminder.track)
            .where(ReminderTrack.ladder == ladder.FINAL.key)
            .order_by(Reminder.id)
        )
        return [rung for rung, recipient in rows if recipient.startswith(to)]


def days(
    database: Database, settings: Settings, clock: time_machine.Traveller, *on: int
) -> None:
    for day in on:
        clock.move_to(END + timedelta(days=day))
        for _ in range(3):
            worker.run_once(database, settings)


def test_the_supervisor_hears_of_it_on_its_days_until_it_is_in(
    database: Database, settings: Settings, app: Flask, clock: time_machine.Traveller
) -> None:
    with database.write() as session:
        cast = running(session)
    days(database, settings, clock, -6, -3, -1, 0, 1, 3, 4)
    contact = f"contact:{cast.contact.id}"
    said = mails(database, contact)
    assert said == ["heads_up", "ask", "remind"]

    with database.write() as session:
        cast.session, cast.placement = session, session.get_one(Placement, cast.placement.id)
        sent_by(session, cast, "supervisor")
    days(database, settings, clock, 7, 10, 14)
    assert mails(database, contact) == said


def enrolled(session: Session, cast: Scene) -> CourseMember:
    return session.scalars(
        select(CourseMember).where(
            CourseMember.course_id == cast.course.id,
            CourseMember.person_id == cast.student.person_id,
        )
    ).one()


def test_after_a_drop_nobody_is_asked_until_the_student_is_back(
    database: Database, settings: Settings, app: Flask, clock: time_machine.Traveller
) -> None:
    with database.write() as session:
        cast = running(session)
        instructor = session.get_one(Person, cast.instructor.person_id)
        cases.add_policy(session, cases.Class(cast.course, instructor, cast.contact))
        case = opening.open_for(session, cast.placement, actor=cast.instructor)
        assert case is not None
        enrolled(session, cast).dropped_at = END
        case.state = CaseState.DROPPED
    contact = f"contact:{cast.contact.id}"
    days(database, settings, clock, 0, 3)
    assert mails(database, contact) == []

    with database.write() as session:
        session.scalars(select(CreditCase)).one().state = CaseState.OPEN
        enrolled(session, cast).dropped_at = None
    days(database, settings, clock, 4, 5)
    assert len(mails(database, contact)) == 1


def test_a_silent_supervisor_becomes_the_students_word_and_the_offices_task(
    database: Database, settings: Settings, app: Flask, clock: time_machine.Traveller
) -> None:
    with database.write() as session:
        cast = running(session)
    days(database, settings, clock, 0, 3, 7, 10, 14, 15)

    assert "may_nudge" in mails(database, f"person:{cast.student.person_id}")
    assert "phone" in mails(database, "staff")
    with database.read() as session, app.test_request_context():
        (task,) = [
            one
            for provider in registry.attention
            for one in provider(session, cast.staff)
            if "has not evaluated" in one.title
        ]
    assert task.title == "Ines Carvalho has not evaluated Maya Chen"
    assert task.url.endswith("/evaluation")


def test_the_student_may_have_it_said_again_after_five_days(
    database: Database,
    settings: Settings,
    app: Flask,
    clock: time_machine.Traveller,
    visitors: Callable[[], Visitor],
) -> None:
    with database.write() as session:
        cast = running(session)
    days(database, settings, clock, 0, 1)

    def open_page() -> Page:
        person_id, course = cast.student.person_id or 0, cast.course.id
        maya = launched(visitors(), database, person_id, course, CourseRole.STUDENT)
        return maya.get(f"{cast.placement_path}/evaluation")

    page = open_page()
    assert not any("Send a reminder" in button for button in page.buttons)
    assert "A reminder can go out from" in page.text

    days(database, settings, clock, 12, 18)
    page = open_page().submit("Send a reminder")
    assert "goes out in the supervisor" in page.text
    assert mails(database, f"contact:{cast.contact.id}")[-1] == "nudge"
