"""Who has left a course: by what the registrar says, and by what the rosters say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import CourseMember
from careerlink.enrollments import terms_of_students
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term
from credit.cases.models import CaseState, CreditCase

CAN_BE_LEFT = (CaseState.OPEN, CaseState.READY, CaseState.IN_APPROVAL, CaseState.RETURNED)
"""Undecided ones. A decision stands also when a roster no longer lists the student, as it
does for everybody once the term is over, and an appeal is about a decision."""


@dataclass(frozen=True)
class Departure:
    on: date
    """By the campus's calendar."""
    is_by_registrar: bool = False
    is_withdrawn: bool = False
    """The registrar marked it so."""


def departures(session: Session, cases: Sequence[CreditCase]) -> Mapping[int, Departure]:
    """By case id. Either source is enough; the registrar's day goes before the roster's."""
    people = {case.person_id for case in cases}
    courses = {case.course_id for case in cases}
    enrolled: dict[tuple[int, int], list[Enrollment]] = {}
    for row in session.scalars(
        select(Enrollment).where(
            Enrollment.course_id.in_(courses), Enrollment.person_id.in_(people)
        )
    ):
        enrolled.setdefault((row.course_id, row.person_id), []).append(row)
    gone = {
        (member.course_id, member.person_id): member
        for member in session.scalars(
            select(CourseMember).where(
                CourseMember.course_id.in_(courses),
                CourseMember.person_id.in_(people),
                CourseMember.dropped_at.is_not(None),
            )
        )
    }
    ends = _term_ends(session, cases)
    found = {}
    for case in cases:
        key = (case.course_id, case.person_id)
        left = _by_registrar(case, enrolled.get(key, ()))
        left = left or _by_roster(case, gone.get(key), ends.get(key))
        if left is not None:
            found[case.id] = left
    return found


def of_case(session: Session, case: CreditCase) -> Departure | None:
    return departures(session, [case]).get(case.id)


def may_have_changed() -> ColumnElement[bool]:
    """In the database's words, a little wider than ``departures``: whom to look at again."""
    of_student = and_(
        Enrollment.course_id == CreditCase.course_id,
        Enrollment.person_id == CreditCase.person_id,
    )
    # Of the campuses the easternmost are a day ahead of UTC.
    latest = clock.now().date() + timedelta(days=1)
    by_registrar = and_(
        exists().where(of_student, Enrollment.dropped_on <= latest),
        ~exists().where(of_student, Enrollment.dropped_on.is_(None)),
    )
    by_roster = exists().where(
        CourseMember.course_id == CreditCase.course_id,
        CourseMember.person_id == CreditCase.person_id,
        CourseMember.dropped_at.is_not(None),
    )
    left = or_(by_registrar, by_roster)
    return or_(
        and_(CreditCase.state.in_(CAN_BE_LEFT), left),
        and_(CreditCase.state == CaseState.DROPPED, ~left),
    )


def _by_registrar(case: CreditCase, rows: Sequence[Enrollment]) -> Departure | None:
    """Of several enrollments in one course the last one that ended."""
    ended = [(row.dropped_on, row.is_withdrawn) for row in rows if row.dropped_on is not None]
    if not ended or len(ended) < len(rows):
        return None
    day, is_withdrawn = max(ended)
    if day > _today(case):
        return None
    return Departure(day, is_by_registrar=True, is_withdrawn=is_withdrawn)


def _by_roster(
    case: CreditCase, member: CourseMember | None, term_ends_on: date | None
) -> Departure | None:
    if member is None or member.dropped_at is None:
        return None
    day = member.dropped_at.astimezone(_zone(case)).date()
    # Canvas and Moodle end the enrollments of a whole class when its term is over.
    if term_ends_on is not None and day > term_ends_on:
        return None
    return Departure(day)


def _term_ends(
    session: Session, cases: Sequence[CreditCase]
) -> Mapping[terms_of_students.Place, date]:
    """By course and person."""
    taken = [(case.course, case.person_id) for case in cases]
    found = terms_of_students.term_ids(session, taken)
    rows = session.execute(select(Term.id, Term.ends_on).where(Term.id.in_({*found.values()})))
    ends = {row.id: row.ends_on for row in rows}
    return {place: ends[term_id] for place, term_id in found.items()}


def _today(case: CreditCase) -> date:
    return clock.today(case.course.institution.time_zone)


def _zone(case: CreditCase) -> ZoneInfo:
    return ZoneInfo(case.course.institution.time_zone)
