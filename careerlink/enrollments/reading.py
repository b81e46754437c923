"""A registrar's file as lines: every line is kept, also one that means nothing yet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from careerlink.csv_text import FileRefused, Row, each_row, text_of
from careerlink.enrollments import columns, values
from careerlink.enrollments.values import CellRefused, Status

MOST_BYTES = 20 * 1024 * 1024
MOST_LINES = 100_000
DAYS = ("added_on", "first_added_on", "dropped_on")
LONGEST = {
    "sis_id": 64,
    "term": 64,
    "crn": 32,
    "section": 64,
    "course": 120,
    "program": 200,
    "department": 120,
}
WORDS = {"sis_id": "student's id", "crn": "CRN", "term": "term", "course": "course"}
AS_LATIN = (
    "The file is not UTF-8, so it was read as Western European (Windows-1252). "
    "Look at names with accents before you take it over."
)
DAY_FIRST = (
    "Dates such as 03/09/2026 were read as day, month, year: some can mean only that, or have "
    "dots."
)
MONTH_FIRST = "Dates such as 09/03/2026 were read as month, day, year."


@dataclass
class ReadLine:
    line: int
    sis_id: str = ""
    term: str = ""
    crn: str = ""
    section: str = ""
    course_name: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def told(self) -> list[str]:
        """The facts that the file has a column for, and in most of these columns a cell."""
        return [*self.facts]


@dataclass(frozen=True)
class ReadFile:
    """Looked through once; its lines come one at a time, as often as somebody asks."""

    text: str
    places: Mapping[str, int]
    day_first: bool
    notes: Sequence[str]

    def lines(self) -> Iterator[ReadLine]:
        rows = each_row(self.text, most=MOST_LINES)
        next(rows)
        return (_line(row, self.places, self.day_first) for row in rows)


def read(data: bytes) -> ReadFile:
    """:raises FileRefused: it is too large, no table, or lacks a column; nothing is read."""
    if len(data) > MOST_BYTES:
        raise FileRefused(
            [f"The file has more than {MOST_BYTES // 1024 // 1024} MB. Split it."]
        )
    text, notes = _text(data)
    rows = each_row(text, most=MOST_LINES)
    places, unused = columns.found_in(next(rows).cells)
    if unused:
        notes.append(f"Not used: {', '.join(unused[:12])}.")
    day_first = _day_first(rows, places, notes)
    return ReadFile(text, places, day_first, notes)


def _text(data: bytes) -> tuple[str, list[str]]:
    try:
        return text_of(data), []
    except FileRefused:
        if b"\0" in data:
            raise
    return data.decode("cp1252", errors="replace"), [AS_LATIN]


def _day_first(rows: Iterator[Row], places: Mapping[str, int], notes: list[str]) -> bool:
    days = [places[name] for name in (*DAYS, "status_on") if name in places]
    slashed: set[str] = set()
    number = 0
    for row in rows:
        number += 1
        found = (values.SLASHED.match(row[at].strip()) for at in days)
        slashed.update(one.group() for one in found if one)
    if not number:
        raise FileRefused(["The file has a heading and no line under it. Nobody is dropped."])
    day_first = values.puts_day_first(slashed)
    if day_first is None:
        raise FileRefused(
            ["Some dates have the day first, some the month. Write them as 2026-09-03."]
        )
    if slashed:
        notes.append(DAY_FIRST if day_first else MONTH_FIRST)
    return day_first


def _line(row: Row, places: Mapping[str, int], day_first: bool) -> ReadLine:
    line = ReadLine(row.line)
    try:
        _fill(line, row, places, day_first)
    except CellRefused as refusal:
        line.problem = f"{str(refusal)[:1].upper()}{str(refusal)[1:]}."
    return line


def _fill(line: ReadLine, row: Row, places: Mapping[str, int], day_first: bool) -> None:
    def text(name: str) -> str:
        if name not in places:
            return ""
        return values.plain(row[places[name]], LONGEST.get(name, 64), WORDS.get(name, name))

    line.sis_id, line.crn, line.term = text("sis_id"), text("crn"), text("term")
    line.section = text("section")
    line.course_name = text("course") or f"{text('subject')} {text('number')}".strip()
    _read(line, "program", text("program"), str)
    _read(line, "department", text("department"), str)
    _read(line, "credits_thousandths", text("credits"), values.credits_thousandths)
    _read(line, "level", text("level"), values.level)
    for name in DAYS:
        _read(line, name, text(name), lambda cell: values.day(cell, day_first=day_first))
    status = values.status(text("status")) if text("status") else None
    if text("status_on"):
        # The day of whatever was done last.
        done = "added_on" if status in (None, Status.ENROLLED) else "dropped_on"
        line.facts.setdefault(done, values.day(text("status_on"), day_first=day_first))
    _stand(line, places, status, has_mark=values.is_withdrawn(text("is_withdrawn")))
    _require(line, status)


def _read(line: ReadLine, name: str, cell: str, read_cell: Callable[[str], Any]) -> None:
    if cell:
        line.facts[name] = read_cell(cell)


def _stand(
    line: ReadLine, places: Mapping[str, int], status: Status | None, *, has_mark: bool
) -> None:
    """Whether the student is in or left."""
    says_so = status == Status.ENROLLED or status is None and "dropped_on" in places
    if says_so and "dropped_on" not in line.facts:
        # An empty cell says nothing of most facts, but here it says: still enrolled, without W.
        line.facts |= {"dropped_on": None, "is_withdrawn": False}
    if "is_withdrawn" in places or status is not None:
        line.facts["is_withdrawn"] = has_mark or status == Status.WITHDRAWN


def _require(line: ReadLine, status: Status | None) -> None:
    """:raises CellRefused: nobody knows who, where or when."""
    for name, what in (("sis_id", "no student's id"), ("crn", "no CRN")):
        if not getattr(line, name):
            raise CellRefused(what)
    added: date | None = line.facts.get("added_on")
    dropped: date | None = line.facts.get("dropped_on")
    if added is not None and dropped is not None and dropped < added:
        raise CellRefused(f"dropped on {dropped}, before the student was added on {added}")
    first: date | None = line.facts.get("first_added_on")
    if added is not None and first is not None and first > added:
        raise CellRefused(f"first added on {first}, after the add on {added}")
    left = Status.WITHDRAWN if line.facts.get("is_withdrawn") else status
    if left not in (None, Status.ENROLLED) and dropped is None:
        raise CellRefused(f"{left}, but no day in a column “dropped”")
