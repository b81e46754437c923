"""A file's lines are kept in parts, so that nobody who writes waits for long. Until the last
one is kept nobody looks at the list; of what broke off before nothing stays but its name."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.db import Database
from careerlink.enrollments import looking
from careerlink.enrollments.models import (
    EnrollmentUpload,
    EnrollmentUploadLine,
    LineKind,
)
from careerlink.enrollments.numbers import terms_by_name
from careerlink.enrollments.operations import only_staff
from careerlink.enrollments.reading import DAYS, ReadFile, ReadLine
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor

PART = 500
"""Lines in one transaction."""
BROKEN_OFF = timedelta(hours=1)
KEPT = timedelta(days=14)
WITHOUT_LOOKING = {"synchronize_session": False}
"""Nothing of what is deleted is in the session."""


def keep(
    database: Database, read: ReadFile, *, actor: Actor, term: Term | None, file_name: str
) -> str:
    """The list's public id. ``term`` is that of lines which name none."""
    with database.write() as session:
        upload = begin(session, read, actor=actor, file_name=file_name)
        terms = terms_in(session, actor, term)
    number = 0
    for lines in in_parts(read):
        with database.write() as session:
            add(session, upload.id, lines, terms=terms)
        number += len(lines)
    with database.write() as session:
        upload = session.get_one(EnrollmentUpload, upload.id)
        finish(session, upload, lines=number, actor=actor)
    return upload.public_id


def begin(
    session: Session, read: ReadFile, *, actor: Actor, file_name: str
) -> EnrollmentUpload:
    only_staff(actor)
    upload = EnrollmentUpload(
        institution_id=actor.institution_id,
        file_name=file_name[:200],
        notes=list(read.notes),
        created_by_id=actor.person_id,
    )
    session.add(upload)
    session.flush()
    return upload


def terms_in(session: Session, actor: Actor, term: Term | None) -> Mapping[str, int]:
    """Ids by what lines call their terms; "" is that of lines which name none."""
    known = terms_by_name(session, actor.institution_id)
    unnamed = {"": term.id} if term is not None else {}
    return {name: one.id for name, one in known.items()} | unnamed


def in_parts(read: ReadFile) -> Iterator[Sequence[ReadLine]]:
    lines = read.lines()
    while part := list(islice(lines, PART)):
        yield part


def add(
    session: Session,
    upload_id: int,
    lines: Sequence[ReadLine],
    *,
    terms: Mapping[str, int],
) -> None:
    rows = [
        {"upload_id": upload_id, "term_id": terms.get(line.term.casefold()), **_values(line)}
        for line in lines
    ]
    session.execute(insert(EnrollmentUploadLine), rows)


def finish(session: Session, upload: EnrollmentUpload, *, lines: int, actor: Actor) -> None:
    """From now on it is seen."""
    upload.lines = lines
    audit.record(session, "enrollment_upload:read", upload, actor=actor, lines=lines)
    looking.begin(session, upload)
    session.flush()


def _values(line: ReadLine) -> dict[str, Any]:
    return {
        "line": line.line,
        "kind": LineKind.PROBLEM,
        "problem": line.problem,
        "is_unreadable": bool(line.problem),
        "sis_id": line.sis_id,
        "crn": line.crn,
        "section": line.section,
        "course_name": line.course_name,
        "term_name": line.term,
        "told": line.told,
        **NOTHING_SAID,
        **line.facts,
    }


NOTHING_SAID = {
    "program": "",
    "department": "",
    "is_withdrawn": False,
    **dict.fromkeys(("level", "credits_thousandths", *DAYS)),
}


def forget(session: Session) -> int:
    """Lines go when nobody needs them any more, some at a time; what a list did stays in the
    audit trail. Of a list that broke off while it was read its name stays as long."""
    now = clock.now()
    upload = EnrollmentUpload
    broken_off = (upload.lines == 0) & (upload.created_at < now - BROKEN_OFF)
    is_idle = upload.begun_at.is_(None) | upload.taken_at.is_not(None)
    old = (upload.created_at < now - KEPT) & is_idle
    gone = session.execute(
        delete(EnrollmentUploadLine).where(
            EnrollmentUploadLine.id.in_(
                select(EnrollmentUploadLine.id)
                .join(upload, upload.id == EnrollmentUploadLine.upload_id)
                .where(broken_off | old)
                .limit(PART)
            )
        ),
        execution_options=WITHOUT_LOOKING,
    )
    with_lines = select(EnrollmentUploadLine.upload_id).where(
        EnrollmentUploadLine.upload_id == upload.id
    )
    session.execute(
        delete(upload).where(broken_off, old, ~with_lines.exists()),
        execution_options=WITHOUT_LOOKING,
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
