"""A grade that a teacher typed in is never overwritten, and the page says that it stands."""

from datetime import timedelta

import pytest
import time_machine

from careerlink import clock as our_clock
from careerlink.outbox import DeliveryState
from lti.models import Family
from tests.factories.platforms import Gradebook


def test_a_teacher_s_change_is_kept_and_shown(gradebook: Gradebook) -> None:
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.lms.override(gradebook.item, "student1", 80, at=our_clock.now())
    gradebook.decide(given=50_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 80
    state = gradebook.state()
    name = "Canvas" if gradebook.family == Family.CANVAS else "Moodle"
    assert state.label == f"Overridden in {name}: shows 80 of 100"
    assert (state.kind, state.can_retry) == ("stop", True)
    # It stays so for every later decision, until a person looks at it there.
    gradebook.decide(given=60_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 80
    assert gradebook.state().label.startswith("Overridden")


def test_a_change_between_a_lost_answer_and_the_next_try_is_kept(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.lms.failure.set("lost", times=1)
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.lms.override(gradebook.item, "student1", 80, at=our_clock.now())
    clock.shift(timedelta(minutes=2))
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["applied"]) == (80, 1)
    assert gradebook.state().label.endswith("shows 80 of 100")


def test_a_grade_from_before_our_first_score_stays(gradebook: Gradebook) -> None:
    gradebook.lms.override(gradebook.item, "student1", 80, at=our_clock.now())
    gradebook.decide(given=100_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 80
    label = gradebook.state().label
    if gradebook.family == Family.CANVAS:
        # Canvas's results show our own post, so nothing more can be claimed.
        assert label == "Sent: Canvas recorded 100 of 100. A grade typed in before stays"
    else:
        assert label == "Overridden in Moodle: shows 80 of 100"


def test_the_same_grade_by_hand_settles_the_matter(gradebook: Gradebook) -> None:
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.lms.override(gradebook.item, "student1", 80, at=our_clock.now())
    gradebook.decide(given=50_000)
    gradebook.work()
    gradebook.lms.override(gradebook.item, "student1", 50, at=our_clock.now())
    message = gradebook.messages()[-1]
    with gradebook.database.write() as session:
        session.merge(message).state = DeliveryState.QUEUED
    gradebook.work()
    assert gradebook.state().label.startswith("Sent: ")


@pytest.mark.parametrize("family", [Family.MOODLE], indirect=True)
def test_a_locked_column_is_tried_again_with_the_likely_cause(gradebook: Gradebook) -> None:
    gradebook.lms.lock_column(gradebook.item)
    gradebook.decide(given=100_000)
    gradebook.work()
    state = gradebook.state()
    assert state.kind == "wait"
    assert "the column may be locked there" in state.label
    assert gradebook.cell()["score"] is None


def test_a_platform_clock_ahead_does_not_block_a_correction(gradebook: Gradebook) -> None:
    """Ours stands there with a later time than this decision's."""
    gradebook.decide(given=100_000)
    gradebook.work()
    later = our_clock.now() + timedelta(minutes=5)
    grade = gradebook.lms.find_grade(gradebook.item.id, gradebook.lms.person("student1").id)
    result = gradebook.lms.find_result(gradebook.item.id, gradebook.lms.person("student1").id)
    assert grade is not None
    grade.modified = later
    if result is not None:
        result.updated_at = later
    gradebook.decide(given=50_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 50
    assert gradebook.state().kind == "done"


def test_work_done_by_hand_is_shown_as_such(gradebook: Gradebook) -> None:
    gradebook.lms.unenroll("student1")
    gradebook.decide(given=100_000)
    gradebook.work()
    message = gradebook.messages()[0]
    with gradebook.database.write() as session:
        message = session.merge(message)
        message.state, message.done_by_id = DeliveryState.DELIVERED, 1
    assert gradebook.state().label == "Entered by hand"
