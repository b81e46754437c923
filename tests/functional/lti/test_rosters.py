"""The platform's list of members: believed where it is whole, never deleting anybody."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from careerlink import clock as our_clock
from careerlink.audit import AuditEntry
from careerlink.courses import standing
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.courses.roles import CourseRole
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.people.models import Person
from lti import roster
from lti.models import (
    DeploymentState,
    Family,
    LtiContext,
    LtiDeployment,
    LtiMembership,
    LtiUser,
)
from tests.factories.platforms import Gradebook


def read(gradebook: Gradebook, context_id: int | None = None, **payload: int) -> None:
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, context_id or gradebook.context_id)
        roster._enqueue(session, context, **payload)
    gradebook.work()


def member(gradebook: Gradebook, key: str) -> CourseMember:
    with gradebook.database.read() as session:
        return session.scalars(
            select(CourseMember)
            .join(LtiUser, LtiUser.person_id == CourseMember.person_id)
            .where(
                CourseMember.course_id == gradebook.course_id,
                LtiUser.sub == gradebook.sub(key),
            )
        ).one()


def person(gradebook: Gradebook, key: str) -> Person:
    with gradebook.database.read() as session:
        return session.scalars(
            select(Person)
            .join(LtiUser, LtiUser.person_id == Person.id)
            .where(LtiUser.sub == gradebook.sub(key))
        ).one()


def answer(gradebook: Gradebook) -> CourseRoster:
    with gradebook.database.read() as session:
        return session.scalars(select(CourseRoster).order_by(CourseRoster.id)).all()[0]


def add_class(gradebook: Gradebook, count: int) -> None:
    for number in range(count):
        gradebook.lms.add_person(f"more{number}", "Person", f"No. {number}", role="student")


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


def test_who_is_gone_is_marked_and_who_returns_is_not(gradebook: Gradebook) -> None:
    read(gradebook)
    gradebook.lms.unenroll("student1")
    read(gradebook)
    assert member(gradebook, "student1").dropped_at is not None
    assert member(gradebook, "student2").dropped_at is None
    gradebook.lms.enroll("student1", "student")
    read(gradebook)
    assert member(gradebook, "student1").dropped_at is None
    with gradebook.database.read() as session:
        actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("course_member:drop") == 1
    assert actions.count("course_member:return") == 1


def test_a_suspended_student_counts_as_gone(gradebook: Gradebook) -> None:
    read(gradebook)
    gradebook.lms.suspend("student1")
    read(gradebook)
    assert member(gradebook, "student1").dropped_at is not None


def test_people_known_only_by_launch_are_never_dropped(gradebook: Gradebook) -> None:
    """A site manager launches as Instructor and is on no list."""
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        gradebook.add_student(session, context, "staff", CourseRole.INSTRUCTOR)
    read(gradebook)
    found = member(gradebook, "staff")
    assert (found.dropped_at, found.roster_role) == (None, None)


def test_an_empty_list_drops_nobody_and_says_so(gradebook: Gradebook) -> None:
    read(gradebook)
    answered = answer(gradebook).answered_at
    gradebook.lms.school.enrollments.clear()
    read(gradebook)
    assert member(gradebook, "student1").dropped_at is None
    assert "empty list of members" in answer(gradebook).problem
    assert answer(gradebook).answered_at == answered
    assert gradebook.messages()[-1].state == DeliveryState.FAILED


def test_a_list_that_shrank_by_more_than_half_drops_nobody_until_confirmed(
    gradebook: Gradebook,
) -> None:
    add_class(gradebook, 10)
    read(gradebook)
    for number in range(9):
        gradebook.lms.unenroll(f"more{number}")
    gradebook.lms.add_person("late", "Late", "Comer", role="student")
    read(gradebook)
    assert member(gradebook, "more0").dropped_at is None
    assert member(gradebook, "late").roster_role == CourseRole.STUDENT
    shown = answer(gradebook)
    assert shown.missing == 9
    assert "left out 9 of" in shown.problem
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        message = roster.confirm_departures(session, context, actor=gradebook.actor(session))
        assert message is not None
    gradebook.work()
    assert member(gradebook, "more0").dropped_at is not None
    assert (answer(gradebook).problem, answer(gradebook).missing) == ("", 0)


def test_confirming_covers_no_more_people_than_were_shown(gradebook: Gradebook) -> None:
    add_class(gradebook, 10)
    read(gradebook)
    for number in range(10):
        gradebook.lms.unenroll(f"more{number}")
    read(gradebook, confirmed_missing=9)
    assert member(gradebook, "more0").dropped_at is None


def test_a_platform_that_does_not_answer_changes_nothing_and_is_shown(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.lms.failure.set("down")
    read(gradebook)
    shown = answer(gradebook)
    assert shown.answered_at is None
    assert shown.failed_at is not None
    assert "503" in shown.problem
    gradebook.lms.failure.set("none")
    clock.shift(timedelta(minutes=2))
    gradebook.work()
    assert answer(gradebook).answered_at is not None
    assert answer(gradebook).problem == ""


def test_a_refused_list_is_final_and_shown(gradebook: Gradebook) -> None:
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        context.memberships_url = f"{gradebook.lms.url}/nothing/here"
    read(gradebook)
    assert "404" in answer(gradebook).problem
    assert gradebook.messages()[-1].state == DeliveryState.FAILED


def test_two_linked_contexts_do_not_drop_each_other_s_people(gradebook: Gradebook) -> None:
    """One section is listed by each; gone means gone from every list that had the person."""
    read(gradebook)
    lms = gradebook.lms
    other = lms.add_course("BUS-310b", "Second section")
    lms.add_activity("credit", "My credit", course=other)
    lms.add_person("other1", "Other", "One", role="student", course=other)
    lms.enroll("student1", "student", other)
    with gradebook.database.write() as session:
        old = session.get_one(LtiContext, gradebook.context_id)
        second = gradebook.add_context(
            session, old.deployment, old.course, lms_course=other.id
        ).id
    read(gradebook, second)
    for key in ("student1", "student2", "other1"):
        assert member(gradebook, key).dropped_at is None
    lms.unenroll("student1")
    read(gradebook)
    assert member(gradebook, "student1").dropped_at is None
    lms.unenroll("student1", other)
    lms.add_person("other2", "Other", "Two", role="student", course=other)
    read(gradebook, second)
    assert member(gradebook, "student1").dropped_at is not None
    assert member(gradebook, "student2").dropped_at is None


@pytest.mark.parametrize("family", [Family.CANVAS], indirect=True)
def test_the_test_student_is_marked(gradebook: Gradebook) -> None:
    gradebook.lms.add_person("preview", "Test", "Student", role="student", is_test_student=True)
    read(gradebook)
    assert member(gradebook, "preview").is_test
    assert person(gradebook, "preview").is_test
    assert not member(gradebook, "student1").is_test


def test_rosters_of_courses_in_use_are_read_every_day(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    def queued() -> int:
        with gradebook.database.write() as session:
            return roster.queue_old(session)

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
