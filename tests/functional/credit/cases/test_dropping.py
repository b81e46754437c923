"""A drop closes or marks the case by the census, and a return undoes it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from credit.approvals.roles import ApproverRole
from credit.cases import census, inputs, keeping, life_steps, queue
from credit.cases.census import Leaving
from credit.cases.choice import Choice
from credit.cases.deciding import decide
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement, DecisionOutcome
from credit.cases.wanted import Filter, Wanted
from tests.factories import case_life, cases
from tests.factories.school import sign_in
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("app")


def shown(session: Session, case: CreditCase) -> Leaving | None:
    facts = inputs.load_one(session, case)
    gone = facts.departure
    return census.of_case(session, case, is_withdrawn=gone is not None and gone.is_withdrawn)


def out_of_sight(session: Session, of: cases.Class) -> list[int]:
    gone = select(CreditCase.id).where(census.is_out_of_sight(of.course))
    return list(session.scalars(gone))


def listed(session: Session, of: cases.Class, text: str) -> int:
    wanted = Wanted(chosen=Filter.ALL, text=text)
    found = queue.read(session, of.as_instructor, of.course, wanted)
    return len(found.rows)


def test_who_is_marked_as_withdrawn_stays_in_sight_whatever_the_day(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    case_life.in_term(session, of, case_life.term(session, of, census_on=case_life.CENSUS))
    gone = {"dropped_on": case_life.CENSUS, "is_withdrawn": True}
    case_life.enrolled(session, case, **gone)
    keeping.settle_case(session, case)

    assert case.state == CaseState.DROPPED
    assert out_of_sight(session, of) == []


def test_by_the_census_the_case_closes_quietly_and_after_it_shows_as_withdrawn(
    session: Session,
) -> None:
    of = cases.school_class(session)
    case_life.in_term(session, of, case_life.term(session, of, census_on=case_life.CENSUS))
    case = cases.ready_case(session, of)
    row = case_life.enrolled(session, case, dropped_on=case_life.CENSUS)

    assert keeping.sweep(session) == 1
    assert (case.state, case.dropped_on) == (CaseState.DROPPED, case_life.CENSUS)
    assert shown(session, case) == Leaving.CLOSED
    assert out_of_sight(session, of) == [case.id]
    assert [listed(session, of, text) for text in ("", "Okafor")] == [0, 1]

    # The registrar corrects the day: the mark follows, and nothing else moves.
    row.dropped_on = date(2026, 9, 12)
    session.flush()
    keeping.when_enrollment_changes(session, of.course, [case.person_id])
    assert shown(session, case) == Leaving.WITHDRAWN
    assert out_of_sight(session, of) == []
    assert session.scalars(select(CreditCasePlacement)).all() != []

    row.dropped_on = None
    session.flush()
    keeping.when_enrollment_changes(session, of.course, [case.person_id])
    assert (case.state, case.dropped_on, case.dropped_from) == (CaseState.READY, None, None)


def test_without_a_census_day_nothing_is_assumed(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    cases.drop(session, of, of.students[0])
    keeping.sweep(session)

    assert shown(session, case) == Leaving.UNKNOWN
    assert "needs the term’s census day" in census.words(session, case)
    assert out_of_sight(session, of) == []


def test_a_course_without_a_term_asks_that_of_the_enrollment(session: Session) -> None:
    of = cases.school_class(session)
    term = case_life.term(session, of, census_on=case_life.CENSUS)
    case = cases.ready_case(session, of)
    row = case_life.enrolled(session, case, dropped_on=case_life.CENSUS, term_id=term.id)
    keeping.sweep(session)

    assert shown(session, case) == Leaving.CLOSED
    assert out_of_sight(session, of) == [case.id]
    row.term_id = None
    session.flush()
    assert shown(session, case) == Leaving.UNKNOWN
    assert out_of_sight(session, of) == []


def test_a_policy_that_keeps_cases_in_sight_says_so(session: Session) -> None:
    of = cases.school_class(session, census_rule="keep")
    case_life.in_term(session, of, case_life.term(session, of, census_on=case_life.CENSUS))
    case = cases.ready_case(session, of)
    case_life.enrolled(session, case, dropped_on=case_life.CENSUS)
    keeping.sweep(session)

    assert shown(session, case) == Leaving.KEPT
    assert out_of_sight(session, of) == []


def test_a_case_with_the_chair_goes_on_there_after_a_return(session: Session) -> None:
    of = cases.school_class(session, approver_chain=("instructor", "chair"))
    case = cases.ready_case(session, of)
    decide(session, case, Choice(DecisionOutcome.APPROVED), actor=of.as_instructor)
    assert (case.state, case.step) == (CaseState.IN_APPROVAL, 2)

    cases.drop(session, of, of.students[0])
    keeping.sweep(session)
    assert (case.state, case.awaits) == (CaseState.DROPPED, None)

    cases.drop(session, of, of.students[0], back=True)
    keeping.sweep(session)
    assert (case.state, case.step) == (CaseState.IN_APPROVAL, 2)
    assert case.awaits == ApproverRole.CHAIR


def test_enrolled_twice_and_dropped_once_is_still_enrolled(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    case_life.enrolled(session, case, dropped_on=case_life.CENSUS)
    case_life.enrolled(session, case, crn="10424")

    assert keeping.sweep(session) == 0
    assert not keeping.settle_case(session, case)
    assert case.state == CaseState.READY


def test_a_drop_that_is_still_to_come_is_none(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    row = case_life.enrolled(session, case, dropped_on=date(2026, 10, 15))
    assert keeping.sweep(session) == 0

    row.dropped_on = date(2026, 10, 14)
    session.flush()
    assert keeping.sweep(session) == 1


def test_a_drop_holds_from_the_campuss_own_midnight(session: Session) -> None:
    """It is half past three in the afternoon in London, and the next day in Auckland."""
    of = cases.school_class(session)
    of.course.institution.time_zone = "Pacific/Auckland"
    case_life.enrolled(session, cases.ready_case(session, of), dropped_on=date(2026, 10, 15))

    assert keeping.sweep(session) == 1


@pytest.mark.parametrize("is_of_course", [True, False])
def test_a_roster_that_empties_after_the_term_drops_no_case(
    session: Session, is_of_course: bool
) -> None:
    of = cases.school_class(session)
    term = case_life.term(session, of)
    case = cases.ready_case(session, of)
    if is_of_course:
        case_life.in_term(session, of, term)
    else:
        case_life.enrolled(session, case, term_id=term.id)
    member = session.scalars(
        select(CourseMember).where(CourseMember.person_id == case.person_id)
    ).one()
    member.dropped_at = datetime(2026, 12, 19, 5, 1, tzinfo=UTC)
    session.flush()

    assert keeping.sweep(session) == 0

    member.dropped_at = datetime(2026, 12, 19, 4, 59, tzinfo=UTC)  # still the 18th on campus
    session.flush()
    assert keeping.sweep(session) == 1


def test_an_award_that_is_newer_than_the_drop_is_a_task_for_staff(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    desk.approve()
    with desk.database.write() as session:
        staff = cases.staff(session, desk.of)
        case = session.get_one(CreditCase, desk.case_id)
        row = case_life.enrolled(session, case, dropped_on=date(2026, 10, 13))
    assert desk.case.state == CaseState.APPROVED

    visitor = sign_in(visitors(), desk.database, staff, {})
    page = visitor.get("/office/")
    assert "Award of Maya Okafor after they had left" in page.text

    with desk.database.write() as session:
        session.merge(row).dropped_on = date(2026, 10, 15)
        found = life_steps.left_before_the_award(session, case_life.as_staff(staff))
        assert found == []


def test_student_and_instructor_read_how_it_was_left(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    with desk.database.write() as session:
        of = desk.of
        of.course = session.merge(of.course)
        made = case_life.term(session, of, census_on=case_life.CENSUS)
        case_life.in_term(session, of, made)
        case = session.get_one(CreditCase, desk.case_id)
        case_life.enrolled(session, case, dropped_on=date(2026, 10, 12))
    student = of.signed_in(visitors(), desk.database, of.students[0], CourseRole.STUDENT)
    teacher = of.signed_in(visitors(), desk.database, of.instructor, CourseRole.INSTRUCTOR)

    own = student.get(of.address(part="/credit"))
    assert "You left the course on Mon 12 Oct" in own.text
    assert "withdrawn, with a W" in own.text
    packet = teacher.get(of.address(desk.case))
    assert "Left the course on Mon 12 Oct" in packet.text
    assert "The student is no longer in the course" not in packet.buttons
