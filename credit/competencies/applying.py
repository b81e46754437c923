"""Writing down what a file says: new rows, changed texts, and the order of the file."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.people.actors import Actor
from credit.competencies import queries
from credit.competencies.comparing import Changed, Difference
from credit.competencies.files import exchange
from credit.competencies.files.content import Content, Item
from credit.competencies.models import Competency, CompetencyFramework, FileFormat


def add(session: Session, content: Content, name: str, actor: Actor) -> CompetencyFramework:
    is_case = content.file_format == FileFormat.CASE
    framework = CompetencyFramework(
        institution_id=actor.institution_id,
        uri=content.key if is_case else f"urn:uuid:{uuid4()}",
        name=name or content.name,
        source=content.source,
        description=content.description,
        told={content.file_format.value: content.told},
        only_by_choice=True,
    )
    session.add(framework)
    session.flush()
    return framework


def set_framework(
    framework: CompetencyFramework, differences: Sequence[Difference], content: Content
) -> None:
    for one in differences:
        if one.name == "told":
            framework.told = {**framework.told, content.file_format.value: content.told}
        elif one.after:
            setattr(framework, one.name, one.after)


def add_new(
    session: Session,
    framework: CompetencyFramework,
    items: Sequence[Item],
    content: Content,
) -> None:
    is_case = content.file_format == FileFormat.CASE
    for item in items:
        uri = item.key if is_case else f"{framework.uri}/{quote(item.key, safe='')}"
        session.add(
            Competency(
                framework_id=framework.id,
                uri=uri,
                code=item.code,
                label=item.label,
                description=item.description,
                behaviors=item.behaviors,
                anchors=item.anchors,
                is_group=item.is_group,
                told={content.file_format.value: item.told},
                retired_at=clock.now() if item.is_retired else None,
            )
        )
    session.flush()


def set(changed: Changed, content: Content) -> None:
    row, item = changed.row, changed.item
    values: dict[str, Any] = {}
    for one in changed.differences:
        if one.name == "told":
            values["told"] = {**row.told, content.file_format.value: item.told}
        elif one.name == "is_retired":
            values["retired_at"] = clock.now() if item.is_retired else None
        elif one.name != "parent":
            values[one.name] = one.after
    for name, value in values.items():
        setattr(row, name, value)


def arrange(session: Session, framework: CompetencyFramework, content: Content) -> None:
    """Parents and order as in the file; what it lacks comes after, where it stood."""
    rows = queries.rows_of(session, framework)
    keys = exchange.keys_of(rows, content.file_format)
    by_key = {keys[row.id]: row for row in rows}
    for position, item in enumerate(content.items):
        row = by_key[item.key]
        row.position = position
        above = by_key.get(item.parent)
        row.parent_id = above.id if above else None
    told = {item.key for item in content.items}
    rest = [row for row in rows if keys[row.id] not in told]
    for position, row in enumerate(rest, len(content.items)):
        row.position = position
    session.flush()
