"""What another system knows a competency and its levels by, as the framework's file says."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.people.actors import Actor
from credit.competencies.files import canvas, case, exchange
from credit.competencies.files.canvas import Scale
from credit.competencies.levels import LEVELS
from credit.competencies.models import Competency, CompetencyFramework, FileFormat


@dataclass(frozen=True)
class Identifiers:
    items: Mapping[str, str] = field(default_factory=dict)
    """By our address of the competency."""
    levels: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """By address and level; only CASE names levels."""
    scales: Mapping[str, Scale] = field(default_factory=dict)
    """By address; only Canvas counts in points of its own."""
    foreign_scales: Collection[str] = ()
    """Addresses of what Moodle judges on a scale that has not as many values as ours."""


def of_frameworks(session: Session, actor: Actor, file_format: FileFormat) -> Identifiers:
    """Of every framework of the institution, retired ones as well: old answers name them."""
    rows = session.scalars(
        select(Competency)
        .join(Competency.framework)
        .where(CompetencyFramework.institution_id == actor.institution_id)
        .options(joinedload(Competency.framework))
        .order_by(Competency.framework_id, Competency.position, Competency.id)
    ).all()
    items: dict[str, str] = {}
    levels: dict[tuple[str, int], str] = {}
    scales: dict[str, Scale] = {}
    foreign: set[str] = set()
    for framework, found in groupby(rows, key=lambda row: row.framework):
        own = list(found)
        if file_format == FileFormat.CASE:
            _read_package(framework, own, items, levels)
        else:
            keys = exchange.keys_of(own, file_format)
            items |= {row.uri: keys[row.id] for row in own}
        if file_format == FileFormat.CANVAS:
            scales |= {row.uri: _scale(row) for row in own}
        if file_format == FileFormat.MOODLE:
            foreign |= {row.uri for row in own if not _counts_as_we_do(framework, row)}
    return Identifiers(items, levels, scales, foreign)


def _counts_as_we_do(framework: CompetencyFramework, row: Competency) -> bool:
    """A competency without a scale of its own has the framework's; Moodle's usual one is "Not
    yet competent,Competent", where our second level would say "Competent"."""
    told = [one.told.get(FileFormat.MOODLE.value, {}) for one in (row, framework)]
    scale = next((one["scale"] for one in told if one.get("scale")), "")
    return not scale or len(scale.split(",")) == len(LEVELS)


def _scale(row: Competency) -> Scale:
    """As the framework's file gives it; in our levels where its tiers are none of them."""
    anchors = [str(sentence) for sentence in row.anchors]
    told = row.told.get(FileFormat.CANVAS.value, {})
    found = canvas.scale_of(told, anchors)
    return found if found.points else canvas.scale_of({}, anchors)


def _read_package(
    framework: CompetencyFramework,
    rows: list[Competency],
    items: dict[str, str],
    levels: dict[tuple[str, int], str],
) -> None:
    """From the very package that is exported, so that both name the same."""
    content = exchange.content_of(framework, rows, FileFormat.CASE)
    package = json.loads(exchange.write(content))
    uris = {record["identifier"]: record["uri"] for record in package["CFItems"]}
    items |= {uri: identifier for identifier, uri in uris.items()}
    for criterion in case.criteria(package["CFRubrics"]):
        target = criterion.get("CFItemURI")
        uri = uris.get(target.get("identifier", "")) if isinstance(target, dict) else None
        if uri is not None:
            found = enumerate(case.levels_of(criterion), 1)
            levels |= {(uri, level): str(record["identifier"]) for level, record in found}
