"""How supervisors, students and staff behave: what happens on which day around the end."""

from datetime import date, timedelta

STORIES: dict[str, tuple[tuple[int, str], ...]] = {
    "at once": ((1, "answer"),),
    "late": ((5, "answer"),),
    "never": (),
    "leaves": ((4, "hand over"), (12, "answer")),
    "bounces": ((1, "bounce"), (5, "new address")),
    "no consent": ((-5, "withdraw consent"), (5, "consent")),
    "longer": ((-1, "extend"), (14, "answer")),
    "earlier": ((-6, "complete"),),
    "nudged": ((2, "nudge"), (13, "nudge"), (20, "nudge"), (24, "answer")),
    "together": ((8, "answer"),),
    "paused": ((2, "pause"), (9, "resume")),
    "mailbox full": ((3, "mailbox full"), (25, "answer")),
    "longer, after the end": ((1, "extend"), (16, "answer")),
    "hand-over ahead": ((-2, "hand over"),),
}
"""Days are counted from the end that was agreed upon first."""


def plan(count: int, first_end: date, spread: int) -> list[tuple[int, str, date]]:
    """(number, story, agreed end), each story as often as the others."""
    names = list(STORIES)
    return [
        (
            number,
            names[number % len(names)],
            first_end + timedelta(days=(number * 7 + number // len(names)) % spread),
        )
        for number in range(count)
    ]


def events_on(day: date, planned: list[tuple[int, str, date]]) -> list[tuple[int, str]]:
    return [
        (number, what)
        for number, story, ends_on in planned
        for after, what in STORIES[story]
        if ends_on + timedelta(days=after) == day
    ]
