"""Earlier credit from a file: one line for each course that gave some, or for a student of whom
somebody found that there was nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from careerlink import csv_text
from careerlink.csv_text import FileRefused, Row
from careerlink.enrollments import columns, values
from careerlink.enrollments.values import CellRefused
from credit.cases.background import course_code
from credit.earlier.models import EarlierKind

MOST_ROWS = 2000
MOST_BYTES = 200_000
LONGEST_SOURCE = 200
NAMES = {
    "sis_id": columns.NAMES["sis_id"],
    "course": (*columns.NAMES["course"], "course_label", "course_number"),
    "credits": (*columns.NAMES["credits"], "credits_earned", "earned_credits"),
    "earned_on": ("earned", "earned_on", "date_earned", "completed_on", "awarded_on"),
    "source": ("source", "looked_up_in", "transcript"),
}
NEEDED = {"sis_id": "student_sis_id", "credits": "credits"}
MATTERS = frozenset(NAMES)


@dataclass(frozen=True)
class Line:
    line: int
    sis_id: str = ""
    course_label: str = ""
    credits_thousandths: int = 0
    earned_on: date | None = None
    source: str = ""
    problem: str = ""

    @property
    def kind(self) -> EarlierKind:
        return EarlierKind.CREDIT if self.credits_thousandths else EarlierKind.NOTHING

    @property
    def what(self) -> tuple[str, date | None]:
        """What tells a student's lines apart: the course, however it is spaced, and the day."""
        return course_code(self.course_label), self.earned_on


@dataclass(frozen=True)
class ReadFile:
    lines: Sequence[Line]
    notes: Sequence[str]


def read(text: str, *, source: str, today: date) -> ReadFile:
    """``source`` is that of lines which name none.

    :raises FileRefused: it is no table, it lacks a column, or its dates can be read two ways.
    """
    heading, rows = csv_text.rows_of(text, most=MOST_ROWS)
    places, unused = columns.found_in(
        heading.cells, names=NAMES, needed=NEEDED, matters=MATTERS
    )
    notes = [f"Not used: {', '.join(unused[:12])}."] if unused else []
    day_first = _day_first(rows, places)
    return ReadFile([_line(row, places, source, today, day_first) for row in rows], notes)


def _day_first(rows: Sequence[Row], places: Mapping[str, int]) -> bool:
    days = [row[places["earned_on"]] for row in rows] if "earned_on" in places else []
    day_first = values.puts_day_first(days)
    if day_first is None:
        raise FileRefused(
            ["Some dates have the day first, some the month. Write them as 2026-09-03."]
        )
    return day_first


def _line(
    row: Row, places: Mapping[str, int], source: str, today: date, day_first: bool
) -> Line:
    def cell(name: str, most: int = 64) -> str:
        return values.plain(row[places[name]], most, name) if name in places else ""

    line = Line(row.line)
    try:
        line = replace(line, sis_id=cell("sis_id"), course_label=cell("course", 200))
        line = replace(line, source=cell("source", LONGEST_SOURCE) or source)
        earned = cell("earned_on")
        line = replace(
            line,
            credits_thousandths=_credits(cell("credits")),
            earned_on=values.day(earned, day_first=day_first) if earned else None,
        )
        _require(line, today)
    except CellRefused as refusal:
        return replace(line, problem=f"{str(refusal)[:1].upper()}{str(refusal)[1:]}.")
    return line


def _credits(cell: str) -> int:
    if not cell:
        raise CellRefused("no credits; 0 says that there is nothing earlier")
    return values.credits_thousandths(cell)


def _require(line: Line, today: date) -> None:
    """:raises CellRefused: nobody knows of whom, or it cannot be."""
    if not line.sis_id:
        raise CellRefused("no student's id")
    if not line.source:
        raise CellRefused("no source; name one for all lines, or in a column")
    if line.earned_on is not None and line.earned_on > today:
        raise CellRefused(f"earned on {line.earned_on}, a day that is still to come")
    if line.kind == EarlierKind.NOTHING and (line.course_label or line.earned_on):
        raise CellRefused("0 credits of a course or a day; leave both empty to say “nothing”")
