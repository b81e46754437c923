"""The same student twice in one section: once is enough if both lines say the same."""

from collections.abc import Collection

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from careerlink.enrollments import facts
from careerlink.enrollments.models import EnrollmentUploadLine

SAID = (*facts.NAMES, "section", "course_name")
LINE = EnrollmentUploadLine.__table__.alias("line")
OTHER = EnrollmentUploadLine.__table__.alias("other")
SAME_STUDENT = and_(
    OTHER.c.upload_id == LINE.c.upload_id,
    OTHER.c.crn == LINE.c.crn,
    OTHER.c.sis_id == LINE.c.sis_id,
    OTHER.c.term_id == LINE.c.term_id,
    OTHER.c.is_unreadable.is_(False),
)
BEFORE = select(OTHER.c.line).where(SAME_STUDENT).order_by(OTHER.c.line).limit(1)
FIRST = select(LINE.c.line, BEFORE.correlate(LINE).scalar_subquery()).where(
    LINE.c.upload_id == bindparam("upload_id"),
    LINE.c.line.in_(bindparam("lines", expanding=True)),
    LINE.c.term_id.is_not(None),
)
"""Of each line the one that speaks first of the same student in the same section."""
CONTRADICTED = (
    select(LINE.c.line, func.min(OTHER.c.line))
    .join(
        OTHER,
        and_(
            SAME_STUDENT,
            OTHER.c.line > LINE.c.line,
            or_(*(LINE.c[name].is_distinct_from(OTHER.c[name]) for name in SAID)),
        ),
    )
    .where(
        LINE.c.upload_id == bindparam("upload_id"),
        LINE.c.line.in_(bindparam("lines", expanding=True)),
    )
    .group_by(LINE.c.line)
)
"""Lines that a later one contradicts, with that one."""


def found(session: Session, upload_id: int, lines: Collection[int]) -> dict[int, str]:
    """Of some lines, by number, what is wrong with those that stand in the file once more."""
    first = _asked(session, FIRST, upload_id, lines)
    against = _asked(session, CONTRADICTED, upload_id, set(first.values()))
    problems = {}
    for line, before in first.items():
        other = against.get(before)
        if other is not None:
            problems[line] = _different(line, before, other)
        elif before != line:
            problems[line] = f"The same as line {before}; that one counts."
    return problems


def _asked(
    session: Session, query: Select[int, int], upload_id: int, lines: Collection[int]
) -> dict[int, int]:
    rows = session.execute(query, {"upload_id": upload_id, "lines": list(lines)})
    return {row[0]: row[1] for row in rows}


def _different(line: int, first: int, other: int) -> str:
    if line not in (first, other):
        return f"Lines {first} and {other} say different things of the same student."
    said_by = other if line == first else first
    return f"Line {said_by} says something else of the same student."
