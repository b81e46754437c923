"""What instructors write at half-time, and the levels they give for academic work."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.errors import NotPermitted
from careerlink.people.actors import system
from credit.academic_work import operations, queries
from credit.academic_work.models import AcademicAssessment
from credit.cases.models import CreditCase
from credit.midpoint.models import MidpointComment
from credit.policy import operations as policies
from credit.policy.parameters import Parameters, RubricLine
from tests.factories import cases
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor

RUBRIC = (
    RubricLine(key="essay", title="The essay", levels=("Thin", "Sound", "Strong")),
    RubricLine(key="talk", title="The talk", levels=("Unclear", "Clear")),
)


@pytest.fixture
def rated(database: Database, desk: Desk) -> Desk:
    """A desk under a policy with a rubric."""
    with database.write() as session:
        of = cases.school_class(session, "westmoor", rubric=RUBRIC)
        return Desk(database, of, cases.ready_case(session, of).id)


def teacher(desk: Desk, visitors: Callable[[], Visitor]) -> Visitor:
    return desk.of.signed_in(
        visitors(), desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )


def student(desk: Desk, visitors: Callable[[], Visitor]) -> Visitor:
    return desk.of.signed_in(visitors(), desk.database, desk.of.students[0], CourseRole.STUDENT)


def test_a_comment_at_half_time_is_read_by_the_student_and_decides_nothing(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    page = teacher(desk, visitors).get(desk.of.address(desk.case))
    for _ in range(2):
        page.submit("Send the comment", {"To the student": "Ring three more customers."})

    assert "Ring three more customers." in page.visitor.get(page.path).text
    own = student(desk, visitors).get(desk.of.address(part="/credit"))
    assert "Ring three more customers." in own.text
    assert "Wrote to the student" in own.text
    with desk.database.read() as session:
        assert len(session.scalars(select(MidpointComment)).all()) == 1
    (mail,) = desk.messages("mail")
    assert mail.payload["template"] == "midpoint_comment"
    assert "Ring" not in str(mail.payload)
    assert desk.decisions == []


def test_levels_are_given_line_by_line_and_come_with_the_decision(
    rated: Desk, visitors: Callable[[], Visitor]
) -> None:
    page = teacher(rated, visitors).get(rated.of.address(rated.case))
    half = page.submit("Save the levels", {"The essay": "Sound"}, status=422)
    (missing,) = half.soup.select(".error-summary a")
    assert "choose a level, or “Too little to say”" in missing.text
    assert half.element(str(missing["href"]))["type"] == "radio"
    page = half.submit(
        "Save the levels",
        {"The talk": "Too little to say", "Comment on the academic work": "Read it aloud."},
    )

    own = student(rated, visitors)
    assert "Read it aloud." not in own.get(rated.of.address(part="/credit")).text
    page.submit("Award 1 credit")
    shown = own.get(rated.of.address(part="/credit"))
    assert "The essay Sound The talk Too little to say" in shown.text
    assert "Read it aloud." in shown.text


def test_earlier_levels_stay_and_the_same_again_is_no_row(rated: Desk) -> None:
    for levels in ({"essay": 1, "talk": 1}, {"essay": 1, "talk": 1}, {"essay": 2, "talk": 1}):
        with rated.database.write() as session:
            case = session.get_one(CreditCase, rated.case_id)
            operations.assess(session, case, actor=rated.of.as_instructor, levels=levels)

    with rated.database.read() as session:
        found = session.scalars(select(AcademicAssessment).order_by(AcademicAssessment.id))
        assert [one.number for one in found] == [1, 2]


def test_levels_by_the_rubric_before_a_change_are_none_by_the_one_after_it(
    rated: Desk,
) -> None:
    with rated.database.write() as session:
        case = session.get_one(CreditCase, rated.case_id)
        levels = {"essay": 1, "talk": 1}
        operations.assess(session, case, actor=rated.of.as_instructor, levels=levels)
        found = []
        for rubric in (RUBRIC, RUBRIC[:1]):
            case.policy_version = policies.create_version(
                session,
                institution_id=case.institution_id,
                name="Micro-internship credit",
                parameters=Parameters(**{**cases.PLAIN, "rubric": rubric}),
                source="Catalog 2027",
                actor=system(case.institution_id),
            )
            found.append(queries.assessed(session, [case]))

    assert found == [{rated.case_id}, set()]


def test_only_who_decides_gives_levels(rated: Desk) -> None:
    own = rated.of.actor(rated.of.students[0], CourseRole.STUDENT)

    with rated.database.write() as session, pytest.raises(NotPermitted):
        case = session.get_one(CreditCase, rated.case_id)
        operations.assess(session, case, actor=own, levels={"essay": 1, "talk": 1})
