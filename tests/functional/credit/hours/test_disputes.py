"""Two figures, words from both sides, and the instructor's ruling that both of them read."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from careerlink.db import Database
from credit.hours import operations
from credit.hours.models import HoursConfirmation, HoursDispute
from tests.factories import hours
from tests.factories.hours import Work
from tests.pages import Page, Visitor

LOWER = {"Your figure": "4", "What differs": "We stopped at column H."}


@pytest.fixture
def work(work: Work, database: Database) -> Work:
    with database.write() as session:
        hours.entry(session, session.merge(work.placement), date(2026, 10, 13), 360)
    return work


@pytest.fixture
def ines(work: Work, visitors: Callable[[], Visitor], database: Database) -> Page:
    """The page about hours behind the supervisor's link."""
    return work.supervisor(visitors(), database).follow("Look at the hours")


def test_a_student_asks_the_instructor_who_rules_for_both_to_read(
    ines: Page,
    work: Work,
    student: Visitor,
    visitors: Callable[[], Visitor],
    database: Database,
) -> None:
    ines.submit("Save my figure", LOWER)
    page = student.get(work.address("/hours"))
    page = page.follow("Ask my instructor to rule")
    assert "We stopped at column H." in page.text
    page = page.submit("Ask for a ruling", {"What differs": "Columns I to K were asked for."})
    assert "Your instructor is asked to rule" in page.text

    teacher = work.teacher(visitors(), database)
    home = teacher.get(f"/courses/{work.course.public_id}/")
    assert "rule on the hours of Maya Okafor" in home.text
    page = home.follow("Rule on the hours")
    for shown in ("6 h logged", "4 h confirmed", "Columns I to K were asked for.", "column H"):
        assert shown in page.text
    page = page.submit("Rule on the hours", {"Hours": "5.5", "Reason": "The mails say so."})

    assert "rule on the hours" not in teacher.get(home.path).text
    assert "Ruled by Hana Novak" in student.get(work.address("/hours")).text
    seen = ines.visitor.get(ines.path)
    assert "The instructor ruled that 5.5 h stand" in seen.text
    assert "The mails say so." in seen.text
    assert "Save my figure" not in seen.buttons


def test_a_supervisor_asks_for_a_ruling_with_another_figure(
    ines: Page, work: Work, visitors: Callable[[], Visitor], database: Database
) -> None:
    asks = {**LOWER, "Ask the instructor to rule on it": True}
    page = ines.submit("Save my figure", {**asks, "What differs": ""}, status=422)
    with database.read() as session:
        assert session.scalars(select(HoursConfirmation)).all() == []

    page = page.submit("Save my figure", asks)
    assert "You asked the instructor to rule" in page.text
    home = work.teacher(visitors(), database).get(f"/courses/{work.course.public_id}/")
    assert "rule on the hours of Maya Okafor" in home.text

    page = page.submit("Take my question back")
    assert "You asked the instructor" not in page.text


def test_hours_that_were_logged_meanwhile_are_not_confirmed_unseen(
    ines: Page, work: Work, database: Database
) -> None:
    with database.write() as session:
        hours.entry(session, session.merge(work.placement), date(2026, 10, 14), 60)

    page = ines.submit("Yes, 6 h", status=422)

    assert "Hours were logged or corrected meanwhile" in page.text
    page.submit("Yes, 7 h")


def test_pressed_twice_it_is_one_question(
    ines: Page, work: Work, student: Visitor, database: Database
) -> None:
    ines.submit("Save my figure", LOWER)
    page = student.get(work.address("/hours/dispute"))
    for _ in range(2):
        page.submit("Ask for a ruling", {"What differs": "Columns I to K."})

    with database.read() as session:
        assert len(session.scalars(select(HoursDispute)).all()) == 1


@pytest.mark.parametrize(
    ("confirmed", "words"),
    [(None, "has not answered on the hours yet"), (360, "confirmed what you logged")],
)
def test_there_is_nothing_to_dispute_where_figures_do_not_differ(
    work: Work, student: Visitor, database: Database, confirmed: int | None, words: str
) -> None:
    if confirmed is not None:
        with database.write() as session:
            operations.confirm(
                session,
                session.merge(work.placement),
                actor=work.as_supervisor,
                confirmed_minutes=confirmed,
            )

    page = student.get(work.address("/hours/dispute"))

    assert words in page.text
    assert "Ask for a ruling" not in page.buttons
    token = student.get(work.address("/hours")).form("Log hours").data["csrf_token"]
    student.post(page.path, {"csrf_token": token, "words": "But"}, status=409)
