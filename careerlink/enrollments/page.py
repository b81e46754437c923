"""One list as the office looks at it: what it would do, what it is doing, what it did."""

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.enrollments import applying, operations, queries, taking
from careerlink.enrollments.models import EnrollmentUpload, LineKind
from careerlink.people.actors import Actor

MISSING = "missing"
LABELS = {
    LineKind.PROBLEM: "Problems",
    LineKind.UNKNOWN_CRN: "CRN unknown",
    LineKind.NEW: "New",
    LineKind.CHANGED: "Changed",
    LineKind.WAITING: "Student unknown",
    LineKind.SAME: "The same",
    LineKind.LEFT_OUT: "Left out",
}
"""In the order in which somebody should look at them."""


def values(
    session: Session, upload: EnrollmentUpload, *, actor: Actor, kind: str, after: str | None
) -> dict[str, Any]:
    counts = upload.counts
    if not upload.is_compared:
        return {
            "upload": upload,
            "is_open": False,
            "is_in_the_works": True,
            "lines": None,
            "missing": None,
        }
    is_open = upload.begun_at is None
    missing, missing_page = queries.missing(session, upload, after if kind == MISSING else None)
    shown = kind if kind in {*LABELS, MISSING} else _first(counts)
    lines = None
    if shown != MISSING:
        lines = queries.lines(session, upload, LineKind(shown), after)
    is_old = is_open and upload.state_of_lists != operations.state_of_lists(
        session, upload.institution_id
    )
    return {
        "upload": upload,
        "counts": counts,
        "is_open": is_open,
        "is_old": is_old,
        "is_in_the_works": upload.begun_at is not None and upload.taken_at is None,
        "todo": _todo(counts),
        "asks_back": taking.asks_back(upload),
        "shown": shown,
        "lines": lines,
        "missing": missing_page if shown == MISSING else None,
        "filters": _filters(upload, counts, missing, shown),
        "unknown": queries.unknown_numbers(session, upload) if is_open else [],
        "is_staff": actor.is_staff,
        "by_worker": is_open and _todo(counts) > taking.AT_ONCE,
    }


def _todo(counts: dict[str, int]) -> int:
    return sum(counts.get(one.value, 0) for one in applying.TAKEN)


def _first(counts: dict[str, int]) -> str:
    return next((kind.value for kind in LABELS if counts.get(kind.value)), LineKind.NEW.value)


def _filters(
    upload: EnrollmentUpload, counts: dict[str, int], missing: int, shown: str
) -> list[dict[str, Any]]:
    every = [(kind.value, label, counts.get(kind.value, 0)) for kind, label in LABELS.items()]
    every.append((MISSING, "Not in the file", missing))
    return [
        {
            "label": label,
            "count": count,
            "current": kind == shown,
            "url": url_for("enrollments.show", upload_id=upload.public_id, kind=kind),
        }
        for kind, label, count in every
        if count or kind == shown
    ]
