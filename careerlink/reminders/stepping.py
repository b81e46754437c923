"""Which rungs are due for one subject now: a rule without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from careerlink.reminders.hours import Hours, day_of, midnight
from careerlink.reminders.ladders import LEAST_APART, Anchor, Channel, Rung, Whom


@dataclass(frozen=True)
class Situation:
    """All that the rule looks at."""

    anchor_on: date
    grades_due_on: date | None
    campus_zone: str
    zones: Mapping[Whom, str]
    """Of whoever is written to; the campus's own where none is known."""
    hours: Hours
    said: frozenset[str] = frozenset()
    """Rungs of this round that were said, skipped or put on a list."""
    last_mail: Mapping[Whom, date] = field(default_factory=dict)
    """The day of the last mail about this subject, asked for by hand or not."""
    asked_on: date | None = None
    """When the contact of this round was asked first."""
    after_ask: frozenset[str] = frozenset()
    """Rungs that tell others of the contact's silence: not on the day of the question."""
    is_held: bool = False
    """Nothing can be said to the contact now."""


@dataclass(frozen=True)
class Step:
    says: tuple[Rung, ...] = ()
    skips: tuple[Rung, ...] = ()
    next_at: datetime | None = None
    """When the next rung comes; ``None`` past the last."""
    is_held_up: bool = False
    """A rung is due and cannot be said: it stays until it can."""


def step(rungs: Iterable[Rung], now: datetime, situation: Situation) -> Step:
    says: list[Rung] = []
    skips: list[Rung] = []
    later: list[datetime] = []
    is_held_up = False
    for group in _by_recipient(rungs, situation).values():
        timed = [(_told_at(rung, now, situation), rung) for rung in group]
        due = [rung for at, rung in timed if at is not None and at <= now]
        later += [at for at, _ in timed if at is not None and at > now]
        if not due:
            continue
        if group[0].channel == Channel.TASK:
            says += due
        elif situation.is_held and due[-1].whom == Whom.SUPERVISOR:
            is_held_up = True
        elif (apart_from := _apart(due[-1], situation)) and apart_from > now:
            later.append(apart_from)
        else:
            says.append(due[-1])
            skips += due[:-1]
    return Step(tuple(says), tuple(skips), min(later, default=None), is_held_up)


def comes_at(rung: Rung, situation: Situation) -> datetime | None:
    """When a rung is reached: tasks with the day on campus, mails once it is that day on campus
    and where their reader is, in the reader's hours."""
    day = day_on(rung, situation)
    if day is None:
        return None
    begins = midnight(day, situation.campus_zone)
    if rung.channel == Channel.TASK:
        return begins
    zone = _zone(rung.whom, situation)
    return situation.hours.next_open(max(begins, midnight(day, zone)), zone)


def _told_at(rung: Rung, now: datetime, situation: Situation) -> datetime | None:
    """Nobody hears that somebody is silent who was asked only now."""
    at = comes_at(rung, situation)
    if at is None or rung.key not in situation.after_ask:
        return at
    zone = _zone(rung.whom, situation)
    asked_on = situation.asked_on or day_of(now, zone)
    return max(at, situation.hours.opening(asked_on + timedelta(days=LEAST_APART), zone))


def day_on(rung: Rung, situation: Situation) -> date | None:
    after = timedelta(days=rung.days)
    if rung.anchor == Anchor.SUBJECT:
        return situation.anchor_on + after
    if situation.grades_due_on is None:
        return None
    # Work that ends within the last week of grading is not late before it ends.
    return max(situation.grades_due_on + after, situation.anchor_on)


def wording(ladder_rungs: tuple[Rung, ...], ask: str, rung: Rung, *, is_asked: bool) -> str:
    """Whose words are used: who was never asked is asked first, not reminded."""
    keys = [one.key for one in ladder_rungs]
    if is_asked or rung.whom != Whom.SUPERVISOR or ask not in keys or rung.key not in keys:
        return rung.key
    return ask if keys.index(rung.key) > keys.index(ask) else rung.key


def _by_recipient(
    rungs: Iterable[Rung], situation: Situation
) -> dict[tuple[Whom, Channel], list[Rung]]:
    groups: dict[tuple[Whom, Channel], list[Rung]] = {}
    for rung in rungs:
        if rung.key not in situation.said:
            groups.setdefault((rung.whom, rung.channel), []).append(rung)
    return groups


def _apart(rung: Rung, situation: Situation) -> datetime | None:
    """From when another mail about this may go there, after the last one."""
    last = situation.last_mail.get(rung.whom)
    zone = _zone(rung.whom, situation)
    if last is None:
        return None
    return situation.hours.opening(last + timedelta(days=LEAST_APART), zone)


def _zone(whom: Whom, situation: Situation) -> str:
    return situation.zones.get(whom, situation.campus_zone)
