"""A project goes to another case of the student: staff ask, the other instructor signs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.errors import NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.cases import inputs, move_queries, moving
from credit.cases.choice import Choice
from credit.cases.deciding import decide
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement, DecisionOutcome
from credit.cases.move_models import CreditCaseMove, MoveState
from tests.factories import case_life, cases
from tests.factories.evaluated import evaluate
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("app")
WHY = "The spring course covers the same field."


@dataclass
class Two:
    """A student with two projects in one course, who is in a second course, too."""

    here: cases.Class
    there: cases.Class
    case: CreditCase
    projects: list[Placement]
    staff: Person

    @property
    def as_staff(self) -> Actor:
        return case_life.as_staff(self.staff)

    def ask(self, session: Session) -> CreditCaseMove:
        return moving.ask(
            session,
            self.case,
            self.projects[1].public_id,
            self.there.course,
            actor=self.as_staff,
            reason=WHY,
        )

    def sign(self, session: Session, move: CreditCaseMove) -> CreditCase:
        return moving.accept(session, move, actor=self.there.as_instructor)


def two_courses(session: Session, *, later: str = "fall", carry_terms: int = 1) -> Two:
    here = cases.school_class(session, within_term=True, carry_terms=carry_terms)
    there = case_life.second_course(session, here)
    fall = case_life.term(session, here)
    case_life.in_term(session, here, fall)
    for season in ("spring", "summer"):
        made = case_life.term(session, here, season)
        if season == later:
            case_life.in_term(session, there, made)
    if later == "fall":
        case_life.in_term(session, there, fall)
    who = cases.student(session, here)
    case_life.also_in(session, there, who)
    made_here = [cases.project(session, here, who, minutes=m * 60) for m in (48, 24)]
    for placement in made_here:
        case = cases.open_case(session, placement)
        cases.complete(session, placement)
        evaluate(session, placement)
    moving.settle(session, case)
    return Two(here, there, case, made_here, cases.staff(session, here))


@pytest.fixture
def two(session: Session) -> Two:
    return two_courses(session)


def current(session: Session, placement: Placement) -> list[int]:
    return list(
        session.scalars(
            select(CreditCasePlacement.credit_case_id).where(
                CreditCasePlacement.placement_id == placement.id,
                CreditCasePlacement.moved_at.is_(None),
            )
        )
    )


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


def test_from_the_office_to_the_signature(
    app: Flask, database: Database, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        two = two_courses(session)
    staff = cases.sign_in(visitors(), database, two.staff, {})
    here, there = two.here, two.there
    other = there.signed_in(visitors(), database, there.instructor, CourseRole.INSTRUCTOR)

    page = staff.get(here.address(two.case, "/projects"))
    assert "2 projects in this case" in page.text
    asking = staff.get(here.address(two.case, f"/projects/{two.projects[1].public_id}/move"))
    asked = asking.submit("Ask for the signature", {"Why": WHY})
    assert "Nothing changes until the other instructor signs" in asked.text

    home = other.get(there.address(part="/"))
    signing = home.follow("Look at the move")
    assert WHY in signing.text
    assert "With the project" in signing.text
    packet = signing.submit("Sign and take it up")
    assert packet.page_id == "cases.packet"
    with database.read() as session:
        receiving = session.scalars(
            select(CreditCase).where(CreditCase.course_id == there.course.id)
        ).one()
        assert current(session, two.projects[1]) == [receiving.id]
        assert session.scalar(select(func.count()).select_from(CreditCaseMove)) == 1
    teacher = here.signed_in(visitors(), database, here.instructor, CourseRole.INSTRUCTOR)
    left = teacher.get(here.address(two.case))
    assert "counts in ECON-391 Field Work since" in left.text
    student = here.signed_in(visitors(), database, here.students[0], CourseRole.STUDENT)
    assert "counts in ECON-391" in student.get(here.address(part="/credit")).text


def test_the_other_course_sees_no_move_that_is_not_its_own(session: Session, two: Two) -> None:
    move = two.ask(session)
    stranger = two.here.actor(two.here.instructor, CourseRole.ASSISTANT)
    found = seen_by(session, stranger)
    assert found == [move.id]  # it leads away from a course that they look after
    elsewhere = case_life.second_course(session, two.here, "HIST-200")
    assert seen_by(session, elsewhere.as_instructor) == []


def seen_by(session: Session, actor: Actor) -> list[int]:
    return [move.id for move in session.scalars(move_queries.visible_to(actor))]
