"""Advice on objectives: in plain words, at what is there, and never more than one a field."""

import pytest

from credit.agreements.hints import hints

GOOD = {
    "text": "Build a dashboard that the shop can keep alive",
    "activity": "Build it and hand it over",
    "evidence": "The dashboard and a hand-over sheet",
}


def test_a_clear_objective_gets_no_advice() -> None:
    assert hints(**GOOD) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "Understand how data helps a shop"}, "explain, compare or choose"),
        ({"text": "Learn Python"}, "build, write or calculate"),
        ({"text": "Data cleaning"}, "Say a little more"),
        ({"activity": "Watch the team at work"}, "something you do yourself"),
        ({"evidence": "I will have done it"}, "Name the thing one can look at"),
        ({"evidence": "build it and hand it over"}, "repeats the activity"),
    ],
)
def test_each_field_has_its_own_advice(change: dict[str, str], said: str) -> None:
    (hint,) = hints(**{**GOOD, **change})

    assert said in hint


def test_what_is_not_filled_in_is_not_judged() -> None:
    assert hints(text="", activity="", evidence="") == []
