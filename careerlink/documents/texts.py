"""Text as it may be set: nothing that turns its neighbours around, nothing without a glyph."""

import re
import unicodedata
from collections.abc import Callable

# Marks that reorder what stands around them let a signed text look like another one.
# https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LATIN_END = "\u024f"
# A fingerprint fits on its line and is compared by copying it, so it stays whole.
_LONG_WORD = re.compile(r"\b[0-9a-f]{64}\b|\S{30}(?=\S{10})")
MOST_PROBES = 200


def cleaned(text: str) -> str:
    """Line ends as one kind, no control characters, no reordering marks, no half pairs, and
    words without an end may break."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _REORDERING.sub("", text.translate({0x2028: "\n", 0x2029: "\n"}))
    text = _LONG_WORD.sub(_breakable, text)
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs") else " "
        for char in text
    )


def _breakable(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) == 64 else f"{found[0]}\u200b"


def runs_from_right(text: str) -> bool:
    """By the first letter that has a direction (Unicode's rule P2 for a paragraph)."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def without_glyph(texts: str, can_be_set: Callable[[str], bool]) -> frozenset[str]:
    """The characters that no font of ours has, found by halves; when in doubt, they are."""
    suspects = sorted({char for char in texts if char > _LATIN_END})
    probes = 0
    missing: set[str] = set()
    waiting = [suspects]
    while waiting:
        part = waiting.pop()
        if not part:
            continue
        probes += 1
        if probes <= MOST_PROBES and can_be_set("".join(part)):
            continue
        if len(part) == 1 or probes > MOST_PROBES:
            missing.update(part)
            continue
        half = len(part) // 2
        waiting += [part[:half], part[half:]]
    return frozenset(missing)


def named(text: str, missing: frozenset[str]) -> str:
    """The same text with the code points of what cannot be shown."""
    return "".join(f"[U+{ord(char):04X}]" if char in missing else char for char in text)
