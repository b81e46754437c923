"""Which gradebook a score goes to, and what is said where there is none."""

import pytest
from sqlalchemy import select, update

from careerlink import clock as our_clock
from careerlink.courses.models import Course
from careerlink.outbox import DeliveryState
from careerlink.people.models import Person
from lti import grades, scores
from lti.models import (
    DeploymentState,
    Family,
    LtiContext,
    LtiDeployment,
    LtiMembership,
    LtiScore,
)
from tests.factories.platforms import Gradebook


def why(gradebook: Gradebook, key: str = "student1") -> str:
    with gradebook.database.read() as session:
        return grades.why_no_gradebook(
            session,
            session.get_one(Course, gradebook.course_id),
            session.get_one(Person, (gradebook.people or {})[key]),
        )


def second_context(gradebook: Gradebook) -> int:
    """A twin of the course in which student1 has an account, too."""
    other = gradebook.lms.add_course("BUS-310b", "Second section")
    gradebook.lms.add_activity("credit", "My credit", course=other)
    with gradebook.database.write() as session:
        old = session.get_one(LtiContext, gradebook.context_id)
        context = gradebook.add_context(
            session, old.deployment, old.course, lms_course=other.id
        )
        first = session.scalars(select(LtiMembership).order_by(LtiMembership.id).limit(1)).one()
        there = LtiMembership(context_id=context.id, lti_user_id=first.lti_user_id)
        there.launch_role = first.launch_role
        session.add(there)
        return context.id


def set_roster(gradebook: Gradebook, context_id: int, listed: bool | None) -> None:
    with gradebook.database.write() as session:
        session.execute(
            update(LtiMembership)
            .where(LtiMembership.context_id == context_id)
            .values(in_roster=listed)
        )


def test_the_section_in_which_the_student_is_enrolled_gets_the_score(
    gradebook: Gradebook,
) -> None:
    twin = second_context(gradebook)
    set_roster(gradebook, gradebook.context_id, True)
    set_roster(gradebook, twin, False)
    gradebook.decide()
    assert gradebook.score().context_id == gradebook.context_id


def test_without_rosters_the_section_seen_last_gets_it(gradebook: Gradebook) -> None:
    twin = second_context(gradebook)
    gradebook.decide()
    assert gradebook.score().context_id == twin


def test_the_section_that_the_student_opens_comes_before_one_that_only_lists_them(
    gradebook: Gradebook,
) -> None:
    twin = second_context(gradebook)
    with gradebook.database.write() as session:
        session.execute(
            update(LtiMembership)
            .where(LtiMembership.context_id == twin)
            .values(launch_role=None)
        )
    gradebook.decide()
    assert gradebook.score().context_id == gradebook.context_id


def test_a_later_decision_follows_the_score_that_stands(gradebook: Gradebook) -> None:
    gradebook.decide()
    second_context(gradebook)
    gradebook.decide(given=None)
    assert gradebook.score().context_id == gradebook.context_id
    assert gradebook.score().given_thousandths is None


def test_a_course_without_grade_services_says_so(gradebook: Gradebook) -> None:
    assert why(gradebook) == ""
    with gradebook.database.write() as session:
        session.get_one(LtiContext, gradebook.context_id).scopes = []
    assert gradebook.decide() is None
    assert "no gradebook in this course" in why(gradebook)
    with gradebook.database.read() as session:
        assert not grades.has_gradebook(session, session.get_one(Course, gradebook.course_id))


def test_a_student_without_an_account_there_is_named_as_the_reason(
    gradebook: Gradebook,
) -> None:
    with gradebook.database.write() as session:
        person = Person(
            institution_id=gradebook.actor(session).institution_id, name="Only here"
        )
        session.add(person)
        session.flush()
        gradebook.people = {**(gradebook.people or {}), "nobody": person.id}
    assert gradebook.decide("nobody") is None
    assert "no account" in why(gradebook, "nobody")


def test_a_deployment_switched_off_meanwhile_gets_nothing(gradebook: Gradebook) -> None:
    gradebook.decide()
    with gradebook.database.write() as session:
        session.execute(update(LtiDeployment).values(state=DeploymentState.INACTIVE))
    gradebook.work()
    assert gradebook.cell()["attempts"] == 0
    assert "switched off" in gradebook.state().label
    assert gradebook.state().can_retry


def test_a_changed_scale_keeps_track_of_what_stands(gradebook: Gradebook) -> None:
    """100 of 100 stands; the policy now counts 4 points: our own grade is no override."""
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.decide(given=2_000, maximum=4_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 50
    assert gradebook.state().kind == "done"


def test_timestamps_rise_by_whole_seconds(gradebook: Gradebook) -> None:
    seen = []
    for given in (1_000, 2_000, 3_000):
        gradebook.decide(given=given)
        seen.append(gradebook.score().timestamp)
    assert all(moment.microsecond == 0 for moment in seen)
    assert sorted(set(seen)) == seen
    assert (seen[-1] - our_clock.now()).total_seconds() < 3


@pytest.mark.parametrize("family", [Family.CANVAS], indirect=True)
def test_few_calls_left_slow_the_rest_down(
    gradebook: Gradebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scores, "FEW_CALLS_LEFT", 600)
    gradebook.decide("student1")
    gradebook.decide("student2")
    gradebook.work()
    states = [message.state for message in gradebook.messages()]
    assert states == [DeliveryState.DELIVERED, DeliveryState.QUEUED]
    assert gradebook.messages()[1].due_at > our_clock.now()
    with gradebook.database.read() as session:
        assert len(session.scalars(select(LtiScore)).all()) == 2
