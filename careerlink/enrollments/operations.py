"""A registrar's list is read, and compared with what is known, before anything counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.enrollments import comparing
from careerlink.enrollments.models import (
    EnrollmentUpload,
    EnrollmentUploadLine,
    LineKind,
)
from careerlink.enrollments.reading import ReadFile, ReadLine
from careerlink.errors import NotPermitted
from careerlink.institutions.models import Institution, Term
from careerlink.people.actors import Actor


@dataclass(frozen=True)
class Compared:
    """Lines not kept yet. Comparing 60,000 takes a while, and holds up nobody who writes."""

    lines: Sequence[EnrollmentUploadLine]
    counts: dict[str, int]
    state_of_lists: str


def compare(session: Session, read: ReadFile, *, actor: Actor, term: Term | None) -> Compared:
    """``term`` is that of lines which name none."""
    only_staff(actor)
    # Asked first: a list that is taken over meanwhile makes this comparison an old one.
    state = state_of_lists(session, actor.institution_id)
    term_id = term.id if term else None
    lines = [EnrollmentUploadLine(**_values(line, term_id)) for line in read.lines]
    counts = comparing.compare(session, actor.institution_id, lines)
    return Compared(lines, counts, state)


def keep(
    session: Session, read: ReadFile, compared: Compared, *, actor: Actor, file_name: str
) -> EnrollmentUpload:
    """Until somebody has looked at it."""
    only_staff(actor)
    upload = EnrollmentUpload(
        institution_id=actor.institution_id,
        file_name=file_name[:200],
        notes=list(read.notes),
        counts=compared.counts,
        state_of_lists=compared.state_of_lists,
        created_by_id=actor.person_id,
    )
    session.add(upload)
    session.flush()
    session.execute(
        insert(EnrollmentUploadLine),
        [
            {name: getattr(line, name) for name in COLUMNS} | {"upload_id": upload.id}
            for line in compared.lines
        ],
    )
    audit.record(session, "enrollment_upload:read", upload, actor=actor, lines=len(read.lines))
    return upload


def _values(line: ReadLine, term_id: int | None) -> dict[str, Any]:
    nothing = dict.fromkeys(("level", "credits_thousandths", *_DAYS))
    return {
        "line": line.line,
        "kind": LineKind.PROBLEM,
        "problem": line.problem,
        "is_unreadable": bool(line.problem),
        "sis_id": line.sis_id,
        "crn": line.crn[:32],
        "section": line.section,
        "course_name": line.course_name,
        "term_name": line.term,
        "term_id": None if line.term else term_id,
        "told": line.told,
        "changes": [],
        "program": "",
        "is_withdrawn": False,
        "drops": False,
        "is_done": False,
        **nothing,
        **line.facts,
    }


COLUMNS = [
    one.key
    for one in EnrollmentUploadLine.__table__.columns
    if one.key not in ("id", "upload_id")
]
_DAYS = ("added_on", "first_added_on", "dropped_on")


def compare_again(session: Session, upload: EnrollmentUpload, *, actor: Actor) -> None:
    only_staff(actor)
    lock(session, upload)
    if upload.begun_at is None:
        query = select(EnrollmentUploadLine).where(EnrollmentUploadLine.upload_id == upload.id)
        lines = session.scalars(query.order_by(EnrollmentUploadLine.line)).all()
        upload.state_of_lists = state_of_lists(session, upload.institution_id)
        upload.counts = comparing.compare(session, upload.institution_id, lines)
        session.flush()


def state_of_lists(session: Session, institution_id: int) -> str:
    """Another one whenever some list was taken over, or has gone further."""
    last, lines = session.execute(
        select(func.max(EnrollmentUpload.id), func.sum(EnrollmentUpload.lines_done)).where(
            EnrollmentUpload.institution_id == institution_id,
            EnrollmentUpload.begun_at.is_not(None),
        )
    ).one()
    return f"{last or 0}-{lines or 0}"


def lock(session: Session, upload: EnrollmentUpload) -> None:
    """One list of an institution at a time: what one takes over, the next has to compare."""
    here = Institution.id == upload.institution_id
    # FOR NO KEY UPDATE: rows that only refer to the institution go on being written.
    session.execute(select(Institution.id).where(here).with_for_update(key_share=True))
    session.refresh(upload, ["begun_at", "counts", "lines_done", "state_of_lists", "taken_at"])


def only_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotPermitted("Only career staff take over the registrar's lists.")
