"""The same student twice in one section: once is enough if both lines say the same."""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from careerlink.enrollments import facts
from careerlink.enrollments.models import EnrollmentUploadLine

SAID = (*facts.NAMES, "section", "course_name")


def found(
    session: Session, upload_id: int, lines: Sequence[EnrollmentUploadLine]
) -> dict[int, str]:
    """Of some lines, by number, what is wrong with those that stand in the file once more."""
    first = _first(session, [line.id for line in lines])
    against = _contradicted(session, upload_id, set(first.values()))
    problems = {}
    for line in lines:
        before = first.get(line.id, line.line)
        other = against.get(before)
        if other is not None:
            problems[line.line] = _different(line.line, before, other)
        elif before != line.line:
            problems[line.line] = f"The same as line {before}; that one counts."
    return problems


def _different(line: int, first: int, other: int) -> str:
    if line not in (first, other):
        return f"Lines {first} and {other} say different things of the same student."
    said_by = other if line == first else first
    return f"Line {said_by} says something else of the same student."


def _first(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """By id, the line that speaks first of the same student in the same section."""
    line, same = aliased(EnrollmentUploadLine), aliased(EnrollmentUploadLine)
    before = (
        select(same.line)
        .where(
            same.upload_id == line.upload_id,
            same.crn == line.crn,
            same.sis_id == line.sis_id,
            same.term_id == line.term_id,
            same.is_unreadable.is_(False),
        )
        .order_by(same.line)
        .limit(1)
        .correlate(line)
        .scalar_subquery()
    )
    rows = session.execute(
        select(line.id, before).where(line.id.in_(ids), line.term_id.is_not(None))
    )
    return {row[0]: row[1] for row in rows}


def _contradicted(session: Session, upload_id: int, firsts: set[int]) -> dict[int, int]:
    """First lines that a later one contradicts, with that one."""
    line, other = aliased(EnrollmentUploadLine), aliased(EnrollmentUploadLine)
    rows = session.execute(
        select(line.line, func.min(other.line))
        .join(
            other,
            and_(
                other.upload_id == line.upload_id,
                other.crn == line.crn,
                other.sis_id == line.sis_id,
                other.term_id == line.term_id,
                other.line > line.line,
                other.is_unreadable.is_(False),
                or_(*(getattr(line, n).is_distinct_from(getattr(other, n)) for n in SAID)),
            ),
        )
        .where(line.upload_id == upload_id, line.line.in_(firsts))
        .group_by(line.line)
    )
    return {row[0]: row[1] for row in rows}
