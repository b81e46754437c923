"""What a file would change: each of its lines, against what is known now."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.enrollments import facts
from careerlink.enrollments.models import Enrollment, EnrollmentUploadLine, LineKind
from careerlink.enrollments.numbers import Numbers, terms_by_name
from careerlink.people.models import Person

AT_ONCE = 500
"""Ids in one question to the database."""


class Known:
    """People, numbers and enrollments that the lines of one file speak of."""

    def __init__(
        self, session: Session, institution_id: int, lines: Sequence[EnrollmentUploadLine]
    ) -> None:
        self.numbers = Numbers(
            session, institution_id, {line.term_id for line in lines if line.term_id}
        )
        self.people = people_by_sis_id(session, institution_id, {line.sis_id for line in lines})
        self.enrollments: dict[tuple[int, int, str], Enrollment] = {}

    def load(self, session: Session, course_ids: Collection[int]) -> None:
        for part in in_parts(course_ids):
            query = select(Enrollment).where(Enrollment.course_id.in_(part))
            for row in session.scalars(query.options(joinedload(Enrollment.section))):
                self.enrollments[row.course_id, row.person_id, row.crn] = row


def people_by_sis_id(
    session: Session, institution_id: int, sis_ids: Collection[str]
) -> Mapping[str, list[int]]:
    """Test users have ids of their own kind and are never meant."""
    found: dict[str, list[int]] = defaultdict(list)
    for part in in_parts(sis_ids):
        rows = session.execute(
            select(Person.sis_id, Person.id)
            .where(
                Person.institution_id == institution_id,
                Person.sis_id.in_(part),
                Person.is_test.is_(False),
            )
            .order_by(Person.id)
        )
        for sis_id, person_id in rows:
            found[str(sis_id)].append(person_id)
    return found


def in_parts(values: Iterable[Any]) -> Iterable[list[Any]]:
    rest = sorted(values)
    for start in range(0, len(rest), AT_ONCE):
        yield rest[start : start + AT_ONCE]


def compare(
    session: Session, institution_id: int, lines: Sequence[EnrollmentUploadLine]
) -> dict[str, int]:
    """Say of every line what it would do; how many there are of each kind, and of drops.

    A line whose cells are no good stays a problem: only another file mends it.
    """
    good = [line for line in lines if not line.is_unreadable]
    terms = terms_by_name(session, institution_id)
    for line in good:
        if line.term_name:
            term = terms.get(line.term_name.casefold())
            line.term_id = term.id if term is not None else None
    known = Known(session, institution_id, good)
    for line in good:
        _place(line, known)
    _refuse_doubles(good)
    known.load(session, {line.course_id for line in good if line.course_id})
    for line in good:
        if line.kind == LineKind.NEW:
            _weigh(line, known)
    counts = Counter(line.kind.value for line in lines)
    counts["drops"] = sum(line.drops for line in lines)
    counts["enrolled"] = _enrolled(known)
    return dict(counts)


def _place(line: EnrollmentUploadLine, known: Known) -> None:
    """Which course and which person; what can be weighed is NEW until it is."""
    line.course_id = line.person_id = None
    line.problem, line.changes, line.drops, line.kind = "", [], False, LineKind.PROBLEM
    if line.term_id is None:
        line.problem = "The term is not one of ours. Enter it under Terms, or mend the file."
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


def _refuse_doubles(lines: Sequence[EnrollmentUploadLine]) -> None:
    """The same student twice in one section: once is enough if both say the same."""
    first: dict[tuple[int | None, str, str], EnrollmentUploadLine] = {}
    for line in lines:
        if line.kind == LineKind.PROBLEM:
            continue
        before = first.setdefault((line.term_id, line.crn, line.sis_id), line)
        if before is line:
            continue
        if facts.of(before) == facts.of(line) and before.section == line.section:
            _refuse(line, f"The same as line {before.line}; that one counts.")
        else:
            _refuse(line, f"Line {before.line} says something else of the same student.")
            _refuse(before, f"Line {line.line} says something else of the same student.")


def _refuse(line: EnrollmentUploadLine, problem: str) -> None:
    line.kind, line.problem = LineKind.PROBLEM, problem


def _weigh(line: EnrollmentUploadLine, known: Known) -> None:
    row = known.enrollments.get((line.course_id or 0, line.person_id or 0, line.crn))
    wrong = facts.contradiction(row, line)
    if wrong:
        _refuse(line, wrong)
    elif row is not None:
        section = row.section.name if row.section is not None else ""
        changes = list(facts.differences(row, line))
        if line.section and line.section != section:
            changes.append(("section", section, line.section))
        line.kind = LineKind.CHANGED if changes else LineKind.SAME
        line.changes = [facts.in_words(change) for change in changes]
        line.drops = row.dropped_on is None and line.dropped_on is not None


def _enrolled(known: Known) -> int:
    """Who is in these courses now: the measure for how many a file takes out."""
    return sum(row.dropped_on is None for row in known.enrollments.values())
