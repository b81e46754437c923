"""Who is gone from a list: marked where the list can be believed, and nobody deleted."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.courses.roles import CourseRole
from careerlink.outbox import DeliveryState
from lti import departures
from lti.models import (
    LtiContext,
)
from tests.factories.course_lists import add_class, answer, member, read
from tests.factories.platforms import Gradebook


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
        departures.confirm_departures(
            session,
            session.get_one(LtiContext, gradebook.context_id),
            actor=gradebook.actor(session),
            shown=departures.fingerprint(shown),
        )
    gradebook.work()
    assert member(gradebook, "more0").dropped_at is not None
    assert (answer(gradebook).problem, answer(gradebook).missing) == ("", 0)


def test_what_was_confirmed_covers_the_people_who_were_shown_and_no_others(
    gradebook: Gradebook,
) -> None:
    """Between the page and the reading others have gone: as many, and not the same."""
    add_class(gradebook, 8)
    read(gradebook)
    shown = [member(gradebook, f"more{number}").person_id for number in range(2)]
    for number in range(8):
        gradebook.lms.unenroll(f"more{number}")
    read(gradebook, confirmed=shown)
    assert member(gradebook, "more0").dropped_at is not None
    assert member(gradebook, "more2").dropped_at is None
    assert answer(gradebook).missing == 6
    assert "left out 6 more of" in answer(gradebook).problem


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
        found = member(gradebook, key)
        # A class that is linked in the middle of the term has not come late.
        assert (found.dropped_at, found.added_late_at) == (None, None)
    lms.unenroll("student1")
    read(gradebook)
    assert member(gradebook, "student1").dropped_at is None
    lms.unenroll("student1", other)
    lms.add_person("other2", "Other", "Two", role="student", course=other)
    read(gradebook, second)
    assert member(gradebook, "student1").dropped_at is not None
    assert member(gradebook, "student2").dropped_at is None
