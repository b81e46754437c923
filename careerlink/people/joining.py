"""One person whom two accounts brought in as two: the newer record is emptied into the older.

Only a record that carries no work of its own is joined. Work stays with whom it was done by:
its texts are signed, counted and sealed under that record.
"""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.db import Base
from careerlink.people.actors import Actor
from careerlink.people.models import Person

MOVES = {
    "course_member": "course_id",
    "enrollment": "course_id",
    "enrollment_upload_line": "",
    "notification_preference": "event",
    "person_skill": "skill_id",
    "saved_listing": "listing_id",
    "login_session": "",
    "person_role": "",
}
"""Tables whose rows go along, each with what a person has there once at most."""
NAMED_ONLY = {
    "actor_id", "approver_named_by_id", "chosen_by_id", "created_by_id", "done_by_id",
    "granted_by_id", "released_by_id",
}  # fmt: skip
"""Columns that say who did something to a record of others; they may go on to say so."""


def with_work(
    session: Session, person_ids: Collection[int], *, besides: Collection[str] = ()
) -> set[int]:
    """Which of them something of their own refers to, whatever feature it belongs to.

    ``besides`` names tables that the caller takes care of.
    """
    found: set[int] = set()
    ids = sorted(person_ids)
    for column in _columns(besides):
        for start in range(0, len(ids), 500):
            batch = ids[start : start + 500]
            found |= set(session.scalars(select(column).distinct().where(column.in_(batch))))
    signed_up = select(Person.id).where(Person.campus_subject.is_not(None))
    return found | (set(session.scalars(signed_up)) & set(ids))


def join(session: Session, other: Person, person: Person, *, actor: Actor) -> None:
    """``other`` goes on as ``person``; what is left of it names nobody to look up."""
    session.flush()
    for name, once in MOVES.items():
        _move(session, Base.metadata.tables[name], once, other.id, person.id)
    other.email = other.sis_id = None
    session.flush()
    audit.record(session, "person:join", person, actor=actor, other=other.id)
    session.expire_all()


def _move(session: Session, table: sa.Table, once: str, source: int, target: int) -> None:
    if once:
        others = table.alias()
        there = select(others.c[once]).where(others.c.person_id == target)
        doubled = (table.c.person_id == source) & table.c[once].in_(there)
        session.execute(delete(table).where(doubled))
    session.execute(update(table).where(table.c.person_id == source).values(person_id=target))


def _columns(besides: Collection[str]) -> list[sa.Column[int]]:
    return [
        key.parent
        for table in Base.metadata.sorted_tables
        if table.name not in MOVES and table.name not in besides
        for key in table.foreign_keys
        if key.column.table.name == "person" and key.parent.name not in NAMED_ONLY
    ]
