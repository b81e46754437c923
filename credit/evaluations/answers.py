"""Answers so far, step by step, as a draft keeps them; and which are still missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from careerlink.shortening import cut_between_words
from careerlink.web.templating import hours as in_hours

if TYPE_CHECKING:
    from credit.evaluations.plan import Questions
    from credit.evaluations.rubric import Target

HOURS, SEEN, WORDS, CHECK = "hours", "seen", "words", "check"
STEP_NAMES = {
    HOURS: "Hours",
    SEEN: "What you saw",
    WORDS: "In your words",
    CHECK: "Check and send",
}
EXAMPLE = "x_"
"""Before a target's key: the example for it."""
NOT_OBSERVED = "not_observed"
AGAIN = {"yes": "Yes", "maybe": "Perhaps, on other work", "no": "No"}


@dataclass(frozen=True)
class Missing:
    step: str
    text: str


def not_rated(title: str) -> str:
    """Names it by its first words: an objective is a sentence of its own."""
    known = cut_between_words(title, 60).rstrip(".")
    return f"{known}: choose a level or “Did not see this”"


def missing(
    draft: Mapping[str, Any],
    asked: "Questions",
    targets: "Sequence[Target]",
    *,
    reported: int,
) -> list[Missing]:
    found = _hours(draft, reported) if asked.asks_hours else []
    seen, words = draft.get(SEEN, {}), draft.get(WORDS, {})
    found += [
        Missing(SEEN, not_rated(target.title) + ".")
        for target in targets
        if target.key not in seen
    ]
    if not words.get("strength"):
        found.append(Missing(WORDS, "Name one strength."))
    if asked.growth_required and not words.get("growth"):
        found.append(Missing(WORDS, "Name one next step."))
    if asked.asks_again and words.get("work_again") not in AGAIN:
        found.append(Missing(WORDS, "Say whether you would work with them again."))
    return found


def level(answer: str) -> int | None:
    """Not having seen it is an answer of its own, and never a low level."""
    return None if answer == NOT_OBSERVED else int(answer)


def confirmed_minutes(draft: Mapping[str, Any]) -> int:
    answer = draft[HOURS]
    return int(answer["reported"] if answer["right"] == "yes" else answer["minutes"])


def _hours(draft: Mapping[str, Any], reported: int) -> list[Missing]:
    answer = draft.get(HOURS)
    if not answer:
        return [Missing(HOURS, "Confirm the hours or give your own figure.")]
    if answer["reported"] != reported:
        return [
            Missing(
                HOURS,
                f"The logged hours changed from {in_hours(answer['reported'])} to "
                f"{in_hours(reported)} since you looked. Confirm them again.",
            )
        ]
    return []
