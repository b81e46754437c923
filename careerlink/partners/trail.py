"""The history that stands beside a partner or a listing: who did what, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.audit import AuditEntry
from careerlink.home.history_words import words
from careerlink.people.models import Person

SHOWN = 8


@dataclass(frozen=True)
class TrailLine:
    at: datetime
    text: str
    by: str


def recent(session: Session, ids: Mapping[str, Sequence[int]]) -> list[TrailLine]:
    """The newest entries about these rows, ``ids`` by table."""
    about = [
        and_(AuditEntry.subject_type == table, AuditEntry.subject_id.in_(rows))
        for table, rows in ids.items()
    ]
    found = session.execute(
        select(AuditEntry, Person)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .options(joinedload(AuditEntry.reason))
        .where(or_(*about))
        .order_by(AuditEntry.id.desc())
        .limit(SHOWN)
    )
    return [_line(entry, person) for entry, person in found]


def _line(entry: AuditEntry, person: Person | None) -> TrailLine:
    text = words(entry.action)
    if entry.reason is not None and entry.reason.text:
        text = f"{text}: {entry.reason.text}"
    return TrailLine(entry.recorded_at, text, person.label if person is not None else "")
