"""One decision, one change: whatever dies between us and the platform."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select, update

from careerlink import clock as our_clock
from careerlink import worker
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.outbox import DeliveryState, OutboxMessage, Outcome
from careerlink.outbox_turns import claim
from lti import score_records
from lti.models import Family, LtiLineItem, LtiScore
from tests.factories.platforms import Gradebook, served

WORKER = (
    "import sys, threading\n"
    "from careerlink import worker\n"
    "from careerlink.app import compose\n"
    "from careerlink.config import Settings\n"
    "from careerlink.db import Database\n"
    "settings = Settings.model_validate_json(sys.argv[1])\n"
    "compose()\n"
    "worker.run(Database(settings.database.url), settings, threading.Event())\n"
)


@pytest.fixture
def gradebook_now(
    family: Family, database: Database, loopback_settings: Settings
) -> Iterator[Gradebook]:
    """At the real time: other processes cannot travel with a test."""
    with served(family) as lms:
        yield Gradebook(lms, family, database, loopback_settings).set_up()


def end_leases(database: Database) -> None:
    """As if a minute and a half had gone by since the worker died."""
    with database.write() as session:
        session.execute(
            update(OutboxMessage).values(lease_until=our_clock.now() - timedelta(seconds=1))
        )


def as_json(settings: Settings) -> str:
    values = settings.model_dump(mode="json", exclude_none=True)
    values["server"].pop("secret_key_file", None)
    return json.dumps(values)


def test_a_worker_killed_after_the_platform_stored_leaves_one_change(
    gradebook_now: Gradebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    gradebook, lms = gradebook_now, gradebook_now.lms
    stored, released = threading.Event(), threading.Event()
    lms.failure.set("slow")

    def wait() -> None:
        stored.set()
        released.wait(60)

    monkeypatch.setattr(lms.failure, "wait", wait)
    gradebook.decide(given=100_000, comment="1.5 credits")
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, as_json(gradebook.settings)],
        cwd=Path(__file__).parents[3],
    )
    try:
        assert stored.wait(60)
        assert gradebook.state().label == "Being sent"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        lms.failure.set("none")
        released.set()
    end_leases(gradebook.database)
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["applied"], cell["attempts"]) == (100, 1, 1)
    assert cell["submission"]["attempt"] == (1 if gradebook.family == Family.CANVAS else 0)
    scores = [(m.kind, m.state) for m in gradebook.messages() if m.kind != "roster"]
    assert scores == [("score", DeliveryState.DELIVERED)]
    assert gradebook.state().kind == "done"


def test_an_answer_that_was_lost_is_made_up_for_by_reading_back(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.lms.failure.set("lost", times=1)
    gradebook.decide(given=70_000)
    gradebook.work()
    assert gradebook.state().kind == "wait"
    clock.shift(timedelta(minutes=2))
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["attempts"], cell["applied"]) == (70, 1, 1)
    assert gradebook.state().label.startswith("Sent: ")


def test_a_lost_withdrawal_is_not_sent_twice_either(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.decide(given=70_000)
    gradebook.work()
    gradebook.lms.failure.set("lost", times=1)
    gradebook.decide(given=None)
    gradebook.work()
    clock.shift(timedelta(minutes=2))
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["applied"]) == (None, 2)
    assert gradebook.state().kind == "done"


def test_a_score_that_never_arrived_is_sent_again(gradebook: Gradebook) -> None:
    """The worker died between its mark and the post."""
    gradebook.decide(given=70_000)
    with gradebook.database.write() as session:
        session.execute(
            update(LtiScore).values(posting_since=our_clock.now(), posting_thousandths=70_000)
        )
        session.execute(update(OutboxMessage).values(state="sending", attempts=1))
    end_leases(gradebook.database)
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["applied"]) == (70, 1)
    # Canvas may hold half of the first post: the attempt, without the score.
    assert cell["submission"]["attempt"] == 0


def test_a_lost_answer_is_no_override_for_the_next_decision(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.lms.failure.set("lost", times=1)
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.decide(given=50_000, comment="Corrected")
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["applied"], cell["comment"]) == (50, 2, "Corrected")
    assert gradebook.state().kind == "done"


@pytest.mark.parametrize("arrived", [True, False])
def test_a_dead_worker_s_older_score_never_comes_after_a_newer(
    gradebook: Gradebook, clock: time_machine.Traveller, arrived: bool
) -> None:
    gradebook.decide(given=100_000)
    if arrived:
        gradebook.lms.failure.set("lost", times=1)
        gradebook.work()
    older = gradebook.messages()[0].id
    with gradebook.database.write() as session:
        session.execute(
            update(LtiScore).values(posting_since=our_clock.now(), posting_thousandths=100_000)
        )
        session.execute(update(OutboxMessage).values(state="sending", attempts=1))
    gradebook.decide(given=50_000)
    end_leases(gradebook.database)
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["applied"]) == (50, 2 if arrived else 1)
    with gradebook.database.read() as session:
        assert session.get_one(OutboxMessage, older).state == DeliveryState.DELIVERED
    assert gradebook.state().kind == "done"


def test_two_workers_never_post_the_same_score(gradebook: Gradebook) -> None:
    """The first one's lease ran out while it was reading; it must not post after all."""
    gradebook.decide(given=70_000)
    with gradebook.database.write() as session:
        session.execute(update(OutboxMessage).values(state="sending", attempts=2))
        message = session.get_one(OutboxMessage, gradebook.messages()[0].id)
        first = worker._delivery(gradebook.database, gradebook.settings, message)
    end_leases(gradebook.database)
    with gradebook.database.write() as session:
        session.execute(update(OutboxMessage).values(attempts=3))
    outcome = worker._attempt(first)
    assert not outcome.delivered
    assert gradebook.cell()["attempts"] == 0


def test_a_worker_that_died_before_its_own_note_sends_nothing_more(
    gradebook: Gradebook,
) -> None:
    gradebook.decide(given=70_000)
    gradebook.work()
    with gradebook.database.write() as session:
        session.execute(update(OutboxMessage).values(state="sending", attempts=1))
    end_leases(gradebook.database)
    gradebook.work()
    assert gradebook.cell()["attempts"] == 1
    assert gradebook.state().kind == "done"


def test_the_lease_covers_the_whole_post(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    """Finding the column may have taken a minute: nobody takes the message over meanwhile."""
    gradebook.decide(given=70_000)
    with gradebook.database.write() as session:
        message = claim(session, limit=1, lease=timedelta(seconds=90))[0]
        delivery = worker._delivery(gradebook.database, gradebook.settings, message)
    with gradebook.database.read() as session:
        job = score_records.load(session, delivery)
    assert not isinstance(job, Outcome)
    clock.shift(timedelta(seconds=85))
    with gradebook.database.read() as session:
        column = session.scalars(select(LtiLineItem.id)).one()
    assert score_records.begin_post(delivery, job, column)
    clock.shift(timedelta(seconds=80))
    with gradebook.database.write() as session:
        assert claim(session, limit=1, lease=timedelta(seconds=90)) == []
