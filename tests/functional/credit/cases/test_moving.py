"""A project goes to another case of the student: staff ask, the other instructor signs."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.errors import NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.cases import inputs, move_queries, moving
from credit.cases.choice import Choice
from credit.cases.deciding import decide
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement, DecisionOutcome
from credit.cases.move_models import MoveState
from tests.factories import case_life
from tests.functional.credit.cases.two_courses import WHY, Two, current, two_courses

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def two(session: Session) -> Two:
    return two_courses(session)


def counted(session: Session, case: CreditCase) -> int:
    return inputs.load_one(session, case).sum_with().total_minutes // 60


def test_until_it_is_signed_it_counts_where_it_was_and_then_only_there(
    session: Session, two: Two
) -> None:
    move = two.ask(session)
    assert counted(session, two.case) == 72

    receiving = two.sign(session, move)

    assert receiving.course_id == two.there.course.id
    assert (counted(session, two.case), counted(session, receiving)) == (48, 24)
    assert current(session, two.projects[1]) == [receiving.id]
    left = session.scalars(
        select(CreditCasePlacement).where(CreditCasePlacement.moved_at.is_not(None))
    ).one()
    assert (left.credit_case_id, left.moved_to_id) == (two.case.id, receiving.id)
    assert two.projects[1].course_id == two.there.course.id
    # Sent twice, it is one signature.
    assert two.sign(session, move).id == receiving.id
    assert receiving.state == CaseState.READY


def test_the_original_enrollment_counts_for_what_was_carried_over(
    session: Session, two: Two
) -> None:
    case_life.enrolled(session, two.case, added_on=date(2026, 8, 24))
    receiving = two.sign(session, two.ask(session))
    case_life.enrolled(session, receiving, crn="20555", added_on=date(2026, 12, 1))

    assert counted(session, receiving) == 24


def test_a_project_goes_back_to_where_it_began(session: Session, two: Two) -> None:
    case_life.enrolled(session, two.case, added_on=date(2026, 8, 24))
    there = two.sign(session, two.ask(session))
    case_life.enrolled(session, there, crn="20555", added_on=date(2026, 8, 3))
    back = moving.ask(
        session, there, two.projects[1].public_id, two.here.course,
        actor=two.as_staff, reason=WHY,
    )  # fmt: skip
    moving.accept(session, back, actor=two.here.as_instructor)

    assert current(session, two.projects[1]) == [two.case.id]
    assert counted(session, two.case) == 72
    days = [part.input.enrolled_on for part in inputs.load_one(session, two.case).parts]
    assert days == [None, date(2026, 8, 24)]
    again = two.ask(session)
    assert again.from_course_id == two.here.course.id


def test_only_staff_ask_and_only_the_receiving_instructor_signs(
    session: Session, two: Two
) -> None:
    with pytest.raises(NotPermitted, match="Only career staff"):
        moving.ask(
            session, two.case, two.projects[1].public_id, two.there.course,
            actor=two.here.as_instructor, reason=WHY,
        )  # fmt: skip
    move = two.ask(session)
    with pytest.raises(NotPermitted, match="the instructor of the other course"):
        moving.accept(session, move, actor=two.here.as_instructor)
    with pytest.raises(NotPermitted):
        moving.accept(session, move, actor=two.as_staff)
    moving.decline(session, move, actor=two.there.as_instructor, reason="Another field.")
    assert (move.state, current(session, two.projects[1])) == (
        MoveState.DECLINED, [two.case.id],
    )  # fmt: skip


def test_what_was_decided_meanwhile_does_not_move(session: Session, two: Two) -> None:
    move = two.ask(session)
    choice = Choice(DecisionOutcome.DENIED, comment="Not of this field.")
    decide(session, two.case, choice, actor=two.here.as_instructor)

    with pytest.raises(NotPossible, match="The case is denied"):
        two.sign(session, move)
    assert current(session, two.projects[1]) == [two.case.id]


def test_two_of_the_staff_ask_once(session: Session, two: Two) -> None:
    two.ask(session)
    with pytest.raises(NotPossible, match="waits for the signature"):
        two.ask(session)


def test_a_concluded_course_takes_nothing_up(session: Session, two: Two) -> None:
    move = two.ask(session)
    two.there.course.concluded_at = two.case.opened_at
    with pytest.raises(NotPossible, match="concluded"):
        two.sign(session, move)


def test_the_database_keeps_a_project_in_one_case(session: Session, two: Two) -> None:
    other = two.sign(session, two.ask(session))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(
            CreditCasePlacement(credit_case_id=other.id, placement_id=two.projects[0].id)
        )
        session.flush()


@pytest.mark.parametrize(
    ("carry_terms", "later", "says"),
    [
        (0, "fall", ""),
        (0, "spring", "in its own term only"),
        (1, "spring", ""),
        (1, "summer", "in the next term, too"),
    ],
)
def test_work_goes_as_far_as_the_policy_carries_it(
    session: Session, carry_terms: int, later: str, says: str
) -> None:
    two = two_courses(session, later=later, carry_terms=carry_terms)
    if says:
        with pytest.raises(NotPossible, match=says):
            two.ask(session)
    else:
        assert two.ask(session).state == MoveState.ASKED


def test_a_course_without_a_term_is_not_checkable(session: Session, two: Two) -> None:
    two.there.course.term_id = None
    session.flush()
    session.refresh(two.there.course)
    with pytest.raises(NotPossible, match="not known; the policy cannot be checked"):
        two.ask(session)


def test_the_other_course_sees_no_move_that_is_not_its_own(session: Session, two: Two) -> None:
    move = two.ask(session)
    stranger = two.here.actor(two.here.instructor, CourseRole.ASSISTANT)
    found = seen_by(session, stranger)
    assert found == [move.id]  # it leads away from a course that they look after
    elsewhere = case_life.second_course(session, two.here, "HIST-200")
    assert seen_by(session, elsewhere.as_instructor) == []


def seen_by(session: Session, actor: Actor) -> list[int]:
    return [move.id for move in session.scalars(move_queries.visible_to(actor))]
