"""A term day by day: people act, the worker runs, and all that left is compared."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import event, select

from benchmarks.soaking import stories, world
from benchmarks.soaking.events import Event, happen
from benchmarks.soaking.mailbox import Mailbox, Read
from benchmarks.soaking.oracle import Line, Oracle, Watched
from benchmarks.soaking.world import Calendar
from careerlink import clock, worker
from careerlink.app import create_app
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.placements.models import Placement
from careerlink.registry import registry
from careerlink.reminders import advancing, digests, lists
from careerlink.reminders.words import first_name
from credit.evaluations import due_today

MORNING, EVENING = 11.0, 23.75
LADDER = "evaluation"


@dataclass
class Figures:
    days: int = 0
    mails: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    tasks: Counter[str] = field(default_factory=Counter)
    queries: int = 0
    seconds: float = 0.0
    slowest_day: float = 0.0
    links_opened: int = 0


class Term:
    def __init__(
        self,
        database: Database,
        settings: Settings,
        mailbox: Mailbox,
        count: int,
        calendar: Calendar | None = None,
        *,
        is_whole: bool = True,
    ) -> None:
        """Not ``is_whole``: of the worker only what the reminders need, for a quick look."""
        self.database, self.settings, self.mailbox = database, settings, mailbox
        self.calendar = calendar or Calendar()
        self.figures = Figures()
        self.app = create_app(settings, database)
        ladder = registry.ladders[LADDER]
        registry.ladders.clear()
        registry.ladders[LADDER] = ladder
        if not is_whole:
            registry.sweeps[:] = [due_today.sweep, advancing.sweep, digests.compose]
        self.is_whole = is_whole
        self.plan = stories.plan(count, self.calendar.first_end, self.calendar.spread)
        self.message_ids: set[str] = set()
        event.listen(database.engine, "before_cursor_execute", self._count)
        with clock.at(_at(self.calendar.begins, MORNING)):
            self._build()

    def run(self, *, open_every: int = 25) -> Figures:
        day = self.calendar.begins
        while day <= self.calendar.until:
            began = time.perf_counter()
            self._day(day, open_every)
            took = time.perf_counter() - began
            self.figures.days += 1
            self.figures.seconds += took
            self.figures.slowest_day = max(self.figures.slowest_day, took)
            day += timedelta(days=1)
        return self.figures

    def _build(self) -> None:
        watched: list[Watched] = []
        self.ids: dict[int, int] = {}
        with self.database.write() as session:
            self.school = world.school(session, self.calendar)
            before = None
            for number, story, ends_on in self.plan:
                shares = before if story == "together" else None
                placement, one = world.project(
                    session, self.school, number, ends_on=ends_on, shares=shares
                )
                before = world.supervisor_of(session, placement)
                watched.append(one)
                self.ids[number] = placement.id
        self.oracle = Oracle(watched)

    def _day(self, day: date, open_every: int) -> None:
        with clock.at(_at(day, MORNING)), self.database.write() as session:
            for number, what in stories.events_on(day, self.plan):
                placement = session.get_one(Placement, self.ids[number])
                one = self.oracle.watched[number]
                happen(Event(session, self.school, placement, one), what)
        self._run(day, self.calendar.by_day, open_every)
        with clock.at(_at(day, EVENING)):
            self._compare_tasks(day)
        self._run(day, self.calendar.by_night, open_every)

    def _run(self, day: date, hours: tuple[float, ...], open_every: int) -> None:
        if not self._is_down(day):
            for hour in hours:
                self._look(_at(day, hour), open_every)

    def _look(self, now: datetime, open_every: int) -> None:
        with clock.at(now):
            self._work()
            mails = self.mailbox.new()
            expected = self.oracle.run(now)
            found = {line for mail in mails for line in self._lines(mail)}
            assert found == expected, _difference(now, found, expected)
            assert sum(len(mail.headings) for mail in mails) == len(expected), now
            self._check(mails, now, open_every)

    def _work(self) -> None:
        if self.is_whole:
            worker.run_once(self.database, self.settings)
            return
        worker.sweep(self.database)
        while worker.send_next(self.database, self.settings):
            pass

    def _check(self, mails: list[Read], now: datetime, open_every: int) -> None:
        recipients = Counter(mail.to for mail in mails)
        assert not [one for one, times in recipients.items() if times > 1], recipients
        for mail in mails:
            assert mail.message_id not in self.message_ids, "sent twice"
            self.message_ids.add(mail.message_id)
            assert len(mail.links) == len(mail.headings), mail
            assert all(link in mail.text for link in mail.links), mail.text
            assert "Student" not in mail.subject, mail.subject
            assert "Soak" not in mail.text or mail.to.endswith("@school.test"), mail.text
            self.figures.mails += 1
            if self.figures.mails % open_every == 0:
                self._open(mail.links)

    def _open(self, links: list[str]) -> None:
        for link in links:
            path = link.removeprefix(self.settings.server.public_url)
            if path.startswith("/s/"):
                answer = self.app.test_client().get(path, follow_redirects=True)
                assert answer.status_code == 200, (path, answer.status_code)
                self.figures.links_opened += 1

    def _lines(self, mail: Read) -> list[Line]:
        found: list[Line] = []
        for heading in mail.headings:
            words, number = self._named[heading]
            found.append((mail.to, number, words))
            self.figures.lines[words] += 1
        return found

    @property
    def _named(self) -> dict[str, tuple[str, int]]:
        """What each heading stands for; texts are the ladder's, days are not."""
        if not hasattr(self, "_titles"):
            self._titles: dict[str, tuple[str, int]] = {}
            ladder = registry.ladders[LADDER]
            with self.database.read() as session:
                for placement in session.scalars(select(Placement)):
                    number = int(placement.title.split()[1])
                    about = {"project": placement.title, "first_name": first_name(placement)}
                    for key, rung in ladder.by_key.items():
                        if "{student}" not in rung.title:
                            self._titles[rung.title.format_map(about)] = (key, number)
        return self._titles

    def _compare_tasks(self, day: date) -> None:
        with self.database.read() as session:
            rows = lists.attention(session, self.school.staff)
            steps = lists.instructor_steps(
                session, self.school.instructor, self.school.course.id
            )
        found = {(_number(row.title), "phone") for row in rows if "not evaluated" in row.title}
        found |= {(_number(step.title), "choose") for step in steps}
        expected = self.oracle.tasks(clock.now())
        if self._is_down(day):
            # No new task comes while the worker stands still, and none outlives its cause.
            assert found <= expected, _difference(day, found, expected)
        else:
            assert found == expected, _difference(day, found, expected)
        for _, kind in found:
            self.figures.tasks[kind] += 1

    def _is_down(self, day: date) -> bool:
        return self.calendar.down[0] <= day <= self.calendar.down[1]

    def _count(self, *_args: object) -> None:
        self.figures.queries += 1


def _number(title: str) -> int:
    return next(
        int(word.removeprefix("Student")) for word in title.split() if "Student" in word
    )


def _at(day: date, hour: float) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)


Told = TypeVar("Told", Line, tuple[int, str])


def _difference(when: object, found: set[Told], expected: set[Told]) -> str:
    return f"{when}: too much {sorted(found - expected)}, missing {sorted(expected - found)}"
