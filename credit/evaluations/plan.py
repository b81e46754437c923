"""Which evaluations a project of some length asks for, and what each form asks. Data.

Short projects get a short form; long ones are asked about at their half as well.
"""

from dataclasses import dataclass
from enum import StrEnum

from credit.evaluations.answers import CHECK, HOURS, SEEN, WORDS
from credit.evaluations.models import Author, EvaluationKind

HOUR = 60


class Midpoint(StrEnum):
    NEVER = "never"
    IF_CHOSEN = "if_chosen"
    """The course says whether."""
    ALWAYS = "always"


@dataclass(frozen=True)
class Length:
    up_to_minutes: int | None
    midpoint: Midpoint
    is_short: bool = False


LENGTHS = (
    Length(10 * HOUR, Midpoint.NEVER, is_short=True),
    Length(20 * HOUR, Midpoint.IF_CHOSEN),
    Length(None, Midpoint.ALWAYS),
)
SHORTEST_WITH_MIDPOINT = 10 * HOUR
ALWAYS_FROM = 20 * HOUR + 1
OFTENER_FROM = 10 * HOUR + 1
"""What a course sets that also wants the midpoint of projects of 11 to 20 hours."""
RELEASE_DAYS = 14
ANSWER_DAYS = 7
FORMER_DAYS = 21
"""How long a former supervisor may evaluate their own dates."""
CORRECT_DAYS = 7
"""How long a supervisor may correct what staff wrote down for them."""


@dataclass(frozen=True)
class Questions:
    """What one form asks."""

    steps: tuple[str, ...]
    asks_again: bool = False
    asks_examples: bool = False
    growth_required: bool = True

    @property
    def asks_hours(self) -> bool:
        return HOURS in self.steps


_WHOLE = (HOURS, SEEN, WORDS, CHECK)
SHORT = Questions(_WHOLE, asks_again=True, growth_required=False)
FULL = Questions(_WHOLE, asks_again=True, asks_examples=True)
MIDPOINT = Questions((SEEN, WORDS, CHECK))
NO_HOURS = (SEEN, WORDS, CHECK)


def length_of(minutes: int) -> Length:
    return next(
        one for one in LENGTHS if one.up_to_minutes is None or minutes <= one.up_to_minutes
    )


def has_midpoint(minutes: int, *, chosen_from: int = ALWAYS_FROM) -> bool:
    rule = length_of(minutes).midpoint
    return rule == Midpoint.ALWAYS or (rule == Midpoint.IF_CHOSEN and minutes >= chosen_from)


def questions(
    kind: EvaluationKind, author: Author, *, is_short: bool, is_settled: bool = False
) -> Questions:
    """``is_settled``: credit is decided, so hours are not asked about any more."""
    asked = MIDPOINT if kind == EvaluationKind.MIDPOINT else SHORT if is_short else FULL
    if author == Author.STUDENT:
        return Questions(
            NO_HOURS,
            asks_examples=asked.asks_examples,
            growth_required=asked.growth_required,
        )
    if is_settled and asked.asks_hours:
        return Questions(
            NO_HOURS,
            asks_again=asked.asks_again,
            asks_examples=asked.asks_examples,
            growth_required=asked.growth_required,
        )
    return asked
