"""What one text says otherwise than another, line by line and word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from credit.agreements import sheet

WORDS = re.compile(r"\s+|[^\s]+")


class Piece(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Change:
    part: str
    """Key of the part that the line stands in."""
    key: str
    title: str
    """Of the part."""
    label: str
    pieces: tuple[tuple[Piece, str], ...]

    @property
    def is_new(self) -> bool:
        return all(kind == Piece.NEW for kind, _ in self.pieces)

    @property
    def is_gone(self) -> bool:
        return all(kind == Piece.GONE for kind, _ in self.pieces)


def between(before: str, after: str) -> list[Change]:
    """In the order of the newer text; what it no longer has comes last."""
    old, new, titles = _by_line(before), _by_line(after), _titles(before, after)
    order = [*new, *(key for key in old if key not in new)]
    changes = []
    for key in order:
        was, now = _text(old, key), _text(new, key)
        if was != now:
            label = (new.get(key) or old[key]).label
            pieces = words_between(was, now)
            changes.append(Change(key[0], key[1], titles[key[0]], label, pieces))
    return changes


def words_between(before: str, after: str) -> tuple[tuple[Piece, str], ...]:
    was, now = WORDS.findall(before), WORDS.findall(after)
    pieces: list[tuple[Piece, str]] = []
    matcher = SequenceMatcher(a=was, b=now, autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            _add(pieces, Piece.SAME, now[j1:j2])
        else:
            _add(pieces, Piece.GONE, was[i1:i2])
            _add(pieces, Piece.NEW, now[j1:j2])
    return tuple(pieces)


def _add(pieces: list[tuple[Piece, str]], kind: Piece, words: Sequence[str]) -> None:
    if words:
        pieces.append((kind, "".join(words)))


def _text(lines: dict[tuple[str, str], sheet.Line], key: tuple[str, str]) -> str:
    return lines[key].text if key in lines else ""


def _by_line(text: str) -> dict[tuple[str, str], sheet.Line]:
    return {(part.key, line.key): line for part in sheet.parts(text) for line in part.lines}


def _titles(before: str, after: str) -> dict[str, str]:
    return {part.key: part.title for text in (before, after) for part in sheet.parts(text)}
