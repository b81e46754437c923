"""The soak in small: every story once, each mail and task as the rules say anew."""

from datetime import date
from pathlib import Path

from benchmarks.soaking.mailbox import Mailbox
from benchmarks.soaking.stories import STORIES
from benchmarks.soaking.term import Term
from benchmarks.soaking.world import Calendar
from careerlink.config import Settings
from careerlink.db import Database

CALENDAR = Calendar(
    begins=date(2026, 10, 26),
    first_end=date(2026, 10, 30),
    spread=9,
    grades_due=date(2026, 12, 2),
    until=date(2026, 11, 27),
    by_day=(12.25, 21.5),
    by_night=(),
)
"""New York changes its clocks in it, and the worker stands still for four days."""


def test_every_mail_and_task_of_a_month_is_as_the_rules_say(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    mailbox = Mailbox(tmp_path / "mail")
    term = Term(database, settings, mailbox, len(STORIES), CALENDAR, is_whole=False)

    figures = term.run(open_every=9)

    assert figures.links_opened > 3
    assert set(figures.lines) == {
        "heads_up", "ask", "remind", "again", "may_nudge", "alternate", "nudge",
    }  # fmt: skip
    assert set(figures.tasks) == {"phone", "choose"}
