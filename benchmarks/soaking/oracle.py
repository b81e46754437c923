"""What the ladder of the final evaluation must do, said anew from the rules it was built after.

Relative to the end E of a project: three days before a heads-up, on E the question, after three
and seven days a reminder, after seven the student hears that they may nudge, after ten a
colleague at the partner is asked (nobody is told of a silence within two days of a late
question), after fourteen the office phones; a week before grades are
due the instructor chooses. Mails leave on weekdays from 8 to 18 where their reader is, at most
one a day and two days apart about one thing; done is done; whoever takes over is asked first.

Shares no code with the reminders; it is told what happens, and answers what must come of it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

TO_SUPERVISOR = (("heads_up", -3), ("ask", 0), ("remind", 3), ("again", 7))
TOLD, ALTERNATE, PHONE, CHOICE = 7, 10, 14, 7
Line = tuple[str, int, str]
"""(address, number of the placement, which words)."""


@dataclass
class Watched:
    """One placement with what is known of it, and what was said so far."""

    number: int
    campus: str
    ends_on: date
    grades_due_on: date
    address: str
    zone: str
    student: str
    colleague: str
    has_consent: bool = True
    is_answered: bool = False
    is_bounced: bool = False
    bounced_at: datetime | None = None
    is_paused: bool = False
    asked_from: date | None = None
    """The day on which somebody else took over."""
    passed: set[str] = field(default_factory=set)
    is_asked: bool = False
    asked_on: date | None = None
    last_mail: date | None = None
    is_nudged: bool = False

    @property
    def base(self) -> date:
        return max(self.ends_on, self.asked_from or self.ends_on)

    def has_due(self, today: date) -> bool:
        """Something is to be said, and waits for the reader's hours."""
        reached = {key for key, days in TO_SUPERVISOR if _reached(self, days, today)}
        return bool(reached - self.passed)

    def take_over(self, address: str, zone: str, on: date) -> None:
        self.address, self.zone, self.asked_from = address, zone, on
        self.passed, self.is_asked, self.last_mail = set(), False, None
        self.asked_on = None
        self.is_bounced = self.is_nudged = False


class Oracle:
    def __init__(self, watched: list[Watched]) -> None:
        self.watched = watched
        self.mailed: set[tuple[str, date]] = set()
        """Whom we wrote to on which of their days."""

    def run(self, now: datetime) -> set[Line]:
        """What leaves when the worker runs at ``now``."""
        lines: set[Line] = set()
        for one in self.watched:
            if not one.is_answered and not one.is_paused:
                lines |= self._supervisor(one, now)
                lines |= self._once(one, now, "may_nudge", TOLD, one.student, one.campus)
                lines |= self._once(one, now, "alternate", ALTERNATE, one.colleague, one.campus)
        self.mailed |= {(address, _day(now, self._zone_of(address))) for address, _, _ in lines}
        return lines

    def tasks(self, now: datetime) -> set[tuple[int, str]]:
        """What stands on the office's and the instructors' lists."""
        found = set()
        for one in self.watched:
            today = _day(now, one.campus)
            if one.is_answered or one.is_paused:
                continue
            if today >= one.base + timedelta(days=PHONE):
                found.add((one.number, "phone"))
            if today >= max(one.grades_due_on - timedelta(days=CHOICE), one.base):
                found.add((one.number, "choose"))
        return found

    def _supervisor(self, one: Watched, now: datetime) -> set[Line]:
        today = _day(now, one.zone)
        reached = min(today, _day(now, one.campus))
        due = [key for key, days in TO_SUPERVISOR if _reached(one, days, reached)]
        due = [key for key in due if key not in one.passed]
        if not (due or one.is_nudged) or not self._may_write(one, now):
            return set()
        if due and _is_apart(one, today):
            last, one.passed = due[-1], one.passed | set(due)
        elif one.is_nudged:
            last = "nudge"
        else:
            return set()
        words = "ask" if not one.is_asked and last != "heads_up" else last
        if words != "heads_up":
            one.is_asked, one.asked_on = True, one.asked_on or today
        one.last_mail, one.is_nudged = today, False
        return {(one.address, one.number, words)}

    def _may_write(self, one: Watched, now: datetime) -> bool:
        today = _day(now, one.zone)
        bounced_on = _day(one.bounced_at, one.zone) if one.bounced_at else None
        reachable = one.has_consent and not one.is_bounced and bounced_on != today
        return (
            reachable
            and _is_working_time(now, one.zone)
            and (one.address, today) not in self.mailed
        )

    def _once(
        self, one: Watched, now: datetime, key: str, after: int, address: str, zone: str
    ) -> set[Line]:
        today = _day(now, zone)
        is_due = key not in one.passed and today >= one.base + timedelta(days=after)
        if not is_due or not _is_working_time(now, zone) or (address, today) in self.mailed:
            return set()
        if key == "alternate" and not one.has_consent:
            return set()
        if one.asked_on is None or today < one.asked_on + timedelta(days=2):
            return set()
        one.passed.add(key)
        return {(address, one.number, key)}

    def _zone_of(self, address: str) -> str:
        for one in self.watched:
            if one.address == address:
                return one.zone
        return self.watched[0].campus


def _reached(one: Watched, days: int, today: date) -> bool:
    return today >= one.base + timedelta(days=days)


def _is_apart(one: Watched, today: date) -> bool:
    return one.last_mail is None or today >= one.last_mail + timedelta(days=2)


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _is_working_time(moment: datetime, zone: str) -> bool:
    local = moment.astimezone(ZoneInfo(zone))
    return local.weekday() < 5 and 8 <= local.hour < 18
