"""The end of a course: read-only from then on, and opened again with a reason.

Said by the LMS or by a person. The LMS may take back what it said, not what a person said.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.audit import AuditEntry
from careerlink.courses.models import Course
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor, system
from careerlink.registry import HistoryFact

NOTHING_CHANGES = (
    "This course is concluded, so nothing changes in it any more. Its instructor or the career "
    "office can open it again."
)


def may_end(actor: Actor, course: Course) -> bool:
    """Also who may open it again: being concluded takes the deciding away, not the role."""
    inside = actor.institution_id == course.institution_id and not actor.looks_only
    standing = actor.standing(course.id)
    teaches = actor.teaches(course.id) and not standing.is_test
    if course.concluded_at is None:
        teaches = teaches and not standing.read_only
    return inside and course.joined_id is None and (teaches or actor.is_staff)


def conclude(
    session: Session,
    course: Course,
    *,
    actor: Actor,
    reason: str,
    left: Mapping[str, str] | None = None,
) -> None:
    """``left``: what was knowingly left unfinished, how many by kind. Twice is once."""
    _require(actor, course, reason)
    _lock(session, course)
    if course.concluded_at is not None:
        return
    _end(session, course, actor=actor, reason=reason, left=left)


def reopen(session: Session, course: Course, *, actor: Actor, reason: str) -> None:
    _require(actor, course, reason)
    _lock(session, course)
    if course.concluded_at is None:
        return
    _open(session, course, actor=actor, reason=reason)


def what_was_left(_session: Session, entries: Sequence[AuditEntry]) -> dict[int, HistoryFact]:
    """For the history: "Left unfinished: 9 cases, 1 appeal"."""
    found = {}
    for one in entries:
        left = one.detail.get("left") or {}
        words = ", ".join(_counted(number, kind) for kind, number in left.items())
        found[one.id] = HistoryFact((f"Left unfinished: {words}",) if words else ())
    return found


def _counted(number: str, kind: str) -> str:
    words = kind.replace("_", " ")
    return f"{number} {words.removesuffix('s') if number == '1' else words}"


def conclude_by_platform(session: Session, course: Course) -> None:
    """The LMS says that it is over, in every place that belongs to this course."""
    if course.concluded_at is None:
        _end(session, course, actor=system(course.institution_id), is_by_platform=True)


def reopen_by_platform(session: Session, course: Course) -> None:
    if course.concluded_at is not None and course.is_concluded_by_platform:
        _open(session, course, actor=system(course.institution_id))


def require_open(actor: Actor, subject: Any) -> None:
    """Deadlines go on in a concluded course: an offer ends, a reminder lapses.

    :raises NotPossible: the course of this record is concluded.
    """
    course = subject if isinstance(subject, Course) else course_of(subject)
    if course is not None and course.concluded_at is not None and not actor.is_system:
        raise NotPossible(NOTHING_CHANGES)


def course_of(subject: Any) -> Course | None:
    """The course that a record belongs to, by itself or through its placement."""
    for record in (subject, getattr(subject, "placement", None)):
        found = getattr(record, "course", None)
        if isinstance(found, Course):
            return found
    return None


def _lock(session: Session, course: Course) -> None:
    """Of two people at once the second sees what the first did."""
    session.refresh(course, ["concluded_at", "is_concluded_by_platform"], with_for_update=True)


def _require(actor: Actor, course: Course, reason: str) -> None:
    if not may_end(actor, course):
        raise NotPermitted("Only the instructor or career staff end a course.")
    if not reason.strip():
        raise InvalidInput("Give a reason; it stays in the history.", field="reason")


def _end(
    session: Session,
    course: Course,
    *,
    actor: Actor,
    reason: str = "",
    is_by_platform: bool = False,
    left: Mapping[str, str] | None = None,
) -> None:
    course.concluded_at = clock.now()
    course.is_concluded_by_platform = is_by_platform
    session.flush()
    audit.record(
        session, "course:conclude", course, actor=actor, reason=reason, left=dict(left or {})
    )


def _open(session: Session, course: Course, *, actor: Actor, reason: str = "") -> None:
    course.concluded_at, course.is_concluded_by_platform = None, False
    session.flush()
    audit.record(session, "course:reopen", course, actor=actor, reason=reason)
