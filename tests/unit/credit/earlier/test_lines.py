"""What a line of earlier credit says, and why another one says nothing."""

from datetime import date

import pytest

from careerlink.csv_text import FileRefused
from credit.earlier.lines import Line, read
from credit.earlier.models import EarlierKind

TODAY = date(2026, 10, 14)
HEADING = "Student_ID,Course,Credits,Earned,Source"
GOOD = "S2001,BUS 310,1.5,2025-05-12,Transcript"


def lines(*rows: str, heading: str = HEADING, source: str = "Transcripts") -> list[Line]:
    return [*read("\n".join([heading, *rows]), source=source, today=TODAY).lines]


def test_a_line_says_who_what_when_and_where_it_was_looked_up() -> None:
    credit, nothing = lines(GOOD, "S2002,,0,,")

    assert (credit.kind, credit.credits_thousandths) == (EarlierKind.CREDIT, 1500)
    assert (credit.earned_on, credit.source) == (date(2025, 5, 12), "Transcript")
    assert credit.what == ("BUS310", date(2025, 5, 12))
    assert (nothing.kind, nothing.source) == (EarlierKind.NOTHING, "Transcripts")
    assert not credit.problem and not nothing.problem


@pytest.mark.parametrize(
    ("cell", "other", "says"),
    [
        ("S2001", "", "No student's id"),
        ("1.5", "", "No credits"),
        ("1.5", "-1", "one course has 0 to 30"),
        ("1.5", "300", "one course has 0 to 30"),
        ("1.5", "1e9", "one course has 0 to 30"),
        ("1.5", "NaN", "one course has 0 to 30"),
        ("1.5", "1.0005", "at most three decimals"),
        ("1.5", "three", "is no number of credits"),
        ("1.5", "0", "0 credits of a course"),
        ("2025-05-12", "2026-10-15", "still to come"),
        ("2025-05-12", "1899-05-12", "is no day"),
        ("BUS 310", "B" * 201, "up to 200 can be kept"),
    ],
)
def test_a_line_that_cannot_be_is_a_problem_of_its_own(
    cell: str, other: str, says: str
) -> None:
    wrong, right = lines(GOOD.replace(cell, other), "S2002,BUS-310,1,,")

    assert says in wrong.problem
    assert not right.problem


def test_a_line_without_any_source_is_a_problem() -> None:
    assert "no source" in lines("S1,,0,,", source="")[0].problem.lower()


@pytest.mark.parametrize(
    ("heading", "rows", "says"),
    [
        ("Student_ID,Course", ["S1,BUS"], "No column credits"),
        ("Student_ID,Credits,Units", ["S1,1,1"], "mean the same"),
        (HEADING, ["S1,,1,13/02/2025,", "S2,,1,02/13/2025,"], "Write them as"),
        (HEADING, [GOOD] * 2001, "more than 2000 rows"),
    ],
    ids=["no_credits", "twice", "dates", "long"],
)
def test_a_file_that_could_mean_anything_is_refused(
    heading: str, rows: list[str], says: str
) -> None:
    with pytest.raises(FileRefused, match=says):
        lines(*rows, heading=heading)
