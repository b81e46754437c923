"""Courses that the LMS or a person has concluded: nothing changes, and the way back."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from careerlink.audit import AuditEntry
from careerlink.courses.models import Course
from careerlink.db import Database
from lti import course_life
from lti.models import LtiContext
from tests.factories.lti import LEARNER, LTI, Platform
from tests.pages import Visitor

OVER, RUNS = {"course_state": "completed"}, {"course_state": "available"}


def course(database: Database) -> Course:
    with database.read() as session:
        return session.scalars(select(Course).order_by(Course.id)).all()[0]


def launch(platform: Platform, client: Visitor, custom: dict[str, str], *roles: str) -> None:
    page = platform.launch(client, platform.claims(*roles, **{f"{LTI}custom": custom}))
    assert page.status == 303


def test_what_the_lms_says_it_may_take_back(
    client: Visitor, platform: Platform, database: Database
) -> None:
    launch(platform, client, RUNS)
    assert course(database).concluded_at is None

    launch(platform, client, OVER)
    assert course(database).concluded_at is not None
    home = client.get(f"/courses/{course(database).public_id}/")
    assert "This course is concluded" in home.text

    launch(platform, client, {})
    assert course(database).concluded_at is not None
    launch(platform, client, RUNS)
    assert course(database).concluded_at is None


def test_what_a_person_says_the_lms_does_not_take_back(
    client: Visitor, platform: Platform, database: Database
) -> None:
    launch(platform, client, RUNS)
    page = client.get(f"/courses/{course(database).public_id}/").follow("Conclude this course")
    assert "Everything is finished" in page.text
    refused = page.submit("Conclude the course", {"Reason": " "}, status=422)
    assert "Give a reason." in refused.text

    done = refused.submit("Conclude the course", {"Reason": "The term is over."})
    for told in (RUNS, OVER, RUNS):
        launch(platform, client, told)

    assert done.heading == "Open this course again"
    assert course(database).concluded_at is not None
    page = client.get(f"/courses/{course(database).public_id}/conclusion")
    page.submit("Open the course again", {"Reason": "One hour is missing."})
    assert course(database).concluded_at is None
    with database.read() as session:
        said = session.scalars(
            select(AuditEntry)
            .where(AuditEntry.action.in_(("course:conclude", "course:reopen")))
            .order_by(AuditEntry.id)
        ).all()
        reasons = [one.reason.text for one in said if one.reason is not None]
    assert reasons == ["The term is over.", "One hour is missing."]


def test_opened_by_a_person_it_stays_open_until_the_lms_concludes_it_anew(
    client: Visitor, platform: Platform, database: Database
) -> None:
    launch(platform, client, OVER)
    path = f"/courses/{course(database).public_id}/conclusion"
    client.get(path).submit("Open the course again", {"Reason": "An appeal."})

    launch(platform, client, OVER)
    assert course(database).concluded_at is None
    launch(platform, client, RUNS)
    launch(platform, client, OVER)
    assert course(database).concluded_at is not None


def second_place(database: Database) -> None:
    with database.write() as session:
        first = session.scalars(select(LtiContext)).one()
        session.add(
            LtiContext(
                deployment_id=first.deployment_id,
                context_id="course-2",
                course_id=first.course_id,
            )
        )


def test_of_linked_courses_that_end_at_once_one_waits_for_the_other(
    client: Visitor, platform: Platform, database: Database
) -> None:
    launch(platform, client, RUNS)
    second_place(database)
    with database.read() as session:
        one, other = session.scalars(select(LtiContext.id).order_by(LtiContext.id)).all()

    with database.open(writing=True) as first:
        course_life.note(first, first.get_one(LtiContext, one), OVER)
        if not database.is_sqlite:  # whose writers are alone as it is
            with database.open(writing=True) as second, pytest.raises(OperationalError):
                second.execute(text("SET LOCAL lock_timeout = 1"))
                course_life.note(second, second.get_one(LtiContext, other), OVER)
        first.commit()
    with database.write() as session:
        course_life.note(session, session.get_one(LtiContext, other), OVER)

    assert course(database).concluded_at is not None


def test_of_linked_courses_the_last_that_runs_keeps_both_open(
    client: Visitor, platform: Platform, database: Database
) -> None:
    launch(platform, client, RUNS)
    second_place(database)

    launch(platform, client, OVER)
    assert course(database).concluded_at is None
    place = {f"{LTI}context": {"id": "course-2", "title": "B"}, f"{LTI}custom": OVER}
    platform.launch(client, platform.claims(**place))
    assert course(database).concluded_at is not None
    launch(platform, client, RUNS)
    assert course(database).concluded_at is None


def test_students_conclude_nothing(
    visitors: Callable[[], Visitor], platform: Platform, database: Database
) -> None:
    student = visitors()
    launch(platform, student, {}, LEARNER)

    student.get(f"/courses/{course(database).public_id}/conclusion", status=404)


def test_who_acts_as_somebody_else_concludes_nothing(
    client: Visitor, platform: Platform, database: Database
) -> None:
    launch(platform, client, {"masquerading_user_id": "7"})

    page = client.get(f"/courses/{course(database).public_id}/conclusion")

    assert "In this view of the course nothing can be changed." in page.text
    assert "Conclude the course" not in page.buttons
