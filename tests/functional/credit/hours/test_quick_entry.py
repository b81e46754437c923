"""Logging on a phone: what was done last is offered again, and one tap is enough."""

from datetime import date

import pytest
import time_machine

from careerlink.db import Database
from tests.factories import campus
from tests.factories.hours import Work, log, stored
from tests.pages import Visitor


def test_the_work_of_last_time_is_logged_again_by_one_tap(
    student: Visitor, work: Work, database: Database
) -> None:
    first = student.get(work.address("/hours"))
    assert first.form("Log hours").data["task"] == [""]
    log(student, work, Objective="Present findings to a non-specialist")

    page = student.get(work.address("/hours")).submit("2 h")

    assert stored(database)[-1] == (date(2026, 10, 14), 120)
    today = next(cells for cells in page.rows() if cells[0] == "Wed 14 Oct")
    assert today[1] == "Read tickets Present findings to a non-specialist"


def test_a_tap_goes_before_what_stands_in_the_field(
    student: Visitor, work: Work, database: Database
) -> None:
    page = student.get(work.address("/hours"))
    page.submit("0.5 h", {"Hours": "7", "What you did": "Read tickets"})

    assert [minutes for _day, minutes in stored(database)] == [30]


def test_a_tap_without_saying_what_was_done_is_refused(
    student: Visitor, work: Work, database: Database
) -> None:
    page = student.get(work.address("/hours")).submit("2 h", status=422)

    assert page.errors == ["Say in a few words what you did."]
    assert stored(database) == []


@pytest.mark.parametrize(("second", "status"), [("1", 200), ("1.25", 422)])
def test_the_day_on_which_clocks_go_back_has_25_hours(
    work: Work,
    client: Visitor,
    database: Database,
    clock: time_machine.Traveller,
    second: str,
    status: int,
) -> None:
    clock.move_to("2026-11-02T15:00:00+00:00")
    student = work.visitor(client, database)
    log(student, work, Day="2026-11-01", Hours="24")

    page = log(student, work, Day="2026-11-01", Hours=second, status=status)

    refused = "this day has 25\xa0h because the clocks change" in page.soup.get_text()
    assert refused == (status == 422)


def test_a_day_is_as_long_as_where_the_student_is(
    work: Work, client: Visitor, database: Database, clock: time_machine.Traveller
) -> None:
    with database.write() as session:
        session.merge(work.student).time_zone = "Europe/Berlin"
    clock.move_to("2026-11-02T15:00:00+00:00")
    student = work.visitor(client, database)
    log(student, work, Day="2026-11-01", Hours="24")

    log(student, work, Day="2026-11-01", Hours="1", status=422)
    log(student, work, Day="2026-10-25", Hours="24")
    log(student, work, Day="2026-10-25", Hours="1")


def test_the_weekly_limit_says_why_at_once(
    work: Work, client: Visitor, database: Database
) -> None:
    with database.write() as session:
        campus.limited(session, work.placement.institution_id, max_minutes_per_week=10 * 60)
    student = work.visitor(client, database)
    log(student, work, Day="2026-10-12", Hours="8")

    page = log(student, work, Hours="3")

    assert "11 h in the week of Mon 12 Oct. The policy counts 10 h a week" in page.text
