"""Courses that end or are copied in the LMS, as their gradebooks see it."""

import pytest
from sqlalchemy import select

from careerlink import clock as our_clock
from careerlink.courses import work
from careerlink.courses.models import Course
from careerlink.outbox import DeliveryState
from lti.models import Family, LtiContext, LtiMembership, LtiUser
from tests.factories.platforms import Gradebook


def test_a_copied_course_s_column_is_found_by_its_resource_id(gradebook: Gradebook) -> None:
    """The addresses of its launches name none yet; the copied column has the old names."""
    gradebook.lms.add_line_item("Credit", 100, resource_id="credit", tag="credit")
    spring = gradebook.lms.copy_course(gradebook.lms.course(), "BUS-310", "Spring")
    columns = len(gradebook.columns())
    with gradebook.database.write() as session:
        old = session.get_one(LtiContext, gradebook.context_id)
        course = Course(institution_id=old.course.institution_id, title="Spring")
        session.add(course)
        session.flush()
        new = gradebook.add_context(
            session, old.deployment, course, lms_course=spring.id, names_column=False
        )
        for user in session.scalars(select(LtiUser)):
            session.add(LtiMembership(context_id=new.id, lti_user_id=user.id))
        gradebook.course_id = course.id

    gradebook.decide(given=100_000)
    gradebook.work()

    assert len(gradebook.columns()) == columns
    shown = [
        grade
        for grade in gradebook.lms.school.grades
        if gradebook.lms.line_item(grade.item_id).course_id == spring.id
    ]
    assert [grade.final for grade in shown] == [100]
    assert gradebook.lms.line_item(shown[0].item_id).resource_id == "credit"


def concluded_at(gradebook: Gradebook) -> object:
    with gradebook.database.read() as session:
        return session.get_one(Course, gradebook.course_id).concluded_at


@pytest.mark.parametrize("family", [Family.CANVAS], indirect=True)
def test_a_refused_grade_of_a_concluded_course_concludes_it_here(
    gradebook: Gradebook,
) -> None:
    gradebook.lms.course().concluded = True
    gradebook.decide("student1")
    gradebook.decide("student2")
    gradebook.work()

    assert concluded_at(gradebook) is not None
    assert "concluded" in gradebook.state("student1").label
    # The second is not even tried, and can be retried once the course is open.
    assert gradebook.state("student2").label == (
        "Not sent: the course is concluded; open it again to send its grades"
    )
    assert gradebook.state("student2").can_retry


@pytest.mark.parametrize("family", [Family.MOODLE], indirect=True)
def test_no_grade_is_sent_from_a_course_that_is_concluded_here(gradebook: Gradebook) -> None:
    gradebook.decide()
    with gradebook.database.write() as session:
        course = session.get_one(Course, gradebook.course_id)
        left = [one.text for one in work.unfinished(session, course) if one.kind == "grades"]
        assert left == ["1 grade not in the gradebook yet"]
        course.concluded_at = our_clock.now()
    gradebook.work()

    assert gradebook.cell()["attempts"] == 0
    [message] = [one for one in gradebook.messages() if one.kind == "score"]
    assert message.state == DeliveryState.FAILED


@pytest.mark.parametrize("family", [Family.MOODLE], indirect=True)
def test_a_grade_follows_a_student_who_moves_to_the_other_section(
    gradebook: Gradebook,
) -> None:
    gradebook.decide(given=40_000)
    gradebook.work()
    other = gradebook.lms.add_course("BUS-310b", "Second section")
    gradebook.lms.add_activity("credit", "My credit", course=other)
    with gradebook.database.write() as session:
        first = session.get_one(LtiContext, gradebook.context_id)
        second = gradebook.add_context(
            session, first.deployment, first.course, lms_course=other.id
        )
        user = session.scalars(
            select(LtiUser).where(LtiUser.person_id == (gradebook.people or {})["student1"])
        ).one()
        for one in session.scalars(
            select(LtiMembership).where(LtiMembership.lti_user_id == user.id)
        ):
            one.in_roster = False
        session.add(LtiMembership(context_id=second.id, lti_user_id=user.id, in_roster=True))
        there = second.id

    score = gradebook.decide(given=60_000)

    assert score is not None
    assert score.context_id == there
