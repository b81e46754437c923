"""Work that waits is told to the gradebook, and no grade is ever touched by it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from careerlink import clock as our_clock
from careerlink.outbox import DeliveryState
from lti.models import Family, LtiContext
from lti.scopes import LINE_ITEM, SCORE
from tests.factories.platforms import Gradebook

on_canvas = pytest.mark.parametrize("family", [Family.CANVAS], indirect=True)
on_moodle = pytest.mark.parametrize("family", [Family.MOODLE], indirect=True)


def states(gradebook: Gradebook) -> list[DeliveryState]:
    return [message.state for message in gradebook.messages()]


@on_canvas
def test_handed_over_work_opens_in_speedgrader(gradebook: Gradebook) -> None:
    gradebook.hand_over()
    gradebook.work()
    submission = gradebook.cell()["submission"]
    assert (submission["attempt"], submission["type"]) == (1, "basic_lti_launch")
    assert submission["needs_review"]
    address = gradebook.settings.server.public_url
    assert submission["data"].startswith(f"{address}/courses/")
    assert submission["data"].endswith("/submissions/student1")
    assert gradebook.cell()["score"] is None


def test_the_decision_after_it_is_one_grade_and_no_second_attempt(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.hand_over()
    gradebook.work()
    told = gradebook.score().timestamp
    gradebook.decide(given=100_000)
    gradebook.work()
    cell = gradebook.cell()
    assert cell["score"] == 100
    assert gradebook.score().timestamp > told
    assert "100 of 100" in gradebook.state().label
    if gradebook.family == Family.CANVAS:
        assert cell["submission"]["attempt"] == 1
        assert not cell["submission"]["needs_review"]


def test_a_decision_that_overtakes_it_brings_the_work_along(gradebook: Gradebook) -> None:
    gradebook.hand_over()
    gradebook.decide(given=100_000)
    gradebook.work()
    assert states(gradebook) == [DeliveryState.SUPERSEDED, DeliveryState.DELIVERED]
    cell = gradebook.cell()
    assert (cell["score"], cell["attempts"]) == (100, 1)
    if gradebook.family == Family.CANVAS:
        assert cell["submission"]["data"].endswith("/submissions/student1")


def test_a_grade_that_waits_is_never_replaced_by_it(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    """Voided and complete once more: the withdrawal must arrive all the same."""
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.lms.failure.set("down")
    gradebook.decide(given=None)
    gradebook.work()
    gradebook.hand_over(is_again=True)
    gradebook.lms.failure.set("none")
    clock.shift(timedelta(minutes=2))
    gradebook.work()
    assert gradebook.cell()["score"] is None
    assert gradebook.state().label.startswith("Taken back: ")


def test_a_grade_that_stands_is_left_alone(gradebook: Gradebook) -> None:
    gradebook.hand_over()
    gradebook.work()
    gradebook.lms.override(gradebook.item, "student1", 80, at=our_clock.now())
    before = gradebook.cell()
    gradebook.hand_over(is_again=True)
    gradebook.work()
    after = gradebook.cell()
    assert (after["score"], after["comment"]) == (80, before["comment"])
    # Its trace in the results stays, so that the next decision sees that a teacher graded.
    gradebook.decide(given=100_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 80
    assert gradebook.state().label.startswith("Overridden")


@on_canvas
def test_a_grade_typed_in_before_anything_was_sent_survives(gradebook: Gradebook) -> None:
    """Canvas has no result of it, so nothing can be seen of it: the post preserves it."""
    gradebook.lms.override(gradebook.item, "student1", 80, at=our_clock.now())
    gradebook.hand_over()
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["submission"]["attempt"]) == (80, 1)
    gradebook.decide(given=100_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 80


@on_canvas
def test_work_sent_back_and_handed_over_again_is_a_further_attempt(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.hand_over()
    gradebook.work()
    clock.shift(timedelta(days=2))
    gradebook.hand_over(is_again=True)
    gradebook.work()
    lms = gradebook.lms
    grade = lms.find_grade(gradebook.item.id, lms.person("student1").id)
    assert grade is not None
    assert grade.submission.attempt == 2
    handed_over = datetime.fromisoformat(grade.submission.submitted_at)
    assert handed_over > our_clock.now() - timedelta(days=1)


@on_canvas
def test_attempts_that_are_used_up_change_nothing(gradebook: Gradebook) -> None:
    gradebook.lms.activity("credit").allowed_attempts = 1
    gradebook.hand_over()
    gradebook.work()
    gradebook.hand_over(is_again=True)
    gradebook.work()
    submission = gradebook.cell()["submission"]
    assert (submission["attempt"], submission["needs_review"]) == (1, True)
    gradebook.decide(given=100_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 100


@pytest.mark.parametrize("arrived", [True, False])
@on_canvas
def test_an_answer_that_was_lost_makes_no_second_attempt(
    gradebook: Gradebook, clock: time_machine.Traveller, arrived: bool
) -> None:
    gradebook.lms.failure.set("lost" if arrived else "down", times=1)
    gradebook.hand_over()
    gradebook.work()
    clock.shift(timedelta(minutes=2))
    gradebook.work()
    assert gradebook.cell()["submission"]["attempt"] == 1
    gradebook.decide(given=100_000)
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["submission"]["attempt"]) == (100, 1)


@on_moodle
def test_moodle_hears_it_only_before_any_grade(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.hand_over()
    gradebook.work()
    assert gradebook.cell()["attempts"] == 1
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.hand_over(is_again=True)
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["attempts"]) == (100, 2)


@on_moodle
def test_a_grade_of_the_teacher_is_not_wiped_on_moodle(gradebook: Gradebook) -> None:
    gradebook.lms.set_grade(gradebook.item, "student1", 64, at=our_clock.now())
    gradebook.hand_over()
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["attempts"]) == (64, 0)
    assert "a grade stands there" in gradebook.attempts()[-1].error


@on_moodle
def test_where_nothing_can_be_read_nothing_is_sent(gradebook: Gradebook) -> None:
    with gradebook.database.write() as session:
        session.execute(update(LtiContext).values(scopes=[LINE_ITEM, SCORE]))
    gradebook.hand_over()
    gradebook.work()
    assert gradebook.cell()["attempts"] == 0


def test_what_fails_for_good_is_nobody_s_task(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.lms.unenroll("student1")
    gradebook.hand_over("student1")
    gradebook.work()
    assert states(gradebook) == [DeliveryState.DELIVERED]
    assert gradebook.attempts()[-1].error.startswith("not told that work waits: ")
    gradebook.lms.failure.set("down")
    gradebook.hand_over("student2")
    for _ in range(14):
        gradebook.work()
        clock.shift(timedelta(hours=2))
    assert states(gradebook) == [DeliveryState.DELIVERED] * 2
    assert "503" in gradebook.attempts()[-1].error


def test_before_a_decision_the_page_says_nothing_of_a_grade(gradebook: Gradebook) -> None:
    gradebook.hand_over()
    gradebook.work()
    with pytest.raises(KeyError):
        gradebook.state()
    assert gradebook.decide(given=None) is None
