"""Which rungs are due: the rule alone, for a project that ends on Friday 13 November."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from careerlink.reminders.hours import Hours
from careerlink.reminders.ladders import Anchor, Channel, Rung, Whom
from careerlink.reminders.stepping import Situation, Step, step, wording

END = date(2026, 11, 13)
RUNGS = (
    Rung("heads_up", -3, Whom.SUPERVISOR, "", ""),
    Rung("ask", 0, Whom.SUPERVISOR, "", ""),
    Rung("remind", 3, Whom.SUPERVISOR, "", ""),
    Rung("told", 7, Whom.STUDENT, "", ""),
    Rung("phone", 14, Whom.STAFF, "", "", channel=Channel.TASK),
    Rung("choose", -7, Whom.INSTRUCTOR, "", "", channel=Channel.TASK, anchor=Anchor.GRADES_DUE),
)
HERE = Situation(
    anchor_on=END,
    grades_due_on=date(2026, 12, 16),
    campus_zone="America/New_York",
    zones={},
    hours=Hours(),
)


def on(day: date, situation: Situation = HERE, *, hour: int = 10) -> Step:
    return step(RUNGS, datetime(day.year, day.month, day.day, hour + 5, tzinfo=UTC), situation)


def keys(rungs: tuple[Rung, ...]) -> list[str]:
    return [rung.key for rung in rungs]


def test_nothing_is_said_before_its_day_or_before_eight() -> None:
    first = on(END - timedelta(days=4))
    assert not first.says
    assert first.next_at == datetime(2026, 11, 10, 13, tzinfo=UTC)
    assert not on(END - timedelta(days=3), hour=7).says
    assert keys(on(END - timedelta(days=3), hour=8).says) == ["heads_up"]


def test_of_what_was_missed_only_the_last_is_said_to_each() -> None:
    late = on(END + timedelta(days=7))
    assert keys(late.says) == ["remind", "told"]
    assert keys(late.skips) == ["heads_up", "ask"]


def test_tasks_come_with_the_day_however_many_there_are() -> None:
    much_later = on(date(2026, 12, 9), replace(HERE, said=frozenset({"told"})), hour=0)
    assert {"phone", "choose"} <= set(keys(much_later.says))


def test_a_rung_is_said_once() -> None:
    said = frozenset({"heads_up", "ask"})
    heard = replace(HERE, said=said, last_mail={Whom.SUPERVISOR: END})
    assert not on(END, heard, hour=12).says


def test_two_mails_about_one_thing_are_two_days_apart() -> None:
    """The question waited over a weekend, so the reminder of Monday waits as well."""
    monday = date(2026, 11, 16)
    asked = replace(
        HERE, said=frozenset({"heads_up", "ask"}), last_mail={Whom.SUPERVISOR: monday}
    )
    assert not on(monday, asked).says
    assert on(monday, asked).next_at == datetime(2026, 11, 18, 13, tzinfo=UTC)
    assert keys(on(monday + timedelta(days=2), asked).says) == ["remind"]


def test_what_cannot_be_said_stays_until_it_can() -> None:
    held = on(END, replace(HERE, is_held=True))
    assert held.is_held_up
    assert not held.says
    assert not held.skips


def test_a_supervisor_far_away_is_written_to_on_a_day_that_has_begun_on_campus() -> None:
    """Eight o'clock in Sydney is the day before in New York."""
    zones = {Whom.SUPERVISOR: "Australia/Sydney"}
    far_away = replace(HERE, zones=zones, said=frozenset({"heads_up"}))
    sydney_morning = datetime(2026, 11, 12, 22, tzinfo=UTC)
    assert not step(RUNGS, sydney_morning, far_away).says
    begun = datetime(2026, 11, 13, 5, tzinfo=UTC)
    assert keys(step(RUNGS, begun, far_away).says) == ["ask"]


def test_an_instructor_chooses_a_week_before_grades_are_due_but_not_before_the_end() -> None:
    silent = replace(HERE, said=frozenset({"heads_up", "ask", "remind", "told", "phone"}))
    week_before = date(2026, 12, 9)
    assert not on(date(2026, 12, 8), silent).says
    assert keys(on(week_before, silent).says) == ["choose"]
    assert not on(week_before, replace(silent, anchor_on=date(2026, 12, 14))).says
    assert on(week_before, replace(silent, grades_due_on=None)).next_at is None


def test_who_was_never_asked_is_asked_and_not_reminded() -> None:
    remind = RUNGS[2]
    assert wording(RUNGS, "ask", remind, is_asked=False) == "ask"
    assert wording(RUNGS, "ask", remind, is_asked=True) == "remind"
    assert wording(RUNGS, "ask", RUNGS[0], is_asked=False) == "heads_up"
    assert wording(RUNGS, "ask", RUNGS[3], is_asked=False) == "told"


def test_nobody_hears_of_a_silence_before_the_question_is_two_days_old() -> None:
    late = END + timedelta(days=7)
    unasked = replace(
        HERE, said=frozenset({"heads_up", "remind"}), after_ask=frozenset({"told"})
    )
    assert keys(on(late, unasked).says) == ["ask"]
    asked = replace(unasked, said=frozenset({"heads_up", "remind", "ask"}), asked_on=late)
    assert not on(late + timedelta(days=1), asked).says
    assert keys(on(late + timedelta(days=3), asked).says) == ["told"]
