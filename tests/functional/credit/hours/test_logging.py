"""A student logs hours: in any spelling, and is told in words what is wrong."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.placements.models import PlacementState
from tests.factories import hours
from tests.factories.hours import Work, log, stored
from tests.pages import Page, Visitor


def line(page: Page, day: str = "Tue 13 Oct") -> list[str]:
    return next(cells for cells in page.rows() if cells[0] == day)


def test_hours_are_logged_and_summed_against_the_plan(student: Visitor, work: Work) -> None:
    page = log(student, work, Objective="Present findings to a non-specialist")

    assert "1.5\xa0h logged for Tue 13 Oct" in page.soup.get_text()
    assert "1.5 h of 20 h logged" in page.text or "1.5 h logged 20 h planned" in page.text
    assert (line(page)[:3]) == [
        "Tue 13 Oct",
        "Read tickets Present findings to a non-specialist",
        "1.50",
    ]


def test_the_day_is_today_unless_changed(student: Visitor, work: Work) -> None:
    page = student.get(work.address("/hours"))

    assert page.element("input[name=worked_on]")["value"] == "2026-10-14"


@pytest.mark.parametrize("spelling", ["1.5", "1:30", "1,5", "1.50 h", "1h30", " 1.5 "])
def test_every_usual_spelling_is_taken(
    student: Visitor, work: Work, database: Database, spelling: str
) -> None:
    log(student, work, Hours=spelling)

    assert stored(database) == [(date(2026, 10, 13), 90)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Day": "2026-10-15"}, "Thu 15 Oct is still to come"),
        ({"Day": "2026-10-02"}, "outside this placement, Mon 5 Oct to Fri 20 Nov"),
        ({"Day": ""}, "Enter the day"),
        ({"Day": "13/10"}, "Enter a date"),
        ({"Hours": "1.3"}, "“1.3” is not in quarter hours"),
        ({"Hours": "0"}, "at least a quarter"),
        ({"Hours": "25"}, "A day has 24 hours"),
        ({"Hours": "-2"}, "Enter hours in quarters"),
        ({"Hours": "1e3"}, "Enter hours in quarters"),
        ({"Hours": "9" * 400}, "Enter hours in quarters"),
        ({"What you did": ""}, "what you did"),
        ({"What you did": "x" * 301}, "300 characters"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    student: Visitor, work: Work, database: Database, changes: dict[str, str], words: str
) -> None:
    page = log(student, work, status=422, **changes)

    assert words in " ".join(page.errors)
    assert stored(database) == []
    kept = page.form("Log hours").data
    if "What you did" not in changes:
        assert kept["task"] == ["Read tickets"]
    if "Hours" not in changes:
        assert kept["hours"] == ["1.5"]


def test_a_day_has_24_hours_over_all_placements(
    student: Visitor, work: Work, database: Database
) -> None:
    with database.write() as session:
        other = hours.placed(
            session,
            session.merge(work.course),
            session.merge(work.student),
            session.merge(work.contact),
        )
        hours.entry(session, other, date(2026, 10, 13), 20 * 60)

    page = log(student, work, status=422, Hours="4.25")

    assert "With the 20 h logged for Tue 13 Oct already, this makes 24.25 h" in page.errors[
        0
    ].replace("\xa0", " ")
    log(student, work, Hours="4")


def test_pressing_the_button_twice_logs_once(
    student: Visitor, work: Work, database: Database
) -> None:
    log(student, work)
    log(student, work)

    assert len(stored(database)) == 1


def test_an_objective_of_another_agreement_is_refused(
    student: Visitor, work: Work, database: Database
) -> None:
    page = student.get(work.address("/hours"))
    data = {**page.form("Log hours").data, "hours": "1", "task": "x", "objective": "theirs"}

    student.post(work.address("/hours"), data, status=422)

    assert stored(database) == []


def test_hours_before_the_agreement_are_marked_not_refused(
    client: Visitor, database: Database, clock: time_machine.Traveller
) -> None:
    with database.write() as session:
        work = hours.work(session, agreed=False)

    page = log(work.visitor(client, database), work)

    assert "does not count toward credit" in page.text
    assert "Before the agreement" in line(page)[3]
    assert "1.5 h without an agreement in force" in page.text


def test_more_than_planned_warns_with_the_real_fee_per_hour(
    student: Visitor, work: Work, database: Database
) -> None:
    with database.write() as session:
        hours.entry(session, session.merge(work.placement), date(2026, 10, 12), 20 * 60)

    page = log(student, work, Hours="4")

    assert "24 h logged, 20 h planned" in page.text
    assert "comes to $20.00 per hour instead of $24.00" in page.text


@pytest.mark.parametrize(
    "state",
    [PlacementState.PLANNED, PlacementState.WORK_COMPLETED, PlacementState.ENDED_EARLY],
)
def test_nothing_is_logged_unless_the_placement_is_active(
    student: Visitor, work: Work, database: Database, state: PlacementState
) -> None:
    form = student.get(work.address("/hours")).form("Log hours").data
    with database.write() as session:
        session.merge(work.placement).state = state

    student.post(
        work.address("/hours"),
        {**form, "hours": "1", "task": "Read"},
        status=409,
    )

    assert stored(database) == []
    assert "Log hours" not in student.get(work.address("/hours")).buttons


def test_the_instructor_and_a_student_in_a_read_only_view_log_nothing(
    work: Work, visitors: Callable[[], Visitor], database: Database
) -> None:
    teacher = work.teacher(visitors(), database)
    as_student = work.visitor(visitors(), database, work.instructor, CourseRole.STUDENT)

    page = teacher.get(work.address("/hours"))
    assert "Log hours" not in page.buttons
    token = page.element("meta[name=csrf-token]")["content"]
    data = {"csrf_token": token, "worked_on": "2026-10-13", "hours": "1", "task": "x"}
    teacher.post(work.address("/hours"), data, status=403)
    as_student.get(work.address("/hours"), status=404)
    assert stored(database) == []


def test_a_test_student_can_only_look(student: Visitor, work: Work, database: Database) -> None:
    form = student.get(work.address("/hours")).form("Log hours").data
    with database.write() as session:
        member = session.scalars(
            select(CourseMember).filter_by(person_id=work.student.id)
        ).one()
        member.is_test = True

    page = student.post(work.address("/hours"), {**form, "hours": "1", "task": "x"}, status=403)

    assert "test student" in page.text


def test_today_is_the_students_own_day_across_the_clock_change(
    student: Visitor, work: Work, database: Database, clock: time_machine.Traveller
) -> None:
    # 23:30 in New York on the day that the clocks go back; by the summer offset it is tomorrow.
    clock.move_to("2026-11-02T04:30:00+00:00")

    page = work.visitor(student, database).get(work.address("/hours"))

    assert page.element("input[name=worked_on]")["value"] == "2026-11-01"
    page.submit("Log hours", {"Hours": "24", "What you did": "The long day"})
    assert stored(database) == [(date(2026, 11, 1), 24 * 60)]
    log(student, work, status=422, Day="2026-11-02")


def test_weeks_run_from_monday_to_sunday(
    student: Visitor, work: Work, database: Database
) -> None:
    with database.write() as session:
        placement = session.merge(work.placement)
        for day, minutes in ((11, 60), (12, 120), (13, 30)):
            hours.entry(session, placement, date(2026, 10, day), minutes)

    page = student.get(work.address("/hours"))

    captions = [" ".join(c.get_text(" ").split()) for c in page.soup.find_all("caption")]
    assert captions[-2:] == ["Week of Mon 12 Oct 2.5 h", "Week of Mon 5 Oct 1 h"]
