"""A registrar's list is read, and compared with what is known, before anything counts."""

from collections.abc import Sequence
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


def keep(
    session: Session, read: ReadFile, *, actor: Actor, file_name: str, term: Term | None
) -> EnrollmentUpload:
    """Until somebody has looked at it. ``term`` is that of lines which name none."""
    only_staff(actor)
    upload = EnrollmentUpload(
        institution_id=actor.institution_id,
        file_name=file_name[:200],
        notes=list(read.notes),
        created_by_id=actor.person_id,
    )
    session.add(upload)
    session.flush()
    term_id = term.id if term else None
    lines = [EnrollmentUploadLine(**_values(upload.id, line, term_id)) for line in read.lines]
    _compare(session, upload, lines)
    # Written once, when it is known what they say: 60,000 updates would hold others up.
    session.execute(
        insert(EnrollmentUploadLine),
        [{name: getattr(line, name) for name in COLUMNS} for line in lines],
    )
    audit.record(session, "enrollment_upload:read", upload, actor=actor, lines=len(read.lines))
    return upload


def _values(upload_id: int, line: ReadLine, term_id: int | None) -> dict[str, Any]:
    nothing = dict.fromkeys(("level", "credits_thousandths", *_DAYS))
    return {
        "upload_id": upload_id,
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


COLUMNS = [one.key for one in EnrollmentUploadLine.__table__.columns if one.key != "id"]
_DAYS = ("added_on", "first_added_on", "dropped_on")


def compare_again(session: Session, upload: EnrollmentUpload, *, actor: Actor) -> None:
    only_staff(actor)
    lock(session, upload)
    if upload.begun_at is None:
        query = select(EnrollmentUploadLine).where(EnrollmentUploadLine.upload_id == upload.id)
        lines = session.scalars(query.order_by(EnrollmentUploadLine.line)).all()
        _compare(session, upload, lines)


def _compare(
    session: Session, upload: EnrollmentUpload, lines: Sequence[EnrollmentUploadLine]
) -> None:
    upload.counts = comparing.compare(session, upload.institution_id, lines)
    upload.state_of_lists = state_of_lists(session, upload.institution_id)
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
