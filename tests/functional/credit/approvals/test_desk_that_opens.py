"""Whoever approves lands on what waits for them, and finds back to a course of their own."""

from collections.abc import Callable

import pytest

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from credit.cases.models import DecisionOutcome
from tests.functional.credit.approvals.conftest import Chain


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_desk_opens_on_an_appeal_and_leads_back_to_an_own_course(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(("instructor",))
    carla = chain.name("Carla Chairs")
    chain.decide(DecisionOutcome.DENIED, comment="Too little of it is yours.")
    page = chain.student.get(chain.of.address(part="/credit")).follow("Appeal")
    page.submit("File the appeal", {"Your statement": "The log of week 6 was overlooked."})
    with chain.database.write() as session:
        own = {"course_id": chain.of.course.id, "launch_role": CourseRole.INSTRUCTOR}
        session.add(CourseMember(person_id=carla.id, **own))

    desk = chain.visitor("Carla Chairs", CourseRole.INSTRUCTOR).get("/home/approvals")

    assert desk.rows()[1][0] == "Maya Okafor"
    home = desk.follow("Your courses").follow(chain.of.course.name)
    assert home.page_id == "home.teaching"
