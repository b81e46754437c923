"""What a document says, as values; ``rendering`` makes pages of it.

Everything here is text from people or from the database: it is shown and never interpreted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tone(StrEnum):
    PLAIN = "plain"
    WARNING = "warning"


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1
    """1 below the document's title, 2 below that one."""


@dataclass(frozen=True)
class Paragraph:
    text: str
    """Line breaks stay."""
    is_muted: bool = False


@dataclass(frozen=True)
class Facts:
    """Labels with their values, one line each; empty values show a dash."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()
    """Shares of the page's width; equal ones where none are given."""


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True)
class Notice:
    title: str
    text: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Fingerprint:
    """A hash or a code, in figures that can be told apart."""

    label: str
    value: str


Block = Heading | Paragraph | Facts | Table | Bullets | Notice | Fingerprint


@dataclass(frozen=True)
class Document:
    title: str
    institution: str
    """In the header of every page."""
    dated: datetime
    """When what it says came about: the file's date. Never when it is rendered, so that the
    same content gives the same bytes for ever."""
    blocks: Sequence[Block]
    lead: str = ""
    """One line under the title."""
    footer: str = ""
    """Beside the page number, on every page."""
    language: str = "en"
