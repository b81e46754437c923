"""An entry is changed or taken back until the supervisor has answered."""

from datetime import date

from sqlalchemy import select

from careerlink.db import Database
from credit.hours.models import EntryState, HoursEntry
from tests.factories.hours import Work, log, stored
from tests.pages import Page, Visitor


def line(page: Page, day: str = "Tue 13 Oct") -> list[str]:
    return next(cells for cells in page.rows() if cells[0] == day)


def test_an_entry_is_changed_until_it_is_confirmed(
    student: Visitor, work: Work, database: Database
) -> None:
    page = log(student, work).follow("Read tickets")
    page = page.submit("Save hours", {"Hours": "2:15"})

    assert line(page)[2] == "2.25"
    with database.write() as session:
        session.scalars(select(HoursEntry)).one().state = EntryState.CONFIRMED
    entry = student.get(work.address("/hours")).follow("Read tickets")
    assert "Save hours" not in entry.buttons


def test_a_change_of_an_entry_that_was_changed_meanwhile_is_refused(
    student: Visitor, work: Work, database: Database
) -> None:
    old = log(student, work).follow("Read tickets")
    old.submit("Save hours", {"Hours": "2"})

    old.submit("Save hours", {"Hours": "3"}, status=409)

    assert stored(database) == [(date(2026, 10, 13), 120)]


def test_an_entry_taken_back_counts_no_more_and_stays_on_record(
    student: Visitor, work: Work, database: Database
) -> None:
    page = log(student, work).follow("Read tickets").submit("Take back these hours")

    assert "1.5 h of Tue 13 Oct taken back" in page.text
    assert stored(database) == []
    with database.read() as session:
        assert session.scalars(select(HoursEntry)).one().removed_at is not None


def test_an_answered_entry_can_be_neither_changed_nor_taken_back(
    student: Visitor, work: Work, database: Database
) -> None:
    page = log(student, work).follow("Read tickets")
    with database.write() as session:
        session.scalars(select(HoursEntry)).one().state = EntryState.DISPUTED

    page.submit("Save hours", {"Hours": "9"}, status=409)
    page.submit("Take back these hours", status=409)

    assert stored(database) == [(date(2026, 10, 13), 90)]
