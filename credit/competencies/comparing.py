"""What taking over a file would do: what is new, what says something else, what it lacks.

A file is compared with what we would write in its format today. So nothing that the format
cannot say counts as a change, and a file that we wrote ourselves changes nothing.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from credit.competencies.files import exchange
from credit.competencies.files.content import Content, Item
from credit.competencies.models import Competency, CompetencyFramework

TEXTS = {
    "label": "Name",
    "description": "Description",
    "behaviors": "What it looks like",
    "anchors": "Levels",
    "code": "Code",
    "parent": "Stands under",
    "is_retired": "Retired",
    "told": "Details that only other systems use",
}
OF_FRAMEWORK = {
    "name": "Name",
    "source": "Source",
    "description": "Description",
    "told": TEXTS["told"],
}


@dataclass(frozen=True)
class Difference:
    name: str
    words: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Changed:
    item: Item
    row: Competency
    differences: list[Difference]


@dataclass
class Delta:
    of_framework: list[Difference] = field(default_factory=list)
    new: list[Item] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    gone: list[Competency] = field(default_factory=list)
    """In use here and not in the file: they stay unless somebody says otherwise."""
    same: int = 0
    is_reordered: bool = False

    @property
    def is_empty(self) -> bool:
        return not (
            self.of_framework or self.new or self.changed or self.gone or self.is_reordered
        )

    @property
    def fingerprint(self) -> str:
        """Another one means that somebody changed the framework since this was shown."""
        said = [
            [(one.name, str(one.before)) for one in self.of_framework],
            [item.key for item in self.new],
            [
                (c.row.id, [(d.name, str(d.before)) for d in c.differences])
                for c in self.changed
            ],
            [row.id for row in self.gone],
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def compare(
    content: Content, framework: CompetencyFramework | None, rows: Sequence[Competency]
) -> Delta:
    if framework is None:
        return Delta(new=list(content.items))
    here = exchange.content_of(framework, rows, content.file_format)
    written = exchange.read(content.file_format, exchange.write(here), root=here.key)
    by_key = {key: row for row, key in _rows_by_key(rows, content)}
    known = {item.key: item for item in written.items}
    delta = Delta(of_framework=_differences(written, content, OF_FRAMEWORK))
    for item in content.items:
        if item.key not in by_key:
            delta.new.append(item)
            continue
        row = by_key[item.key]
        before = known.get(item.key) or _retired(here, item.key)
        if differences := _differences(before, item, TEXTS):
            delta.changed.append(Changed(item, row, differences))
        else:
            delta.same += 1
    told = {item.key for item in content.items}
    delta.gone = [
        row for key, row in by_key.items() if key not in told and row.retired_at is None
    ]
    delta.is_reordered = _is_reordered(content, written)
    return delta


def _rows_by_key(rows: Sequence[Competency], content: Content) -> list[tuple[Competency, str]]:
    keys = exchange.keys_of(rows, content.file_format)
    return [(row, keys[row.id]) for row in rows]


def _retired(here: Content, key: str) -> Item:
    """Moodle's file leaves retired ones out, so it is compared with the row itself."""
    return next(item for item in here.items if item.key == key)


def _differences(before: Any, after: Any, names: dict[str, str]) -> list[Difference]:
    return [
        Difference(name, words, getattr(before, name), getattr(after, name))
        for name, words in names.items()
        if getattr(before, name) != getattr(after, name)
    ]


def _is_reordered(content: Content, written: Content) -> bool:
    here = [item.key for item in written.items]
    known = set(here)
    there = [item.key for item in content.items if item.key in known]
    present = set(there)
    return there != [key for key in here if key in present]
