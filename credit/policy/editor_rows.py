"""The parts of a policy's form that have rows: the table of hours, and the academic rubric."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from credit.policy.checks import credit_figure
from credit.policy.editor_questions import MOST_LINES
from credit.policy.parameters import HoursStep, RubricLine

HOURS, CREDITS = "table_hours", "table_credits"
KEYS, TITLES, LEVELS = "rubric_key", "rubric_title", "rubric_levels"
LONGEST_LINE = 500
EMPTY_ROWS = 3

Answers = Mapping[str, Sequence[str]]


def read_table(
    answers: Answers, read_hours: Callable[[str], int], read_credits: Callable[[str], int]
) -> list[dict[str, int]]:
    """:raises ValueError: names the row."""
    rows = []
    for number, (time, credits) in enumerate(rows_of(answers, HOURS, CREDITS), 1):
        if not time and not credits:
            continue
        if not time or not credits:
            raise ValueError(f"Row {number}: enter hours and credits, or clear both.")
        try:
            rows.append({"minutes": read_hours(time), "thousandths": read_credits(credits)})
        except ValueError as exc:
            raise ValueError(f"Row {number}: {exc}") from exc
    return rows


def read_rubric(answers: Answers) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for number, (key, title, text) in enumerate(rows_of(answers, KEYS, TITLES, LEVELS), 1):
        levels = [" ".join(one.split()) for one in text.splitlines() if one.strip()]
        if not title and not levels:
            continue
        if not title or len(levels) < 2:
            raise ValueError(
                f"Line {number}: enter a title and two levels or more, one a line."
            )
        if len(title) > LONGEST_LINE or len(text) > 8 * LONGEST_LINE or len(levels) > 8:
            raise ValueError(f"Line {number}: up to eight levels of one sentence each.")
        taken = {line["key"] for line in lines}
        lines.append({"key": _key(key or title, taken), "title": title, "levels": levels})
    return lines


def written_table(
    steps: Sequence[HoursStep], written_hours: Callable[[int], str]
) -> dict[str, list[str]]:
    return {
        HOURS: [written_hours(step.minutes) for step in steps],
        CREDITS: [credit_figure(step.thousandths) for step in steps],
    }


def written_rubric(lines: Sequence[RubricLine]) -> dict[str, list[str]]:
    return {
        KEYS: [line.key for line in lines],
        TITLES: [line.title for line in lines],
        LEVELS: ["\n".join(line.levels) for line in lines],
    }


def rows_of(answers: Answers, *names: str) -> list[tuple[str, ...]]:
    """Rows of the page, trimmed; a control that did not come along counts as empty."""
    columns = [list(answers.get(name, []))[:MOST_LINES] for name in names]
    length = max((len(column) for column in columns), default=0)
    filled = [column + [""] * (length - len(column)) for column in columns]
    return [tuple(cell.strip() for cell in row) for row in zip(*filled, strict=True)]


def shown_rows(answers: Answers, *names: str) -> list[tuple[str, ...]]:
    """What is filled in, and some empty rows to go on with."""
    rows = [row for row in rows_of(answers, *names) if any(row)]
    spare = min(EMPTY_ROWS, MOST_LINES - len(rows))
    return rows + [("",) * len(names)] * spare


def _key(text: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40] or "line"
    key, number = plain, 2
    while key in taken:
        key, number = f"{plain}-{number}", number + 1
    return key
