"""A case opens by itself, once per student and course, under the policy of that day."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.people.actors import system
from careerlink.placements.models import PlacementState
from credit.cases import dropping, inputs, keeping, opening
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.policy import operations as policy
from credit.policy.parameters import Parameters
from tests.factories import cases, evaluated

pytestmark = pytest.mark.usefixtures("app")


def test_two_projects_are_one_case(session: Session) -> None:
    of = cases.school_class(session)
    who = cases.student(session, of)
    first = cases.project(session, of, who, minutes=20 * 60)
    second = cases.project(session, of, who, minutes=28 * 60)

    case = cases.open_case(session, first)

    assert cases.open_case(session, second) is case
    assert cases.open_case(session, second) is case
    for placement in (first, second):
        cases.complete(session, placement)
        evaluated.evaluate(session, placement)
    keeping.settle_case(session, case)
    facts = inputs.load_one(session, case)
    assert facts.sum_with().total_minutes == 48 * 60
    assert facts.sum_with().credits_thousandths == 1000
    assert case.state == CaseState.READY


def test_a_later_policy_does_not_change_an_open_case(session: Session) -> None:
    of = cases.school_class(session)
    who = cases.student(session, of)
    case = cases.open_case(session, cases.project(session, of, who))
    opened_under = case.policy_version_id

    version = policy.create_version(
        session,
        institution_id=of.course.institution_id,
        name="Micro-internship credit",
        parameters=Parameters(minutes_per_credit=6000),
        source="Catalog 2027",
        is_default=True,
        actor=system(of.course.institution_id),
    )
    policy.choose_for_course(session, of.course, version, actor=of.as_instructor)

    cases.open_case(session, cases.project(session, of, who))
    assert case.policy_version_id == opened_under
    other = cases.project(session, of, cases.student(session, of, "Noor Haddad"))
    assert cases.open_case(session, other).policy_version_id == version.id


def test_a_teacher_who_looks_as_a_student_opens_nothing(session: Session) -> None:
    of = cases.school_class(session)
    placement = cases.project(session, of, of.instructor)
    viewing = of.actor(of.instructor, CourseRole.STUDENT, read_only=True)

    assert opening.open_for(session, placement, actor=viewing) is None
    assert session.scalars(select(CreditCase)).all() == []


def test_a_test_student_opens_nothing(session: Session) -> None:
    of = cases.school_class(session)
    placement = cases.project(session, of, cases.student(session, of))
    session.scalars(
        select(CourseMember).where(CourseMember.person_id == placement.person_id)
    ).one().is_test = True

    assert opening.open_for(session, placement, actor=of.as_instructor) is None


def test_without_a_policy_the_case_opens_when_there_is_one(session: Session) -> None:
    of = cases.school_class(session, has_policy=False)
    placement = cases.project(session, of, cases.student(session, of))
    assert opening.open_for(session, placement, actor=of.as_instructor) is None
    assert opening.open_missing(session) == 0

    cases.add_policy(session, of)

    assert opening.open_missing(session) == 1
    assert opening.open_missing(session) == 0


def test_a_decided_case_takes_no_further_project(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    case.state = CaseState.APPROVED
    late = cases.project(session, of, of.students[0])

    assert opening.open_for(session, late, actor=of.as_instructor) is None
    assert opening.open_missing(session) == 0


def test_a_cancelled_project_does_not_count(session: Session) -> None:
    of = cases.school_class(session)
    placement = cases.project(session, of, cases.student(session, of))
    case = cases.open_case(session, placement)
    placement.state = PlacementState.CANCELLED

    assert inputs.load_one(session, case).parts == ()


def test_a_drop_keeps_everything_and_a_return_undoes_it(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    cases.drop(session, of, of.students[0])

    assert keeping.sweep(session) == 1
    gone = case.state
    assert session.scalars(select(CreditCasePlacement)).all() != []

    cases.drop(session, of, of.students[0], back=True)
    assert keeping.sweep(session) == 1
    assert (gone, case.state) == (CaseState.DROPPED, CaseState.READY)
    assert keeping.sweep(session) == 0


def test_a_returned_case_that_was_dropped_comes_back_returned(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    case.state, case.returned_reason = CaseState.RETURNED, "Say more."
    cases.drop(session, of, of.students[0])
    keeping.sweep(session)
    cases.drop(session, of, of.students[0], back=True)
    keeping.sweep(session)

    assert case.state == CaseState.RETURNED


def test_a_decided_case_is_not_dropped(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    case.state = CaseState.APPROVED
    cases.drop(session, of, of.students[0])

    assert keeping.sweep(session) == 0
    assert case.state == CaseState.APPROVED
    assert dropping.of_case(session, case) is not None


def test_work_that_is_reopened_makes_the_case_open_again(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    placement = inputs.load_one(session, case).parts[0].placement
    placement.state = PlacementState.ACTIVE

    keeping.when_placement_moves(session, placement, of.as_instructor)

    assert case.state == CaseState.OPEN


def test_a_policy_that_only_another_course_chose_opens_nothing_here(session: Session) -> None:
    of = cases.school_class(session, has_policy=False)
    other = cases.school_class(session, "westmoor", has_policy=False)
    for one in (of, other):
        cases.project(session, one, cases.student(session, one))
    version = policy.create_version(
        session,
        institution_id=of.course.institution_id,
        name="Pilot",
        parameters=Parameters(),
        source="Senate minutes",
        actor=system(of.course.institution_id),
    )
    assert opening.open_missing(session) == 0

    policy.choose_for_course(session, of.course, version, actor=of.as_instructor)

    assert opening.open_missing(session) == 1
    assert [case.course_id for case in session.scalars(select(CreditCase))] == [of.course.id]
