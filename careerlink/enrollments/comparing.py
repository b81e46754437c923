"""What some lines of a file would change: each of them, against what is known now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import CourseSection
from careerlink.enrollments import doubles, facts
from careerlink.enrollments.models import (
    Enrollment,
    EnrollmentUpload,
    EnrollmentUploadLine,
    LineKind,
)
from careerlink.enrollments.numbers import Numbers
from careerlink.institutions.models import Term
from careerlink.people import sis_ids

ENROLLED = (
    Enrollment.course_id,
    Enrollment.person_id,
    Enrollment.crn,
    Enrollment.term_id,
    *(getattr(Enrollment, name) for name in facts.NAMES),
)
"""Plain columns: of a long list their records would take most of the time."""


class Known:
    """People, numbers and enrollments that some lines of one file speak of."""

    def __init__(
        self, session: Session, institution_id: int, lines: Sequence[EnrollmentUploadLine]
    ) -> None:
        self.numbers = Numbers(
            session,
            institution_id,
            terms={line.term_id for line in lines if line.term_id},
            crns={line.crn for line in lines},
        )
        self.people = sis_ids.people_with(
            session, institution_id, {line.sis_id for line in lines}
        )
        self.enrollments: dict[tuple[int, int, str], Any] = {}
        self.terms: dict[int, str] = {}

    def load(self, session: Session, lines: Sequence[EnrollmentUploadLine]) -> None:
        rows = session.execute(
            select(*ENROLLED, CourseSection.name.label("section"))
            .join(CourseSection, CourseSection.id == Enrollment.section_id, isouter=True)
            .where(
                Enrollment.course_id.in_({line.course_id for line in lines}),
                Enrollment.person_id.in_({line.person_id for line in lines}),
            )
        )
        self.enrollments = {(row.course_id, row.person_id, row.crn): row for row in rows}
        ids = {one.term_id for one in (*lines, *self.enrollments.values())}
        terms = session.execute(select(Term.id, Term.name).where(Term.id.in_(ids)))
        self.terms = {row.id: row.name for row in terms}


def compare(
    session: Session, upload: EnrollmentUpload, lines: Sequence[EnrollmentUploadLine]
) -> None:
    """Say of each line what it would do.

    A line whose cells are no good stays a problem: only another file mends it.
    """
    good = [line for line in lines if not line.is_unreadable]
    twice = doubles.found(session, upload.id, [line.line for line in good])
    known = Known(session, upload.institution_id, good)
    for line in good:
        _place(line, known)
        if line.line in twice and line.kind != LineKind.PROBLEM:
            _refuse(line, twice[line.line])
    new = [line for line in good if line.kind == LineKind.NEW]
    known.load(session, new)
    for line in new:
        _weigh(line, known)


def counted(session: Session, upload: EnrollmentUpload) -> dict[str, int]:
    """Lines of each kind; drops, and who is in these courses now, as their measure."""
    line = EnrollmentUploadLine
    kinds = session.execute(
        select(line.kind, func.count()).where(line.upload_id == upload.id).group_by(line.kind)
    )
    drops = select(func.count()).where(line.upload_id == upload.id, line.drops)
    courses = select(line.course_id).where(
        line.upload_id == upload.id, line.course_id.is_not(None)
    )
    enrolled = select(func.count()).where(
        Enrollment.course_id.in_(courses.distinct()), Enrollment.dropped_on.is_(None)
    )
    return {
        **{kind.value: number for kind, number in kinds},
        "drops": session.scalar(drops) or 0,
        "enrolled": session.scalar(enrolled) or 0,
    }


def _place(line: EnrollmentUploadLine, known: Known) -> None:
    """Which course and which person; what can be weighed is NEW until it is."""
    line.course_id = line.person_id = None
    line.problem, line.changes, line.drops, line.kind = "", [], False, LineKind.PROBLEM
    if line.term_id is None:
        line.problem = (
            f"“{line.term_name}” is no term of ours. Enter it under Terms, or mend the file."
            if line.term_name
            else "The line names no term. Bring the list in again and choose its term."
        )
        return
    meaning = known.numbers.meaning((line.term_id, line.crn), line.course_name)
    if meaning.is_left_out:
        line.kind = LineKind.LEFT_OUT
        return
    if meaning.course_id is None:
        line.kind = LineKind.UNKNOWN_CRN
        claims = " and ".join(course.name for course in meaning.claimed_by)
        line.problem = f"{claims} both fit this CRN. Say which it is." if claims else ""
        return
    other = known.numbers.named_otherwise(meaning.course_id, line.course_name, line.term_id)
    if other is not None:
        here = known.numbers.courses[meaning.course_id]
        line.problem = f"CRN {line.crn} is {here.name} here; this line says {other.name}."
        return
    line.course_id = meaning.course_id
    _find_person(line, known)


def _find_person(line: EnrollmentUploadLine, known: Known) -> None:
    people = known.people.get(line.sis_id, [])
    if len(people) > 1:
        line.problem = (
            f"{len(people)} people in CareerLink have the id {line.sis_id}. "
            "Their accounts have to be put together first."
        )
    elif people:
        line.kind, line.person_id = LineKind.NEW, people[0]
    else:
        line.kind = LineKind.WAITING


def _refuse(line: EnrollmentUploadLine, problem: str) -> None:
    line.kind, line.problem = LineKind.PROBLEM, problem


def _weigh(line: EnrollmentUploadLine, known: Known) -> None:
    row = known.enrollments.get((line.course_id or 0, line.person_id or 0, line.crn))
    wrong = facts.contradiction(row, line)
    if wrong:
        _refuse(line, wrong)
    elif row is not None:
        changes = list(facts.differences(row, line))
        if line.section and line.section != (row.section or ""):
            changes.append(("section", row.section or "", line.section))
        if facts.is_of_another_term(row, line):
            changes.insert(
                0, ("term", known.terms[row.term_id], known.terms[line.term_id or 0])
            )
        line.kind = LineKind.CHANGED if changes else LineKind.SAME
        line.changes = [facts.in_words(change) for change in changes]
        line.drops = row.dropped_on is None and line.dropped_on is not None
