"""Tables as spreadsheets write them: encodings, separators, and cells that are no formulas."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careerlink.errors import InvalidInput

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run by spreadsheets (OWASP, "CSV Injection")."""
LONGEST_CELL = 200_000
SEPARATORS = (",", ";", "\t")
MOST_SHOWN = 20


class FileRefused(InvalidInput):
    """Every fault with its place, in the words of whoever keeps the file."""

    def __init__(self, faults: Sequence[str]) -> None:
        shown = list(faults[:MOST_SHOWN])
        if len(faults) > MOST_SHOWN:
            shown.append(f"… and {len(faults) - MOST_SHOWN} more.")
        super().__init__(" ".join(shown), field="file")
        self.faults = shown


@dataclass(frozen=True)
class Row:
    line: int
    """Where it begins, as an editor counts."""
    cells: list[str]

    def __getitem__(self, at: int) -> str:
        return self.cells[at] if at < len(self.cells) else ""

    @property
    def place(self) -> str:
        return f"Line {self.line}"


def text_of(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Excel's "Unicode text".
        text = _decoded(data, "utf-16")
    else:
        text = _decoded(data, "utf-8-sig")
    if "\0" in text:
        raise FileRefused(["This is not a text file. Save the table as “CSV UTF-8”."])
    return text


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise FileRefused(
            [f"Line {line}: a character is not UTF-8. Save the table as “CSV UTF-8”."]
        ) from exc


def rows_of(text: str, *, most: int) -> tuple[Row, list[Row]]:
    """The heading, and up to ``most`` rows that are not empty.

    :raises FileRefused: it is no table, it is empty, or it is longer.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, [_unguarded(cell) for cell in cells]))
            if len(rows) > most + 1:
                raise FileRefused([f"The file has more than {most} rows. Split it."])
            line = reader.line_num + 1
    except csv.Error as exc:
        raise FileRefused([f"Line {line}: {_words(exc)}"]) from exc
    if not rows:
        raise FileRefused(["The file is empty."])
    return rows[0], rows[1:]


def _separator(text: str) -> str:
    heading = text.split("\n", 1)[0]
    return max(SEPARATORS, key=heading.count)


def _words(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "a cell is too long; a quotation mark may be missing."
    return "the quotation marks do not match."


def write(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_guarded(c) for c in row] for row in rows)
    return out.getvalue().encode()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _unguarded(cell: str) -> str:
    """The mark before a formula that we or a careful spreadsheet had set."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell
