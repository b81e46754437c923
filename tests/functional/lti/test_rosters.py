"""The platform's list of members: believed where it is whole, never deleting anybody."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from careerlink import clock as our_clock
from careerlink.courses import standing
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.outbox import DeliveryState, OutboxMessage
from lti import roster_queue
from lti.models import (
    DeploymentState,
    Family,
    LtiContext,
    LtiDeployment,
    LtiMembership,
)
from tests.factories.course_lists import add_class, answer, member, person, read
from tests.factories.platforms import Gradebook


def test_everybody_on_the_list_becomes_a_member(gradebook: Gradebook) -> None:
    read(gradebook)
    assert member(gradebook, "student1").roster_role == CourseRole.STUDENT
    assert member(gradebook, "instructor").roster_role == CourseRole.INSTRUCTOR
    assert answer(gradebook).answered_at is not None
    assert answer(gradebook).problem == ""
    assert gradebook.messages()[-1].state == DeliveryState.DELIVERED


def test_names_and_addresses_come_with_it(gradebook: Gradebook) -> None:
    read(gradebook)
    found = person(gradebook, "student1")
    told = gradebook.lms.person("student1")
    assert (found.name, found.email, found.sis_id) == (told.name, told.email, told.sis_id)


def test_withheld_names_take_nothing_away(gradebook: Gradebook) -> None:
    read(gradebook)
    gradebook.tool.privacy = "anonymous"
    gradebook.lms.add_person("late", "Late", "Comer", role="student")
    read(gradebook)
    assert person(gradebook, "student1").name == gradebook.lms.person("student1").name
    assert person(gradebook, "late").name is None
    assert member(gradebook, "late").roster_role == CourseRole.STUDENT


def test_pages_are_read_to_the_end(gradebook: Gradebook) -> None:
    add_class(gradebook, 130)
    read(gradebook)
    with gradebook.database.read() as session:
        students = session.scalar(
            select(func.count())
            .select_from(CourseMember)
            .where(CourseMember.roster_role == CourseRole.STUDENT)
        )
    # Moodle lists the non-editing teacher as a learner.
    assert students == 133 + (gradebook.family == Family.MOODLE)


@pytest.mark.parametrize("family", [Family.MOODLE], indirect=True)
def test_a_non_editing_teacher_may_look_not_decide(gradebook: Gradebook) -> None:
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        gradebook.add_student(session, context, "assistant", CourseRole.INSTRUCTOR)
    read(gradebook)
    found = member(gradebook, "assistant")
    weighed = standing.weigh(
        CourseRole.INSTRUCTOR, found, [answer(gradebook)], approvers_named=False
    )
    assert (weighed.role, weighed.may_decide) == (CourseRole.ASSISTANT, False)


@pytest.mark.parametrize("family", [Family.CANVAS], indirect=True)
def test_the_test_student_is_marked_and_not_counted_but_can_be_graded(
    gradebook: Gradebook,
) -> None:
    gradebook.lms.add_person("preview", "Test", "Student", role="student", is_test_student=True)
    read(gradebook)
    assert member(gradebook, "preview").is_test
    assert person(gradebook, "preview").is_test
    assert not member(gradebook, "student1").is_test
    assert answer(gradebook).members == len(gradebook.lms.school.enrollments) - 1
    gradebook.people = {"preview": person(gradebook, "preview").id}
    gradebook.decide("preview")
    gradebook.work()
    assert gradebook.cell("preview")["score"] is not None


def test_rosters_of_courses_in_use_are_read_every_day(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    def queued() -> int:
        with gradebook.database.write() as session:
            return roster_queue.queue_old(session)

    assert queued() == 1
    assert queued() == 0
    gradebook.work()
    clock.shift(timedelta(hours=23))
    assert queued() == 0
    clock.shift(timedelta(hours=2))
    assert queued() == 1
    gradebook.lms.failure.set("down")
    with gradebook.database.write() as session:
        session.execute(update(OutboxMessage).values(attempts=11))
    gradebook.work()
    assert gradebook.messages()[-1].state == DeliveryState.FAILED
    assert queued() == 0
    clock.shift(timedelta(hours=7))
    assert queued() == 1
    with gradebook.database.write() as session:
        session.execute(update(OutboxMessage).values(state=DeliveryState.FAILED))
        session.execute(update(LtiMembership).values(seen_at=our_clock.now() - timedelta(40)))
    clock.shift(timedelta(hours=7))
    assert queued() == 0


def test_a_deployment_that_was_switched_off_is_not_asked(gradebook: Gradebook) -> None:
    with gradebook.database.write() as session:
        session.execute(update(LtiDeployment).values(state=DeploymentState.INACTIVE))
    read(gradebook)
    assert "switched off" in gradebook.messages()[-1].last_error
    with gradebook.database.read() as session:
        assert session.scalars(select(Course)).one() is not None
