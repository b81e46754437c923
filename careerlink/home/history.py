"""What happened to a record, from the audit trail, for those who may read the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, g, render_template, url_for
from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.audit import AuditEntry
from careerlink.errors import NotFound
from careerlink.home.history_words import words
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.registry import HistoryFact, registry
from careerlink.security import access, signed_in
from careerlink.web import transaction

bp = Blueprint("history", __name__)
LONGEST = 500
OFFICE_ONLY = ("read",)
"""Who looked when is kept for the institution; the student can ask for it."""
KEEPING = ("save",)
"""A page keeps what somebody types by itself: many in a row are one line."""


@dataclass(frozen=True)
class Line:
    at: datetime
    text: str
    by: str
    reason: str
    fact: HistoryFact = field(default_factory=HistoryFact)


@bp.get("/history/<table>/<public_id>")
@access(signed_in)
def show(table: str, public_id: str) -> str:
    with transaction() as session:
        find = registry.histories.get(table)
        record: Any = find(session, g.actor, public_id) if find is not None else None
        if record is None:
            raise NotFound
        return render_template(
            "careerlink/history/show.html",
            title=title_of(record),
            back=_page_of(record, actor=g.actor),
            lines=lines(session, record, actor=g.actor),
        )


def title_of(record: Any) -> str:
    for name in ("title", "name", "label"):
        if isinstance(found := getattr(record, name, None), str) and found:
            return found
    for part in ("listing", "placement", "person", "course"):
        if (inner := getattr(record, part, None)) is not None:
            return title_of(inner)
    return str(record.__tablename__).replace("_", " ")


def _page_of(record: Any, *, actor: Actor) -> tuple[str, str] | None:
    """Where the reader most likely came from: address and name."""
    is_placement = record.__tablename__ == "placement"
    placement = record if is_placement else getattr(record, "placement", None)
    is_course = record.__tablename__ == "course"
    course = record if is_course else getattr(record, "course", None)
    if placement is not None and actor.reads_office:
        url = url_for("office_placements.show", placement_id=placement.public_id)
        return url, placement.title
    if placement is not None:
        ids = {"course_id": placement.course.public_id, "placement_id": placement.public_id}
        return url_for("placements.show", **ids), placement.title
    if course is not None:
        return url_for("home.course", course_id=course.public_id), course.label or course.title
    return None


def lines(session: Session, record: Any, *, actor: Actor) -> list[Line]:
    """Latest first."""
    return lines_of(session, [record], actor=actor, most=LONGEST)


def lines_of(
    session: Session, records: Sequence[Any], *, actor: Actor, most: int
) -> list[Line]:
    """Of several records that one page shows together, latest first."""
    return lines_where(session, [belongs_to(one) for one in records], actor=actor, most=most)


def belongs_to(record: Any) -> ColumnElement[bool]:
    table = record.__tablename__
    own = and_(AuditEntry.subject_type == table, AuditEntry.subject_id == record.id)
    return or_(own, *(part(record) for part in registry.history_parts.get(table, ())))


def lines_where(
    session: Session, conditions: Sequence[ColumnElement[bool]], *, actor: Actor, most: int
) -> list[Line]:
    """Of the entries that one of ``conditions`` names, latest first."""
    rows = session.execute(
        select(AuditEntry, Person, PartnerContact)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .outerjoin(PartnerContact, PartnerContact.id == AuditEntry.contact_id)
        .options(joinedload(AuditEntry.reason))
        .where(or_(false(), *conditions))
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()
    shown = [row for row in rows if actor.reads_office or _verb(row[0]) not in OFFICE_ONLY]
    facts = _facts(session, [row[0] for row in shown])
    found = []
    for _, run in groupby(shown, key=_kept_together):
        entry, person, contact = next(run)
        found.append(_line(entry, person, contact, facts.get(entry.id, HistoryFact())))
    return found


def _verb(entry: AuditEntry) -> str:
    return entry.action.partition(":")[2]


def _kept_together(row: Sequence[Any]) -> object:
    entry = row[0]
    if _verb(entry) not in KEEPING:
        return entry.id
    return entry.action, entry.subject_id, entry.actor_id


def _facts(session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    found: dict[int, HistoryFact] = {}
    for action in {one.action for one in entries} & set(registry.history_facts):
        of_kind = [one for one in entries if one.action == action]
        found |= registry.history_facts[action](session, of_kind)
    return found


def _line(
    entry: AuditEntry,
    person: Person | None,
    contact: PartnerContact | None,
    fact: HistoryFact,
) -> Line:
    by = person.label if person else contact.name if contact else "CareerLink, by itself"
    reason = entry.reason.text if entry.reason is not None else ""
    if entry.reason is not None and reason is None:
        reason = "(erased)"
    return Line(entry.recorded_at, words(entry.action), by, reason or "", fact)
