"""What people see of the reminders, and what staff do about them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select

from careerlink.db import Database
from careerlink.reminders.models import ReminderSettings
from tests.factories.agreements import Scene
from tests.functional.careerlink.reminders.conftest import Post
from tests.pages import Visitor

Staff = Callable[[], Visitor]
SUNDAY = datetime(2026, 11, 1, 15, tzinfo=UTC)
OFFICE = "/office/reminders"


def placement_page(cast: Scene) -> str:
    return f"/office/placements/{cast.placement.public_id}"


def test_everybody_sees_when_somebody_was_last_reminded_and_what_comes_next(
    post: Post, cast: Scene, staff: Staff, student: Visitor
) -> None:
    post.run()

    seen = staff().get(placement_page(cast))
    assert "Last reminded Wed 14 Oct, 11:30" in seen.text
    assert "the career office" in seen.text
    own = student.get(cast.placement_path)
    assert "Last reminded Wed 14 Oct" in own.text
    assert "What went out" not in own.text


def test_staff_pause_with_a_reason_and_let_it_go_on(
    post: Post, cast: Scene, staff: Staff, clock: time_machine.Traveller
) -> None:
    post.run()
    asking = staff().get(placement_page(cast)).follow("Pause Supervisor’s evaluation")
    asking.submit("Pause reminders", status=422)
    page = asking.submit("Pause reminders", {"Why they pause": "They call on Monday."})
    assert "Paused since" in page.text
    assert "They call on Monday." in page.text
    clock.shift(5 * 24 * 3600)
    assert post.to_supervisor() == []

    page = staff().get(placement_page(cast)).submit("Let it go on Supervisor’s evaluation")
    assert "Paused" not in page.text
    assert len(post.to_supervisor()) == 1


def test_staff_remind_now_and_a_second_press_finds_it_waiting(
    post: Post, cast: Scene, staff: Staff, clock: time_machine.Traveller
) -> None:
    """On a Sunday, days after the last mail that went out by itself."""
    post.run()
    assert "Remind now" not in staff().get(placement_page(cast)).text
    clock.shift(timedelta(days=7))
    assert len(post.to_supervisor()) == 1
    clock.move_to(SUNDAY)
    before = staff().get(placement_page(cast))
    page = before.submit("Remind now Supervisor’s evaluation")
    assert "A mail leaves Mon 2 Nov, 08:00" in page.text
    assert "Remind now" not in page.text
    assert "is due already" in before.submit("Remind now Supervisor’s evaluation").text

    clock.move_to(SUNDAY + timedelta(days=1))
    (mail,) = post.to_supervisor()
    assert mail.headings == [
        "Maya asks for your evaluation of “Where do repair customers wait?”"
    ]


def test_staff_change_the_days_for_what_was_not_said_yet(
    post: Post, cast: Scene, staff: Staff, database: Database, clock: time_machine.Traveller
) -> None:
    post.run()
    browser = staff()
    page = browser.get(OFFICE)
    days = "days__evaluation__remind"
    assert page.submit("Save days and hours", {days: "90"}, status=422).errors
    assert page.submit("Save days and hours", {days: "x"}, status=422).errors
    saved = page.submit("Save days and hours", {days: "6", "From": "7"})
    assert "Version 1." in saved.text
    with database.read() as session:
        row = session.scalars(select(ReminderSettings)).one()
        assert row.ladders["evaluation"]["remind"] == {"days": 6, "is_on": True}
        assert row.hours["opens"] == 7

    again = page.submit("Save days and hours", {days: "5"}, status=409)
    assert "Somebody else changed" in again.text
    clock.shift(5 * 24 * 3600)
    assert post.to_supervisor() == []
    clock.shift(24 * 3600)
    assert len(post.to_supervisor()) == 1


def test_a_preview_shows_what_would_go_out_and_saves_nothing(
    staff: Staff, database: Database
) -> None:
    page = (
        staff()
        .get(OFFICE)
        .submit(
            "Preview", {"A project that ends on": "2026-11-13", "days__evaluation__remind": "4"}
        )
    )
    assert "If nobody answers" in page.text
    assert "Tue 17 Nov, 08:00" in page.text
    with database.read() as session:
        assert session.scalars(select(ReminderSettings)).all() == []
