"""What is new, changed or void against the file that was sent last. Decide nothing twice: a
case that was void and stands again is NEW."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.enrollments import terms_of_students
from careerlink.enrollments.models import EnrollmentLevel
from careerlink.institutions.models import Term
from credit.cases.models import CreditCase
from credit.registrar.models import Change, ExportScope, RegistrarExport, RegistrarRow
from credit.registrar.problems import DECIDED
from credit.registrar.reading import NEEDS, Known, read

BATCH = 500
DECIDED_FIELDS = ("credits", "outcome", "grade", "grade_basis")
"""Of a line, what the decision says; the rest is about student and course."""


@dataclass(frozen=True)
class Line:
    case_id: int
    decision_id: int
    change: Change
    content: dict[str, Any]
    decided_by: str = ""
    name_id: int | None = None
    """Where a void line repeats what was sent: the name that stood there."""


def lines(
    session: Session, term: Term, level: EnrollmentLevel, scope: ExportScope
) -> Iterator[list[Line]]:
    """In batches, by course and case: the same state gives the same lines in one order."""
    for cases in batches(session, _concerned(term, level)):
        known = read(session, cases)
        sent = last_sent(session, [case.id for case in cases], term=term, level=level)
        made = [line_of(known[case.id], sent.get(case.id), term, level) for case in cases]
        wanted = [one for one in made if one is not None]
        if scope == ExportScope.DELTA:
            wanted = [one for one in wanted if one.change != Change.SAME]
        if wanted:
            yield wanted


def line_of(
    known: Known, sent: RegistrarRow | None, term: Term, level: EnrollmentLevel
) -> Line | None:
    """``None``: nothing to tell here, or nothing until its problem is solved."""
    told = sent if sent is not None and sent.change != Change.VOID else None
    place = (known.term.id, known.level) if known.term is not None else None
    if known.decision is None or place not in (None, (term.id, level)):
        return _void(told) if told is not None else None
    if known.problems:
        # The new line has to wait; what the registrar has meanwhile must not be an old one.
        return _void(told) if told is not None and _says_otherwise(told, known) else None
    change = Change.NEW
    if told is not None:
        change = Change.SAME if told.content == known.content else Change.CHANGED
    return Line(known.case.id, known.decision.id, change, known.content, known.decision.by)


def _says_otherwise(sent: RegistrarRow, known: Known) -> bool:
    return any(sent.content.get(name) != known.content[name] for name in DECIDED_FIELDS)


def _void(sent: RegistrarRow) -> Line:
    return Line(
        sent.credit_case_id,
        sent.decision_id,
        Change.VOID,
        sent.content,
        decided_by=sent.decided_by_name.text or "",
        name_id=sent.decided_by_name_id,
    )


def last_sent(
    session: Session, case_ids: Collection[int], *, term: Term, level: EnrollmentLevel
) -> dict[int, RegistrarRow]:
    """By case, what this kind of file said last; files count once they are marked as sent."""
    rows = session.scalars(
        select(RegistrarRow)
        .where(
            RegistrarRow.id.in_(
                _newest(case_ids).where(
                    RegistrarExport.term_id == term.id, RegistrarExport.level == level
                )
            )
        )
        .options(joinedload(RegistrarRow.decided_by_name))
    )
    return {row.credit_case_id: row for row in rows}


Place = tuple[int, EnrollmentLevel]
"""Term and level: each has files of its own, and each file knows of its own kind alone."""


def told(session: Session, case_ids: Collection[int]) -> dict[int, dict[Place, RegistrarRow]]:
    """By case and place, the line that the registrar has now; void ones are left out."""
    newest = _newest(case_ids).group_by(RegistrarExport.term_id, RegistrarExport.level)
    rows = session.execute(
        select(RegistrarRow, RegistrarExport.term_id, RegistrarExport.level)
        .join(RegistrarExport, RegistrarExport.id == RegistrarRow.export_id)
        .where(RegistrarRow.id.in_(newest), RegistrarRow.change != Change.VOID)
    )
    found: dict[int, dict[Place, RegistrarRow]] = {}
    for row, term_id, level in rows:
        found.setdefault(row.credit_case_id, {})[term_id, level] = row
    return found


def _newest(case_ids: Collection[int]) -> Select[int]:
    return (
        select(func.max(RegistrarRow.id))
        .join(RegistrarExport, RegistrarExport.id == RegistrarRow.export_id)
        .where(RegistrarRow.credit_case_id.in_(case_ids), RegistrarExport.sent_at.is_not(None))
        .group_by(RegistrarRow.credit_case_id)
    )


def batches(
    session: Session, query: Select[CreditCase], size: int = BATCH
) -> Iterator[Sequence[CreditCase]]:
    """So that a whole term never stands in memory."""
    order = (CreditCase.course_id, CreditCase.id)
    after = (0, 0)
    while True:
        cases = session.scalars(
            query.where(tuple_(*order) > after).options(*NEEDS).order_by(*order).limit(size)
        ).all()
        if not cases:
            return
        after = (cases[-1].course_id, cases[-1].id)
        yield cases


def in_term(term: Term) -> ColumnElement[bool]:
    return terms_of_students.is_in(term, CreditCase.course_id, CreditCase.person_id)


def of_term(term: Term) -> Select[CreditCase]:
    return (
        select(CreditCase)
        .join(Course, Course.id == CreditCase.course_id)
        .where(CreditCase.institution_id == term.institution_id, in_term(term))
    )


def _concerned(term: Term, level: EnrollmentLevel) -> Select[CreditCase]:
    """Decided in this term, or told about in its files before."""
    told = exists().where(
        RegistrarRow.credit_case_id == CreditCase.id,
        RegistrarExport.id == RegistrarRow.export_id,
        RegistrarExport.term_id == term.id,
        RegistrarExport.level == level,
        RegistrarExport.sent_at.is_not(None),
    )
    decided = and_(in_term(term), CreditCase.state.in_(DECIDED))
    return (
        select(CreditCase)
        .join(Course, Course.id == CreditCase.course_id)
        .where(CreditCase.institution_id == term.institution_id, or_(decided, told))
    )
