"""A file is read, looked at, and then taken over; taken again, only what differs counts."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import ChangedMeanwhile, NotFound, NotPermitted
from careerlink.people.actors import Actor
from credit.competencies import applying, queries
from credit.competencies.comparing import Delta, compare
from credit.competencies.files import exchange
from credit.competencies.files.content import Content, from_json, to_json
from credit.competencies.models import (
    CompetencyFramework,
    CompetencyImport,
    FileFormat,
)

KEPT = timedelta(days=7)


def keep(
    session: Session,
    data: bytes,
    *,
    actor: Actor,
    file_format: FileFormat,
    file_name: str,
    framework: CompetencyFramework | None,
) -> CompetencyImport:
    """Read the file and keep what it says until somebody has looked at it.

    Without ``framework`` the file says which one it belongs to, or it is a new one.

    :raises FileRefused: with every fault and its place.
    """
    _only_staff(actor)
    root = exchange.framework_key(framework, file_format) if framework else ""
    content = exchange.read(file_format, data, root=root)
    found = framework or _belongs_to(session, content, actor)
    if found is not None and framework is None:
        root = exchange.framework_key(found, file_format)
        content = exchange.read(file_format, data, root=root)
    row = CompetencyImport(
        institution_id=actor.institution_id,
        framework_id=found.id if found else None,
        person_id=actor.person_id,
        file_format=file_format,
        file_name=file_name[:200],
        content=to_json(content),
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        "competency_import:read",
        row,
        actor=actor,
        format=file_format.value,
        items=len(content.items),
    )
    return row


def _belongs_to(session: Session, content: Content, actor: Actor) -> CompetencyFramework | None:
    """The framework that this file came from, or was taken into before."""
    keys = {item.key for item in content.items}
    for framework, _ in queries.frameworks(session, actor):
        key = exchange.framework_key(framework, content.file_format)
        if content.key and key == content.key:
            return framework
        if content.file_format != FileFormat.CANVAS:
            continue
        rows = queries.rows_of(session, framework)
        known = set(exchange.keys_of(rows, content.file_format).values())
        if known & keys or key in keys:
            return framework
    return None


def get(session: Session, import_id: str, *, actor: Actor) -> CompetencyImport:
    found = session.scalar(
        select(CompetencyImport).where(
            CompetencyImport.public_id == import_id,
            CompetencyImport.institution_id == actor.institution_id,
        )
    )
    if found is None:
        raise NotFound
    return found


def preview(session: Session, row: CompetencyImport) -> tuple[Content, Delta]:
    content = from_json(row.content)
    framework = _framework(session, row)
    rows = queries.rows_of(session, framework) if framework else []
    return content, compare(content, framework, rows)


def _framework(session: Session, row: CompetencyImport) -> CompetencyFramework | None:
    if row.framework_id is None:
        return None
    return session.get_one(CompetencyFramework, row.framework_id)


def take(
    session: Session,
    row: CompetencyImport,
    *,
    actor: Actor,
    name: str,
    seen: str,
    retire_gone: bool,
) -> CompetencyFramework:
    """Take over what was shown; pressed twice, the first counts.

    :raises ChangedMeanwhile: the framework is not what it was when this was shown.
    """
    _only_staff(actor)
    session.refresh(row, with_for_update=True)
    if row.taken_at is not None:
        return session.get_one(CompetencyFramework, row.framework_id)
    content, delta = preview(session, row)
    if delta.fingerprint != seen:
        raise ChangedMeanwhile("Somebody changed this framework since. Look at it again.")
    framework = _framework(session, row) or applying.add(session, content, name, actor)
    applying.set_framework(framework, delta.of_framework, content)
    applying.add_new(session, framework, delta.new, content)
    for changed in delta.changed:
        applying.set(changed, content)
    applying.arrange(session, framework, content)
    if retire_gone:
        for gone in delta.gone:
            gone.retired_at = clock.now()
    row.framework_id, row.taken_at, row.content = framework.id, clock.now(), {}
    session.flush()
    audit.record(
        session,
        "competency_framework:import",
        framework,
        actor=actor,
        format=content.file_format.value,
        new=len(delta.new),
        changed=len(delta.changed),
        retired=len(delta.gone) if retire_gone else 0,
    )
    return framework


def forget_old(session: Session) -> int:
    """Files that nobody took over. What was taken over stays as a trace without content."""
    gone = session.execute(
        delete(CompetencyImport).where(
            CompetencyImport.taken_at.is_(None),
            CompetencyImport.created_at < clock.now() - KEPT,
        )
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _only_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotPermitted("Only career staff change competencies.")
