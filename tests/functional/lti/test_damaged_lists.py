"""Lists of members that are damaged, refused or slow: read whole or not at all."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from careerlink import clock as our_clock
from careerlink import outbox_turns, worker
from careerlink.outbox import DeliveryState, OutboxMessage
from lti import roster_queue
from lti.models import LtiContext
from tests.factories.one_list import ADDRESS, TEACHER, OneList, entry


@pytest.mark.parametrize(
    "second",
    [
        {"status": 500},
        {"status": 404},
        {"json": {"members": [{"user_id": "dev"}]}},
        {"json": {"members": [{"user_id": "d\u0000v", "roles": []}]}},
        {"json": {"errors": []}},
        {"body": "<html>"},
        {"json": {"members": []}, "headers": {"Link": f'<{ADDRESS}>; rel="next"'}},
    ],
    ids=["fails", "gone", "lacks roles", "strange id", "no list", "no JSON", "turns back"],
)
def test_half_a_list_is_none(one_list: OneList, second: dict[str, Any]) -> None:
    one_list.answers(entry("ana", TEACHER), entry("ben"), entry("cem"))
    one_list.read()
    following = f"{ADDRESS}?page=2"
    curly = f"<{following}>; rel=\u201cnext\u201d".encode().decode("latin-1")
    one_list.answers(entry("ana", TEACHER), entry("new"), headers={"Link": curly})
    one_list.mock.get(following, **second)
    message = one_list.read()
    assert message.state != DeliveryState.DELIVERED
    assert one_list.here() == {"ana", "ben", "cem"}
    assert one_list.told.problem.startswith("Moodle ")
    assert one_list.told.failing_since is not None


@pytest.mark.parametrize(
    ("status", "body", "headers", "wait"),
    [
        (429, "", {"Retry-After": "120"}, 120),
        (429, "", {}, 60),
        (403, "403 Forbidden (Rate Limit Exceeded)", {}, 60),
    ],
    ids=["429 with a time", "429", "403 in words"],
)
def test_a_platform_that_asks_for_a_pause_gets_it(
    one_list: OneList, status: int, body: str, headers: dict[str, str], wait: int
) -> None:
    one_list.mock.get(ADDRESS, status=status, body=body, headers=headers)
    message = one_list.read()
    assert message.state == DeliveryState.QUEUED
    left = (message.due_at - our_clock.now()).total_seconds()
    assert wait - 10 < left <= wait
    assert "asks to be left alone" in one_list.told.problem


def test_a_refusal_is_no_pause_and_a_class_that_comes_in_does_not_repeat_it(
    one_list: OneList, clock: time_machine.Traveller
) -> None:
    one_list.mock.get(ADDRESS, status=403, body="forbidden")
    assert one_list.read().state == DeliveryState.FAILED
    assert "may not read there" in one_list.told.problem

    def wanted() -> bool:
        with one_list.database.write() as session:
            context = session.get_one(LtiContext, one_list.context_id)
            roster_queue.want(session, context)
            return bool(roster_queue.under_way(session, [context.id]))

    assert not wanted()
    clock.shift(timedelta(minutes=16))
    assert wanted()


def test_a_long_reading_is_not_taken_over_by_another_worker(
    one_list: OneList, clock: time_machine.Traveller
) -> None:
    """Sixty pages of a slow platform take longer than a lease lasts."""
    taken: list[Sequence[OutboxMessage]] = []

    def slowly(members: list[dict[str, Any]], link: str) -> Callable[..., Any]:
        def answer(_request: Any) -> tuple[int, dict[str, str], str]:
            clock.shift(timedelta(seconds=60))
            with one_list.database.write() as session:
                taken.append(outbox_turns.claim(session, limit=1, lease=worker.LEASE))
            return 200, {"Link": link}, json.dumps({"members": members})

        return answer

    for number in range(1, 4):
        link = f'<{ADDRESS}?page={number + 1}>; rel="next"' if number < 3 else ""
        url = ADDRESS if number == 1 else f"{ADDRESS}?page={number}"
        one_list.mock.add_callback("GET", url, slowly([entry(f"p{number}")], link))
    assert one_list.read().state == DeliveryState.DELIVERED
    assert taken == [[], [], []]
    assert one_list.told.members == 3
