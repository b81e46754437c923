"""Descriptions as LMSs keep them: HTML, of which we take the words and the final list."""

import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

PARTS = {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr"}
UNSEEN = {"script", "style"}
TAG = re.compile(
    r"""<(?:(?P<name>/?[a-z][a-z0-9]*)\b|[!?])"""
    r"""(?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|[^<>]*>)|<""",
    re.IGNORECASE,
)
"""A tag, a remark of one tag's length, or a "<" that begins neither; none reaches past the next
"<", so that a text is read once, however little sense it makes."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, bool]] = []
        """Text, and whether it is a point of a list."""
        self._words: list[str] = []
        self._lists = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in PARTS:
            self.finish()
        self._lists += tag in ("ul", "ol")
        self._unseen += tag in UNSEEN

    def handle_endtag(self, tag: str) -> None:
        if tag in PARTS:
            self.finish()
        self._lists -= tag in ("ul", "ol") and self._lists > 0
        self._unseen -= tag in UNSEEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(data)

    def finish(self) -> None:
        if text := " ".join("".join(self._words).split()):
            self.lines.append((text, self._lists > 0))
        self._words = []


def read(raw: str) -> tuple[str, list[str]]:
    """The text, a paragraph a line, and the points of the list that it ends with."""
    if not re.search(r"<\w", raw):
        return tidy(raw), []
    reader = _Reader()
    reader.feed(bare(raw))
    reader.close()
    reader.finish()
    lines = reader.lines
    points = 0
    while points < len(lines) and lines[-1 - points][1]:
        points += 1
    text, listed = lines[: len(lines) - points], lines[len(lines) - points :]
    return "\n".join(line for line, _ in text), [line for line, _ in listed]


def bare(raw: str) -> str:
    """Tags without attributes, and every other "<" as a character.

    Given half a tag, ``HTMLParser`` looks for its end in all that follows, and does so at every
    one of them: a cell of a few hundred kilobytes would keep it busy for minutes.
    """
    first, *others = raw.split("<!--")
    seen = [one.partition("-->")[2] if "-->" in one else f"<!--{one}" for one in others]
    return TAG.sub(_bare_tag, "".join([first, *seen]))


def _bare_tag(found: re.Match[str]) -> str:
    if found["name"]:
        return f"<{found['name']}>"
    return "&lt;" if found[0] == "<" else ""


def words(raw: str) -> str:
    """All of it as text, a paragraph or a point of a list a line."""
    text, points = read(raw)
    return "\n".join([text, *points]).strip()


def write(text: str, points: Sequence[str]) -> str:
    paragraphs = "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines())
    listed = "".join(f"<li>{escape(point, quote=False)}</li>" for point in points)
    return f"{paragraphs}<ul>{listed}</ul>" if listed else paragraphs


def kept_or_written(raw: str, text: str, points: Sequence[str]) -> str:
    """The HTML that once came in, as long as it says what is said now."""
    if raw and read(raw) == (text, list(points)):
        return raw
    return write(text, points)


def tidy(text: str) -> str:
    """One paragraph a line, no empty ones."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
