"""1EdTech CASE packages, versions 1.0 and 1.1: what of them is a framework here.

https://www.imsglobal.org/spec/case/v1p1. What we do not model (definitions, other associations,
rubrics of another shape) is kept as it came and given back by ``case_writing``.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from careerlink import clock
from careerlink.csv_text import FileRefused
from credit.competencies.files import rich_text
from credit.competencies.files.content import (
    MOST_ITEMS,
    NOT_KEPT,
    Content,
    Item,
    in_order,
    refuse_what_cannot_be_kept,
)
from credit.competencies.levels import LEVELS
from credit.competencies.models import CODE_LENGTH, FileFormat

BEHAVIOR = "Behavior"
"""Type of the child items that hold one line each."""
CHILD_OF = "isChildOf"
CHANGED = "lastChangeDateTime"
PARTS = ("CFItems", "CFAssociations", "CFRubrics")
Record = dict[str, Any]


def read(data: bytes) -> Content:
    package = _package(data)
    document = package["CFDocument"]
    faults = [
        *_lacking(document, "CFDocument", ("identifier", "uri", "title")),
        *_faults_of_items(package["CFItems"]),
        *_faults_of_associations(package["CFAssociations"]),
    ]
    if faults:
        raise FileRefused(faults)
    above, others = _parents(package, document)
    items = [
        _item(record, above.get(record["identifier"]), document["identifier"], number)
        for number, record in enumerate(package["CFItems"], 1)
    ]
    items = in_order(sorted(items, key=_sequence))
    _take_levels(items, package["CFRubrics"])
    return Content(
        FileFormat.CASE,
        key=document["uri"],
        name=document["title"],
        source=str(document.get("creator") or ""),
        description=rich_text.tidy(str(document.get("description") or "")),
        told={
            "document": _undated(document),
            "associations": [_undated(record) for record in others],
            "rubrics": _undated(package["CFRubrics"]),
            "definitions": package.get("CFDefinitions"),
        },
        items=_by_uri(_with_behaviors(items)),
    )


def _package(data: bytes) -> Record:
    try:
        package = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise FileRefused([f"Line {line}: a character is not UTF-8."]) from exc
    except json.JSONDecodeError as exc:
        raise FileRefused(
            [f"Line {exc.lineno}, column {exc.colno}: this is not JSON any more."]
        ) from exc
    except RecursionError as exc:
        raise FileRefused(["The file is nested deeper than any CASE package."]) from exc
    except ValueError as exc:
        raise FileRefused([NOT_KEPT]) from exc
    refuse_what_cannot_be_kept(package)
    if isinstance(package, dict) and isinstance(package.get("CFPackage"), dict):
        package = package["CFPackage"]
    if not isinstance(package, dict) or not isinstance(package.get("CFDocument"), dict):
        raise FileRefused(
            ["The file has no CFDocument. Export the whole package (CFPackage) as JSON."]
        )
    for name in PARTS:
        package[name] = package.get(name) or []
        if not _is_records(package[name]):
            raise FileRefused([f"{name} is not a list of records."])
    if len(package["CFItems"]) > MOST_ITEMS:
        raise FileRefused(
            [f"The package has {len(package['CFItems'])} items; up to {MOST_ITEMS} fit."]
        )
    if not package["CFItems"]:
        raise FileRefused(["The package has no CFItems."])
    return package


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _lacking(record: Mapping[str, Any], place: str, names: Sequence[str]) -> list[str]:
    return [
        f"{place}: {name} is missing."
        for name in names
        if not isinstance(record.get(name), str) or not record[name].strip()
    ]


def _faults_of_items(items: Sequence[Record]) -> list[str]:
    faults: list[str] = []
    first: dict[str, int] = {}
    for number, record in enumerate(items, 1):
        place = f"CFItems, item {number}"
        faults += _lacking(record, place, ("identifier", "uri", "fullStatement"))
        identifier = str(record.get("identifier"))
        if identifier in first:
            faults.append(
                f"{place}: the identifier {identifier} is that of item {first[identifier]}."
            )
        if str(record.get("uri")) in first:
            faults.append(f"{place}: the uri {record['uri']} stands in an earlier item, too.")
        first.setdefault(identifier, number)
        first.setdefault(str(record.get("uri")), number)
    return faults


def _faults_of_associations(associations: Sequence[Record]) -> list[str]:
    return [
        f"CFAssociations, item {number}: {end} has no identifier."
        for number, record in enumerate(associations, 1)
        for end in ("originNodeURI", "destinationNodeURI")
        if record.get("associationType") == CHILD_OF and not _end(record, end)
    ]


def _end(association: Mapping[str, Any], name: str) -> str:
    node = association.get(name)
    return str(node.get("identifier") or "") if isinstance(node, dict) else ""


def _parents(package: Record, document: Record) -> tuple[dict[str, Record], list[Record]]:
    """By child the association that hangs it up; and all associations that do not."""
    known = {record["identifier"] for record in package["CFItems"]}
    within = {*known, document["identifier"]}
    above: dict[str, Record] = {}
    others = []
    for record in package["CFAssociations"]:
        child, parent = _end(record, "originNodeURI"), _end(record, "destinationNodeURI")
        is_child = record.get("associationType") == CHILD_OF and child in known
        if is_child and parent in within and child not in above:
            above[child] = record
        else:
            others.append(record)
    return above, others


def _item(record: Record, association: Record | None, document: str, number: int) -> Item:
    short = str(record.get("abbreviatedStatement") or "").strip()
    full = rich_text.tidy(record["fullStatement"])
    parent = _end(association, "destinationNodeURI") if association else ""
    return Item(
        key=record["identifier"],
        code=str(record.get("humanCodingScheme") or "")[:CODE_LENGTH],
        label=short or full,
        description=full if short else "",
        parent="" if parent == document else parent,
        is_retired=_has_ended(record),
        told={"item": _undated(record), "association": _undated(association)},
        place=f"CFItems, item {number}",
    )


def _has_ended(record: Record) -> bool:
    ends = record.get("statusEndDate")
    return isinstance(ends, str) and ends[:10] <= clock.now().date().isoformat()


def _sequence(item: Item) -> float:
    number = (item.told["association"] or {}).get("sequenceNumber")
    return float(number) if isinstance(number, int | float) else float("inf")


def _undated(value: Any) -> Any:
    """Without the times of change: two exports of the same content have different ones."""
    if isinstance(value, dict):
        return {name: _undated(v) for name, v in value.items() if name != CHANGED}
    return [_undated(one) for one in value] if isinstance(value, list) else value


def _take_levels(items: Sequence[Item], rubrics: Sequence[Record]) -> None:
    """Four described levels become the item's anchors, whatever their scores are."""
    by_item = {item.key: item for item in items}
    for criterion in criteria(rubrics):
        item = by_item.get(_end(criterion, "CFItemURI"))
        if item is not None and not item.anchors:
            item.anchors = [str(level.get("description")) for level in levels_of(criterion)]


def criteria(rubrics: Sequence[Record]) -> list[Record]:
    return [
        criterion
        for rubric in rubrics
        if _is_records(rubric.get("CFRubricCriteria"))
        for criterion in rubric["CFRubricCriteria"]
    ]


def levels_of(criterion: Record) -> list[Record]:
    """Lowest first; none where they are not four, or not all described."""
    levels: Any = criterion.get("CFRubricCriterionLevels")
    if not _is_records(levels) or len(levels) != len(LEVELS):
        return []
    if not all(str(level.get("description") or "").strip() for level in levels):
        return []
    return sorted(levels, key=lambda level: _number(level, "score", "position"))


def _number(record: Record, *names: str) -> float:
    found = [record[name] for name in names if isinstance(record.get(name), int | float)]
    return float(found[0]) if found else 0.0


def _with_behaviors(items: Sequence[Item]) -> list[Item]:
    """Child items of that type are lines of their parent, and no rows of their own."""
    by_key = {item.key: item for item in items}
    parents = {item.parent for item in items}
    kept = []
    for item in items:
        kind = str(item.told["item"].get("CFItemType") or "")
        is_line = kind.lower() == BEHAVIOR.lower() and item.key not in parents
        if is_line and item.parent:
            above = by_key[item.parent]
            above.behaviors.append(item.label)
            above.told.setdefault("behaviors", []).append(item.told)
        else:
            kept.append(item)
    return kept


def _by_uri(items: Sequence[Item]) -> list[Item]:
    """From here on an item is known by its address, which also other packages use."""
    uris = {item.key: item.told["item"]["uri"] for item in items}
    parents = {item.parent for item in items}
    for item in items:
        item.is_group = item.key in parents
        item.key, item.parent = uris[item.key], uris.get(item.parent, "")
    return list(items)
