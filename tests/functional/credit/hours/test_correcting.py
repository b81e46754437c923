"""After the supervisor has answered, a change is a correction: with a reason, both kept."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from careerlink.db import Database
from credit.hours import operations
from credit.hours.models import EntryState, HoursCorrection, HoursEntry
from tests.factories import hours
from tests.factories.hours import Work, stored
from tests.pages import Page, Visitor

WHY = "I noted the wrong evening."


@pytest.fixture
def confirmed(student: Visitor, work: Work, database: Database) -> Page:
    """The page of an entry of 1.5 hours that the supervisor has confirmed."""
    with database.write() as session:
        placement = session.merge(work.placement)
        hours.entry(session, placement, date(2026, 10, 13), 90)
        operations.confirm(session, placement, actor=work.as_supervisor, confirmed_minutes=90)
    return student.get(work.address("/hours")).follow("Grouped the free text")


def test_both_versions_are_kept_and_the_supervisor_is_asked_anew(
    confirmed: Page, work: Work, visitors: Callable[[], Visitor], database: Database
) -> None:
    form = confirmed.follow("Correct these hours")
    page = form.submit("Correct the hours", {"Hours": "3", "Why they change": WHY})

    assert stored(database) == [(date(2026, 10, 13), 180)]
    assert "Was 1.5 h on Tue 13 Oct" in page.text and WHY in page.text
    assert "1.5 h stand" in page.html.replace("\xa0", " ")

    link = work.supervisor(visitors(), database)
    assert link.heading == "Hours of Maya"
    assert WHY in link.text
    link = link.submit("Yes, 3 h")
    assert "Your answer is kept" in link.text
    assert "3 h stand" in confirmed.visitor.get(work.address("/hours")).html.replace(
        "\xa0", " "
    )


def test_a_made_up_version_is_one_that_nobody_saw(confirmed: Page, database: Database) -> None:
    form = confirmed.follow("Correct these hours")
    sent = {**form.form("Correct the hours").data, "version": ["\u00b2"], "reason": [WHY]}

    assert form.visitor.raw.post(form.path, data=sent).status_code == 409
    assert stored(database) == [(date(2026, 10, 13), 90)]


def test_nothing_takes_an_entry_out(confirmed: Page, database: Database) -> None:
    form = confirmed.follow("Correct these hours")
    form.submit("Correct the hours", {"Hours": "0", "Why they change": WHY})

    assert stored(database) == []
    with database.read() as session:
        kept = session.scalars(select(HoursCorrection)).one()
        assert (kept.was_minutes, kept.minutes) == (90, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Why they change": " "}, "Say why"),
        ({"Hours": "25"}, "A day has 24 hours"),
        ({"Day": "2026-10-02"}, "outside this placement"),
    ],
)
def test_what_is_wrong_is_refused_as_at_entry(
    confirmed: Page, database: Database, changes: dict[str, str], words: str
) -> None:
    form = confirmed.follow("Correct these hours")
    values = {"Hours": "2", "Why they change": WHY, **changes}
    page = form.submit("Correct the hours", values, status=422)

    assert words in " ".join(page.errors)
    assert stored(database) == [(date(2026, 10, 13), 90)]


def test_two_tabs_correct_once(confirmed: Page, database: Database) -> None:
    form = confirmed.follow("Correct these hours")
    values = {"Hours": "3", "Why they change": WHY}
    form.submit("Correct the hours", values)

    form.submit("Correct the hours", {**values, "Hours": "4"}, status=409)

    assert stored(database) == [(date(2026, 10, 13), 180)]
    with database.read() as session:
        assert session.scalars(select(HoursEntry)).one().state == EntryState.REPORTED


def test_a_ruling_ends_corrections(confirmed: Page, work: Work, database: Database) -> None:
    form = confirmed.follow("Correct these hours")
    with database.write() as session:
        operations.rule(
            session,
            session.merge(work.placement),
            actor=work.as_instructor,
            minutes=60,
            reason="One evening was a talk.",
        )

    page = form.submit("Correct the hours", {"Hours": "3", "Why they change": WHY}, status=409)

    assert "ruled on the total" in page.text
    assert stored(database) == [(date(2026, 10, 13), 90)]
