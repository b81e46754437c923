"""A platform is down for an hour: no score is lost and none is applied twice."""

from datetime import timedelta

import time_machine

from careerlink import clock as our_clock
from careerlink.outbox import DeliveryState
from lti.models import Family, LtiContext
from tests.factories.platforms import Gradebook

STUDENTS = 24
BEFORE, LOST, DURING = 9, 3, 12


def enroll(gradebook: Gradebook) -> list[str]:
    keys = [f"learner{number}" for number in range(STUDENTS)]
    for key in keys:
        gradebook.lms.add_person(key, key.capitalize(), role="student")
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        people = {key: gradebook.add_student(session, context, key) for key in keys}
    gradebook.people = {**(gradebook.people or {}), **people}
    return keys


def figure(key: str) -> int:
    """Of their own, so that nobody's grade can pass for another's."""
    return 1_000 * (10 + int(key.removeprefix("learner")))


def test_an_hour_without_the_platform_loses_nothing_and_doubles_nothing(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    keys = enroll(gradebook)
    for key in keys[:BEFORE]:
        gradebook.hand_over(key)
        gradebook.decide(key, figure(key))
    # The first few are stored there, and their answers never come.
    gradebook.lms.failure.set("lost", times=LOST)
    gradebook.work()
    gradebook.lms.failure.set("down")
    began = our_clock.now()
    late = iter(keys[BEFORE : BEFORE + DURING])
    while our_clock.now() - began < timedelta(hours=1):
        for _ in range(3):
            if (further := next(late, None)) is not None:
                gradebook.decide(further, figure(further))
        gradebook.work()
        clock.shift(timedelta(minutes=14))
    waiting = [m for m in gradebook.messages() if m.state == DeliveryState.QUEUED]
    assert len(waiting) == LOST + DURING
    # It comes back busy, and loses one more answer.
    gradebook.lms.failure.set("throttle", times=1)
    gradebook.work()
    gradebook.lms.failure.set("lost", times=1)
    for key in keys[BEFORE + DURING :]:
        gradebook.decide(key, figure(key))
    for _ in range(5):
        gradebook.work()
        clock.shift(timedelta(minutes=30))
    cells = {key: gradebook.cell(key) for key in keys}
    assert {key: cell["score"] * 1_000 for key, cell in cells.items()} == {
        key: figure(key) for key in keys
    }
    assert {cell["applied"] for cell in cells.values()} == {1}
    assert {gradebook.state(key).kind for key in keys} == {"done"}
    if gradebook.family == Family.CANVAS:
        attempts = {cell["submission"]["attempt"] for cell in cells.values()}
        assert attempts == {1}


def test_a_day_without_the_platform_at_the_deadline_ends_by_itself(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.lms.failure.set("down")
    gradebook.decide()
    for _ in range(26):
        gradebook.work()
        clock.shift(timedelta(hours=1, minutes=15))
    (message,) = gradebook.messages()
    assert (message.state, message.attempts) == (DeliveryState.QUEUED, 26)
    assert "(503), next try" in gradebook.state().label
    gradebook.lms.failure.set("none")
    for _ in range(2):
        clock.shift(timedelta(hours=1, minutes=15))
        gradebook.work()
    assert (gradebook.cell()["score"], gradebook.cell()["applied"]) == (100, 1)
    assert gradebook.state().kind == "done"
    assert gradebook.attempts()[-1].status == 200
