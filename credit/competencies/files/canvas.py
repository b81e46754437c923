"""Canvas's outcomes CSV.

Columns and rules: "Outcomes CSV Format" of the Canvas documentation (doc/api/outcomes_csv.md in
its source); what Canvas refuses is in lib/outcomes/csv_importer.rb and import.rb.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from careerlink import csv_text
from careerlink.csv_text import FileRefused, Row
from credit.competencies.files import rich_text
from credit.competencies.files.content import MOST_ITEMS, Content, Item, in_order
from credit.competencies.levels import LEVELS, MASTERY
from credit.competencies.models import FileFormat

REQUIRED = ("vendor_guid", "object_type", "title", "parent_guids")
WRITTEN = (
    "vendor_guid", "object_type", "title", "description", "display_name", "calculation_method",
    "calculation_int", "parent_guids", "workflow_state", "mastery_points",
)  # fmt: skip
KEPT = ("canvas_id", "course_id", "display_name", "friendly_description", "calculation_method",
        "calculation_int", "mastery_points")  # fmt: skip
KNOWN = {*REQUIRED, *WRITTEN, *KEPT}
RATINGS = "ratings"
METHODS = ("", "decaying_average", "weighted_average", "n_mastery", "highest", "latest",
           "average", "standard_decaying_average")  # fmt: skip
ONLY_OUTCOMES = ("calculation_method", "calculation_int", "mastery_points", RATINGS)
NUMBER = re.compile(r"\d+(\.\d+)?")


def read(data: bytes, *, root: str = "") -> Content:
    """``root`` is the guid of the group that we write for the framework itself."""
    heading, rows = csv_text.rows_of(csv_text.text_of(data), most=MOST_ITEMS)
    columns, ratings_at = _columns(heading)
    faults: list[str] = []
    items = [_item(row, columns, ratings_at, faults) for row in rows]
    _check_groups(items, faults)
    if faults:
        raise FileRefused(faults)
    if not items:
        raise FileRefused(["The file has a heading, but no outcomes below it."])
    kept = [item for item in items if item.key != root]
    for item in kept:
        item.parent = "" if item.parent == root else item.parent
    told = {"has_root": len(kept) < len(items)}
    name = next((item.label for item in items if item.key == root), "")
    return Content(FileFormat.CANVAS, root, name, told=told, items=in_order(kept))


def _columns(heading: Row) -> tuple[dict[str, int], int]:
    names = [cell.strip() for cell in heading.cells]
    ratings_at = names.index(RATINGS) if RATINGS in names else len(names)
    columns = {name: at for at, name in enumerate(names[:ratings_at]) if name}
    missing = [name for name in REQUIRED if name not in columns]
    unknown = [name for name in columns if name not in KNOWN]
    after = [name for name in names[ratings_at + 1 :] if name]
    faults = [f"Line {heading.line}: the column “{name}” is missing." for name in missing]
    faults += [
        f"Line {heading.line}: Canvas has no column “{name}” for outcomes." for name in unknown
    ]
    faults += [
        f"Line {heading.line}: “{name}” must stand before “ratings”, which comes last."
        for name in after
    ]
    if faults:
        raise FileRefused(faults)
    return columns, ratings_at


def _item(row: Row, columns: dict[str, int], ratings_at: int, faults: list[str]) -> Item:
    said = {name: row[at].strip() for name, at in columns.items()}
    ratings = _ratings(row, ratings_at, faults)
    kind, guid = said["object_type"], said["vendor_guid"]
    checks = {
        "vendor_guid is missing.": not guid,
        "vendor_guid must have no spaces.": bool(re.search(r"\s", guid)),
        "title is missing.": not said["title"],
        f"object_type is “{kind}”; write outcome or group.": kind not in ("outcome", "group"),
        "workflow_state must be active, deleted or empty.": said.get("workflow_state", "")
        not in ("", "active", "deleted"),
        "calculation_method is none that Canvas has.": said.get("calculation_method", "")
        not in METHODS,
        "mastery_points must be a number.": bool(said.get("mastery_points"))
        and not NUMBER.fullmatch(said["mastery_points"]),
    }
    faults += [f"{row.place}: {words}" for words, is_wrong in checks.items() if is_wrong]
    is_group = kind == "group"
    if is_group and (ratings or any(said.get(name) for name in ONLY_OUTCOMES)):
        faults.append(f"{row.place}: a group has no calculation, mastery points or ratings.")
    parents = said["parent_guids"].split()
    if is_group and len(parents) > 1:
        faults.append(f"{row.place}: a group can have one parent only.")
    raw = row[columns["description"]] if "description" in columns else ""
    text, behaviors = rich_text.read(raw)
    told: dict[str, Any] = {name: said[name] for name in KEPT if said.get(name)}
    told |= {"vendor_guid": guid, "description": raw}
    if ratings:
        told["ratings"] = ratings
    if parents[1:]:
        told["more_parents"] = parents[1:]
    return Item(
        key=guid,
        code=guid,
        label=said["title"],
        description=text,
        behaviors=behaviors,
        anchors=_anchors(ratings),
        parent=parents[0] if parents else "",
        is_group=is_group,
        is_retired=said.get("workflow_state") == "deleted",
        told=told,
        place=row.place,
    )


def _ratings(row: Row, ratings_at: int, faults: list[str]) -> list[list[str]]:
    cells = [cell.strip() for cell in row.cells[ratings_at:]]
    while cells and not cells[-1]:
        cells.pop()
    tiers = [[*cells[at : at + 2], ""][:2] for at in range(0, len(cells), 2)]
    before: float | None = None
    for number, (points, _) in enumerate(tiers, 1):
        if not NUMBER.fullmatch(points):
            faults.append(f"{row.place}: rating {number} needs points, not “{points}”.")
            return tiers
        if before is not None and float(points) > before:
            faults.append(f"{row.place}: the points of the ratings must go down.")
            return tiers
        before = float(points)
    return tiers


def _anchors(ratings: Sequence[Sequence[str]]) -> list[str]:
    sentences = [words for _, words in reversed(ratings)]
    return sentences if len(sentences) == len(LEVELS) and all(sentences) else []


def _check_groups(items: Sequence[Item], faults: list[str]) -> None:
    groups: set[str] = set()
    known = {item.key for item in items}
    for item in items:
        for parent in [item.parent, *item.told.get("more_parents", [])]:
            if parent in known and parent not in groups:
                faults.append(
                    f"{item.place}: its parent “{parent}” must be a group in an earlier row."
                )
        if item.is_group:
            groups.add(item.key)


def write(content: Content) -> bytes:
    """``content.key``, where it is set, becomes a group over everything."""
    more = [name for name in KEPT if any(item.told.get(name) for item in content.items)]
    columns = list(dict.fromkeys([*WRITTEN, *more]))
    parents = {item.parent for item in content.items}
    rows: list[list[str]] = []
    if content.key:
        root = Item(content.key, "", content.name, content.description, is_group=True)
        rows.append(_cells(root, "", columns))
    for item in content.items:
        item = replace(item, is_group=item.is_group or item.key in parents)
        rows.append([*_cells(item, item.parent or content.key, columns), *_tiers(item)])
    width = max((len(row) for row in rows), default=0)
    table = [[*columns, RATINGS], *rows]
    return csv_text.write([*row, *[""] * (width - len(row))] for row in table)


@dataclass(frozen=True)
class Scale:
    """What Canvas counts: points and words of each tier, highest first, and what is enough."""

    tiers: list[list[str]]
    mastery: str
    """Empty where it came so: Canvas then takes the highest tier for it."""

    @property
    def points(self) -> list[str]:
        """Of our levels, lowest first; none where there are not as many tiers."""
        return [points for points, _ in reversed(self.tiers)] if _fits(self.tiers) else []


def scale_of(told: Mapping[str, Any], anchors: Sequence[str]) -> Scale:
    # What came from Canvas without levels goes back without.
    kept = told.get(RATINGS, [])
    if told and (_fits(kept) or not anchors):
        return Scale(_worded(kept, anchors), str(told.get("mastery_points", "")))
    own = [[str(level), words] for level, words in sorted(LEVELS.items(), reverse=True)]
    return Scale(_worded(own, anchors), str(MASTERY))


def _fits(tiers: Sequence[Sequence[str]]) -> bool:
    return len(tiers) == len(LEVELS)


def _worded(tiers: Sequence[Sequence[str]], anchors: Sequence[str]) -> list[list[str]]:
    if not anchors:
        return [list(tier) for tier in tiers]
    pairs = zip(tiers, reversed(anchors), strict=True)
    return [[points, words] for (points, _), words in pairs]


def _cells(item: Item, parent: str, columns: Sequence[str]) -> list[str]:
    scale = Scale([], "") if item.is_group else scale_of(item.told, item.anchors)
    shown = {
        "vendor_guid": item.key,
        "object_type": "group" if item.is_group else "outcome",
        "title": item.label,
        "description": rich_text.kept_or_written(
            item.told.get("description", ""), item.description, item.behaviors
        ),
        "parent_guids": " ".join([parent, *item.told.get("more_parents", [])]).strip(),
        "workflow_state": "deleted" if item.is_retired else "active",
        "mastery_points": scale.mastery,
    }
    return [shown.get(name) or str(item.told.get(name, "")) for name in columns]


def _tiers(item: Item) -> list[str]:
    if item.is_group:
        return []
    return [cell for tier in scale_of(item.told, item.anchors).tiers for cell in tier]
