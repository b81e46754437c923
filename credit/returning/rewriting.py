"""What a text says otherwise than the version before it. No database."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import zip_longest

from credit.agreements.differences import WORDS, Piece, words_between

Pieces = tuple[tuple[Piece, str], ...]
ALIKE = 0.5
"""Below it is another text: marked word by word nobody could read it."""


def paragraphs_between(before: str, after: str) -> list[Pieces]:
    """The paragraphs that differ, in reading order; what stayed as it was is left out."""
    was, now = _paragraphs(before), _paragraphs(after)
    found: list[Pieces] = []
    matcher = SequenceMatcher(a=was, b=now, autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation != "equal":
            pairs = zip_longest(was[i1:i2], now[j1:j2], fillvalue="")
            found += [_between(one, other) for one, other in pairs]
    return found


def _paragraphs(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line]


def _between(before: str, after: str) -> Pieces:
    words = SequenceMatcher(a=WORDS.findall(before), b=WORDS.findall(after), autojunk=False)
    if before and after and words.ratio() >= ALIKE:
        return words_between(before, after)
    whole: Iterable[tuple[Piece, str]] = ((Piece.GONE, before), (Piece.NEW, after))
    return tuple((kind, text) for kind, text in whole if text)
