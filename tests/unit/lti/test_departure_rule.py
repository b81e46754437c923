"""When a list may be less than the whole: by who is known and who is left out."""

import pytest

from careerlink.courses.roles import CourseRole
from lti.departures import is_doubtful

ROLES = {
    "T": CourseRole.INSTRUCTOR,
    "A": CourseRole.ASSISTANT,
    "S": CourseRole.STUDENT,
    "-": CourseRole.NONE,
}


def roles(letters: str) -> list[CourseRole]:
    return [ROLES[letter] for letter in letters]


@pytest.mark.parametrize(
    ("known", "gone"),
    [
        ("T", ""),
        ("TS", "S"),
        ("TSS", "S"),
        ("TSSS", "S"),
        ("SS", "S"),
        ("TTS", "T"),
        ("T" + "S" * 5, "SS"),
        ("TA" + "S" * 30, "S" * 14),
    ],
)
def test_leaving_that_happens_every_day_is_believed(known: str, gone: str) -> None:
    assert not is_doubtful(roles(known), roles(gone))


@pytest.mark.parametrize(
    ("known", "gone", "why"),
    [
        ("S", "S", "nobody known is left to vouch for the list"),
        ("TS", "TS", "nobody known is left to vouch for the list"),
        ("TSS", "SS", "all students of a small class at once"),
        ("TSSS", "SS", "most students of a small class at once"),
        ("T" + "S" * 100, "S" * 50, "one of two pages"),
        ("TTTTTAAAAA" + "SSSSS", "SSSSS", "teachers say nothing about students"),
        ("T" * 10 + "-" * 2, "T" * 6, "most, though no student is among them"),
    ],
)
def test_a_list_that_may_be_a_part_is_asked_about(known: str, gone: str, why: str) -> None:
    assert is_doubtful(roles(known), roles(gone)), why
