"""Tables as spreadsheets write them: encodings, separators, and cells that are no formulas."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from careerlink.errors import InvalidInput

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run by spreadsheets (OWASP, "CSV Injection")."""
LONGEST_CELL = 200_000
SEPARATORS = (",", ";", "\t")
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
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
    heading, *rows = each_row(text, most=most)
    return heading, rows


def each_row(text: str, *, most: int) -> Iterator[Row]:
    """The same one at a time, for files too long to be held as cells."""
    csv.field_size_limit(LONGEST_CELL)
    lines = (found.group() for found in LINE.finditer(text))
    reader = csv.reader(lines, delimiter=_separator(text), strict=True)
    line, count = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                count += 1
                if count > most + 1:
                    raise FileRefused([f"The file has more than {most} rows. Split it."])
                yield Row(line, [_unguarded(cell) for cell in cells])
            line = reader.line_num + 1
    except csv.Error as exc:
        raise FileRefused([f"Line {line}: {_words(exc)}"]) from exc
    if not count:
        raise FileRefused(["The file is empty."])


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
