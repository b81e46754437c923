"""Pure rules of listings: search words, skills, pay against the floor."""

import pytest

from careerlink.listings.search import words_of
from careerlink.listings.skills import names_in, slug_of
from careerlink.listings.terms import is_below_floor, per_hour


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C++ and c#, F#!", ["cplusplus", "and", "csharp", "fsharp"]),
        ("Zürich, .NET", ["zurich", "dotnet"]),
        ('("-x" OR *)', ["x", "or"]),
        ("()*\x00%", []),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_words_are_letters_and_digits_only(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_typed_skills_are_named_once() -> None:
    assert names_in(" SQL, Power  BI;sql\nC++, C#, C, ,") == [
        "SQL",
        "Power BI",
        "C++",
        "C#",
        "C",
    ]
    assert len({slug_of("C"), slug_of("C++"), slug_of("C#")}) == 3


def test_the_fee_per_hour_never_looks_better_than_it_is() -> None:
    assert per_hour(399_99, 1200) == 19_99
    assert is_below_floor(399_99, 1200, 20_00)
    assert not is_below_floor(400_00, 1200, 20_00)
    # 20 h 7 min: rounding to minor units would hide that the floor is missed.
    assert is_below_floor(402_33, 1207, 20_00)
    assert not is_below_floor(0, 1200, 0)
