"""What a file says of a framework, the same whichever format it came in."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from careerlink.csv_text import FileRefused
from credit.competencies.models import FileFormat

MOST_ITEMS = 5000
MOST_BYTES = 10 * 1024 * 1024
NOT_KEPT = "The file holds a number or a character that cannot be kept, such as NaN or NUL."


@dataclass
class Item:
    key: str
    """What the format knows it by: CASE's uri, Canvas's vendor_guid, Moodle's ID number."""
    code: str
    label: str
    description: str = ""
    behaviors: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    """Four sentences, or none where the file has another number of levels."""
    parent: str = ""
    """Its key; empty at the top."""
    is_group: bool = False
    is_retired: bool = False
    told: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    """Where in the file it stands, for messages."""


@dataclass
class Content:
    file_format: FileFormat
    key: str
    """What the format knows the framework by; empty in a Canvas file, which names none."""
    name: str
    source: str = ""
    description: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    """Parents before children."""


def to_json(content: Content) -> dict[str, Any]:
    return asdict(content)


def from_json(stored: dict[str, Any]) -> Content:
    items = [Item(**item) for item in stored["items"]]
    return Content(
        **{**stored, "file_format": FileFormat(stored["file_format"]), "items": items}
    )


def refuse_what_cannot_be_kept(package: Any) -> None:
    """JSON as Python reads it holds more than PostgreSQL's does."""
    try:
        text = json.dumps(package, allow_nan=False, ensure_ascii=False)
        text.encode()
    except ValueError as exc:
        raise FileRefused([NOT_KEPT]) from exc
    if "\\u0000" in text:
        raise FileRefused([NOT_KEPT])


def in_order(items: Sequence[Item]) -> list[Item]:
    """Parents before children, each parent's children in the order of the file.

    :raises FileRefused: an id stands twice, a parent is missing, or parents go in a circle.
    """
    known: dict[str, Item] = {}
    faults = []
    for item in items:
        if item.key in known:
            faults.append(f"{item.place}: “{item.key}” stands in {known[item.key].place}, too.")
        known.setdefault(item.key, item)
    faults += [
        f"{item.place}: its parent “{item.parent}” is not in the file."
        for item in items
        if item.parent and item.parent not in known
    ]
    if faults:
        raise FileRefused(faults)
    return _descend(items)


def _descend(items: Sequence[Item]) -> list[Item]:
    below: dict[str, list[Item]] = {}
    for item in items:
        below.setdefault(item.parent, []).append(item)
    found: list[Item] = []
    waiting = list(reversed(below.get("", [])))
    while waiting:
        item = waiting.pop()
        found.append(item)
        waiting.extend(reversed(below.get(item.key, [])))
    if len(found) < len(items):
        reached = {item.key for item in found}
        raise FileRefused(
            [
                f"{item.place}: “{item.key}” is above itself; its parents go in a circle."
                for item in items
                if item.key not in reached
            ]
        )
    return found
