"""Why a listing fits, and what it lacks: each sentence from one plain rule."""

from datetime import date, timedelta
from typing import Any

import pytest

from careerlink.courses.models import Objective
from careerlink.institutions.models import Term
from careerlink.listings import fit
from careerlink.listings.models import AiRule, Listing, Skill

TERM = Term(
    starts_on=date(2026, 8, 31), ends_on=date(2026, 12, 18), grades_due_on=date(2026, 12, 22)
)
TAUGHT = [Objective(id=n, code=f"B{n}", title=f"Title {n}") for n in (1, 2)]
SQL, DRAWING = Skill(id=1, name="SQL"), Skill(id=2, name="Drawing")


def listing(**values: Any) -> Listing:
    given = {
        "planned_minutes": 20 * 60,
        "starts_on": date(2026, 10, 5),
        "ends_on": date(2026, 11, 20),
        "fee_minor": 480_00,
        "slots": 1,
        "slots_held": 0,
        "has_nda": False,
        "ai_rule": AiRule.ALLOWED,
    }
    return Listing(**{**given, **values})


def looked(has: dict[int, str] | None = None, term: Term | None = TERM) -> fit.Looked:
    return fit.Looked(TAUGHT, term, has or {})


def test_objectives_of_the_course_are_named() -> None:
    found = fit.of(listing(), [], [TAUGHT[0]], looked())

    assert found.fits[0] == "Practices 1 objective of this course: B1 title 1"
    other = fit.of(listing(), [], [Objective(id=9, code="X", title="Other")], looked())
    assert other.lacks[0].startswith("Practices none")


def test_skills_count_only_once_they_are_given() -> None:
    silent = fit.of(listing(), [SQL, DRAWING], [], looked())
    assert not any("skill" in line or "Asks" in line for line in silent.fits + silent.lacks)

    some = fit.of(listing(), [SQL, DRAWING], [], looked({1: "SQL"}))
    assert "You have 1 of 2 skills: SQL" in some.fits
    assert "Asks for Drawing, not on your list" in some.lacks
    assert (
        "You have every skill they ask for: SQL"
        in fit.of(listing(), [SQL], [], looked({1: "SQL"})).fits
    )


@pytest.mark.parametrize(
    ("ends_on", "where", "said"),
    [
        (date(2026, 12, 23), "blocks", "Cannot finish in this term"),
        (date(2026, 12, 22), "lacks", "Ends only 0 days before"),
        (date(2026, 12, 21), "lacks", "Ends only 1 day before"),
        (date(2026, 12, 15), "fits", "Ends 7 days before"),
        (date(2026, 12, 1), "fits", "Ends 3 weeks before"),
    ],
)
def test_the_end_is_held_against_the_day_grades_are_due(
    ends_on: date, where: str, said: str
) -> None:
    found = fit.of(listing(ends_on=ends_on), [], [], looked())

    assert any(line.startswith(said) for line in getattr(found, where))


def test_without_a_term_nothing_is_said_about_its_end() -> None:
    found = fit.of(listing(), [], [], looked(term=None))

    assert not any("grades" in line for line in found.fits + found.lacks + found.blocks)
    assert fit.against_term(listing(), None) == ""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"slots_held": 1}, "All places are taken or offered; you would be wait-listed"),
        ({"has_nda": True}, "You sign an NDA"),
        ({"fee_minor": 0}, "Unpaid"),
        ({"ends_on": date(2026, 10, 11)}, "About 20 hours a week"),
    ],
)
def test_what_a_student_should_know_before(values: dict[str, Any], said: str) -> None:
    assert said in fit.of(listing(**values), [], [TAUGHT[0]], looked()).lacks


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "ends with the term"),
        (7, "7 days before term ends"),
        (21, "3 weeks before term ends"),
        (-1, "after term ends"),
    ],
)
def test_the_distance_to_the_end_of_term(days: int, words: str) -> None:
    ends_on = TERM.ends_on - timedelta(days=days)

    assert fit.against_term(listing(ends_on=ends_on), TERM) == words
