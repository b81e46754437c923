"""A calendar from a file: what each line would add or change. Nothing is ever taken away."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from careerlink import csv_text
from careerlink.csv_text import FileRefused, Row
from careerlink.institutions import term_days, term_operations, term_queries
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor

COLUMNS = ("code", "name", *term_days.DAYS)
REQUIRED = ("code", "name", "starts_on", "ends_on")
MOST_ROWS = 500
MOST_BYTES = 200_000
LONGEST_NAME = 100
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,31}")
CODE_WORDS = "Up to 32 letters, digits, spaces, dots, dashes and slashes"


@dataclass(frozen=True)
class Line:
    line: int
    code: str
    name: str
    kind: str
    """added, changed, unchanged, problem"""
    days: Mapping[str, date | None] = field(default_factory=dict)
    changes: tuple[tuple[str, str, str], ...] = ()
    """Label, before, after."""
    problem: str = ""


@dataclass(frozen=True)
class Delta:
    lines: Sequence[Line]
    not_named: Sequence[Term]
    """Known here and not in the file: they stay as they are."""

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def is_empty(self) -> bool:
        return not self.of("added") and not self.of("changed")

    @property
    def fingerprint(self) -> str:
        """What somebody looked at: another delta since must be looked at again."""
        told = [[one.line, one.kind, one.code, one.name, one.changes] for one in self.lines]
        text = json.dumps([told, [sorted(map(str, one.days.values())) for one in self.lines]])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def compare(session: Session, text: str, *, actor: Actor) -> Delta:
    """:raises FileRefused: it is no table, or lacks a column that every term needs."""
    heading, rows = csv_text.rows_of(text, most=MOST_ROWS)
    places = _places(heading)
    known = {term.code: term for term in term_queries.all_of(session, actor)}
    seen: dict[str, int] = {}
    lines = [_line(row, places, known, seen) for row in rows]
    return Delta(lines, [term for code, term in known.items() if code not in seen])


def take(session: Session, delta: Delta, *, actor: Actor) -> int:
    """Add and change what the file says; how many terms that were."""
    known = {term.code: term for term in term_queries.all_of(session, actor)}
    for one in delta.of("added"):
        term_operations.add_term(
            session,
            institution_id=actor.institution_id,
            code=one.code,
            name=one.name,
            days=one.days,
            actor=actor,
        )
    for one in delta.of("changed"):
        term_operations.change_term(
            session, known[one.code], name=one.name, days=one.days, actor=actor
        )
    return len(delta.of("added")) + len(delta.of("changed"))


def sample(terms: Sequence[Term]) -> bytes:
    """The terms as a file that this module reads: to fill in, or to keep."""
    return csv_text.write(
        [COLUMNS, *([_text(getattr(term, column)) for column in COLUMNS] for term in terms)]
    )


def _places(heading: Row) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(heading.cells):
        name = re.sub(r"[\s-]+", "_", cell.strip().lower())
        if name in places:
            raise FileRefused([f"The column {name} is there twice."])
        if name in COLUMNS:
            places[name] = at
    if missing := [name for name in REQUIRED if name not in places]:
        raise FileRefused(
            [f"The first line names the columns; {', '.join(missing)} is missing there."]
        )
    return places


def _line(
    row: Row, places: Mapping[str, int], known: Mapping[str, Term], seen: dict[str, int]
) -> Line:
    code, name = row[places["code"]].strip(), row[places["name"]].strip()
    term = known.get(code)
    days = {key: getattr(term, key) if term else None for key in term_days.DAYS}
    problem = _problem(code, name, seen.get(code))
    seen.setdefault(code, row.line)
    for key in term_days.DAYS:
        if key in places:
            try:
                days[key] = _day(row[places[key]])
            except ValueError:
                cell = row[places[key]].strip()[:30]
                problem = problem or f"{term_days.DAYS[key]}: “{cell}” is no date."
    problem = (
        problem
        or _missing(days)
        or "; ".join(
            f"{term_days.DAYS[key]}: {text}" for key, text in term_days.faults(days).items()
        )
    )
    if problem:
        return Line(row.line, code, name, "problem", problem=problem)
    changes = _changes(term, name, days)
    kind = "added" if term is None else "changed" if changes else "unchanged"
    return Line(row.line, code, name, kind, days, changes)


def _problem(code: str, name: str, before: int | None) -> str:
    if not CODE.fullmatch(code):
        return f"The code is missing or odd. {CODE_WORDS}."
    if before is not None:
        return f"The code {code} stands in line {before} already."
    if not name or len(name) > LONGEST_NAME:
        return f"The name has between 1 and {LONGEST_NAME} characters."
    return ""


def _missing(days: Mapping[str, date | None]) -> str:
    for key in ("starts_on", "ends_on"):
        if days[key] is None:
            return f"{term_days.DAYS[key]} is missing."
    return ""


def _changes(
    term: Term | None, name: str, days: Mapping[str, date | None]
) -> tuple[tuple[str, str, str], ...]:
    if term is None:
        return ()
    pairs = [("Name", term.name, name)]
    pairs += [(term_days.DAYS[k], _text(getattr(term, k)), _text(d)) for k, d in days.items()]
    return tuple((label, before, after) for label, before, after in pairs if before != after)


def _day(cell: str) -> date | None:
    """``2026-08-31``, or ``8/31/2026`` as registrars' systems in the US write it."""
    text = cell.strip()
    if not text:
        return None
    form = "%m/%d/%Y" if "/" in text else "%Y-%m-%d"
    return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def readable(data: bytes) -> str:
    return csv_text.text_of(data)
