"""CASE packages as we write them: what came in, with today's texts, and our own in its shape.

Addresses stay. Identifiers of what never had one are made from the address, so that every
export names the same.
"""

import json
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from careerlink import clock
from credit.competencies.files.case import (
    BEHAVIOR,
    CHANGED,
    CHILD_OF,
    Record,
    criteria,
    levels_of,
)
from credit.competencies.files.content import Content, Item
from credit.competencies.levels import LEVELS


def write(content: Content) -> bytes:
    document = _document(content)
    items = [_item(item) for item in content.items]
    identifiers = {
        item.key: record["identifier"]
        for item, record in zip(content.items, items, strict=True)
    }
    top = _node(content.name, document["identifier"], document["uri"])
    nodes = {
        item.key: _node(item.label, identifiers[item.key], item.key) for item in content.items
    }
    lines = [pair for item in content.items for pair in _lines(item, nodes[item.key])]
    package: Record = {
        "CFDocument": document,
        "CFItems": [*items, *(record for record, _ in lines)],
        "CFAssociations": [
            *_associations(content.items, nodes, top),
            *(association for _, association in lines),
            *deepcopy(content.told.get("associations") or []),
        ],
        "CFRubrics": _rubrics(content, nodes),
    }
    if content.told.get("definitions"):
        package["CFDefinitions"] = content.told["definitions"]
    return json.dumps(_dated(package), ensure_ascii=False, indent=1).encode()


def identifier_of(address: str) -> str:
    return str(uuid5(NAMESPACE_URL, address))


def _document(content: Content) -> Record:
    document = deepcopy(content.told.get("document") or {}) or {
        "identifier": identifier_of(content.key),
        "uri": content.key,
        "adoptionStatus": "Adopted",
        "language": "en",
        "caseVersion": "1.1",
    }
    document |= {"creator": content.source or content.name, "title": content.name}
    return _with(document, description=content.description)


def _with(record: Record, **values: str) -> Record:
    """An empty value takes the field away, unless it came in empty."""
    for name, value in values.items():
        if value or name in record:
            record[name] = value
    return record


def _item(item: Item) -> Record:
    record: Record = deepcopy(item.told.get("item") or {}) or {
        "identifier": identifier_of(item.key),
        "uri": item.key,
        "CFItemType": "Competency",
        "language": "en",
    }
    record["fullStatement"] = item.description or item.label
    if item.description or record.get("abbreviatedStatement"):
        record["abbreviatedStatement"] = item.label
    _with(record, humanCodingScheme=item.code)
    if item.is_retired:
        record.setdefault("statusEndDate", clock.now().date().isoformat())
    elif _is_past(record):
        record.pop("statusEndDate")
    return record


def _is_past(record: Record) -> bool:
    return str(record.get("statusEndDate") or "9")[:10] <= clock.now().date().isoformat()


def _node(title: str, identifier: str, uri: str) -> Record:
    return {"title": title, "identifier": identifier, "uri": uri}


def _associations(
    items: Sequence[Item], nodes: dict[str, Record], top: Record
) -> Iterable[Record]:
    for number, item in enumerate(items, 1):
        yield deepcopy(item.told.get("association") or {}) or _child_of(
            nodes[item.key], nodes[item.parent] if item.parent else top, number
        )


def _child_of(child: Record, parent: Record, number: int) -> Record:
    uri = f"{child['uri']}#{CHILD_OF}"
    return {
        "identifier": identifier_of(uri),
        "uri": uri,
        "associationType": CHILD_OF,
        "sequenceNumber": number,
        "originNodeURI": child,
        "destinationNodeURI": parent,
    }


def _lines(item: Item, parent: Record) -> Iterable[tuple[Record, Record]]:
    """One child item for each line of behavior."""
    known = item.told.get("behaviors") or []
    for number, text in enumerate(item.behaviors, 1):
        told = deepcopy(known[number - 1]) if number <= len(known) else {}
        uri = f"{item.key}#behavior-{number}"
        record = told.get("item") or {
            "identifier": identifier_of(uri),
            "uri": uri,
            "CFItemType": BEHAVIOR,
        }
        record["fullStatement"] = text
        record.pop("abbreviatedStatement", None)
        node = _node(text, record["identifier"], record["uri"])
        yield record, told.get("association") or _child_of(node, parent, number)


def _rubrics(content: Content, nodes: dict[str, Record]) -> list[Record]:
    rubrics: list[Record] = deepcopy(content.told.get("rubrics") or [])
    by_identifier = {nodes[item.key]["identifier"]: item for item in content.items}
    described = set()
    for criterion in criteria(rubrics):
        target = criterion.get("CFItemURI")
        found = (
            by_identifier.get(target.get("identifier")) if isinstance(target, dict) else None
        )
        if found is not None and found.anchors and (levels := levels_of(criterion)):
            described.add(found.key)
            for level, words in zip(levels, found.anchors, strict=True):
                level["description"] = words
    ours = [item for item in content.items if item.anchors and item.key not in described]
    return [*rubrics, _own_rubric(content, ours, nodes)] if ours else rubrics


def _own_rubric(content: Content, items: Sequence[Item], nodes: dict[str, Record]) -> Record:
    uri = f"{content.key}#levels"
    return {
        "identifier": identifier_of(uri),
        "uri": uri,
        "title": f"{content.name}: levels",
        "CFRubricCriteria": [
            _criterion(item, nodes[item.key], number) for number, item in enumerate(items, 1)
        ],
    }


def _criterion(item: Item, node: Record, number: int) -> Record:
    uri = f"{item.key}#levels"
    return {
        "identifier": identifier_of(uri),
        "uri": uri,
        "category": item.label,
        "CFItemURI": node,
        "position": number,
        "CFRubricCriterionLevels": [
            {
                "identifier": identifier_of(f"{uri}-{level}"),
                "uri": f"{uri}-{level}",
                "quality": name,
                "description": words,
                "score": level,
                "position": level,
            }
            for (level, name), words in zip(LEVELS.items(), item.anchors, strict=True)
        ],
    }


def _dated(value: Any) -> Any:
    """Every record with an identifier of its own says when it changed; nodes do not."""
    if isinstance(value, list):
        return [_dated(one) for one in value]
    if not isinstance(value, dict):
        return value
    dated = {name: _dated(one) for name, one in value.items()}
    is_node = "title" in value and len(value) <= 3 and "CFRubricCriteria" not in value
    if "identifier" in value and not is_node:
        dated[CHANGED] = clock.now().astimezone(UTC).isoformat(timespec="seconds")
    return dated
