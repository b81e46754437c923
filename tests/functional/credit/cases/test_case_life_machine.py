"""Whatever happens to a case, in whatever order: what must always be true of it still is.

``make cases`` walks far longer ways than the few that every run of the tests takes.
"""

import os
import sys
from collections import Counter

import time_machine
from flask import Flask
from hypothesis import HealthCheck, Phase
from hypothesis import settings as settings_of_lives
from hypothesis.stateful import run_state_machine_as_test

from careerlink import audit_seal, audit_verify
from careerlink.config import Settings
from careerlink.db import Database
from credit.appeals.outcomes import Answer
from credit.cases.workflow import CASE
from tests.functional.credit.cases.life.afterwards import Afterwards

LIVES = int(os.environ.get("CASE_LIVES", "0"))
TOGETHER = 5
"""Hypothesis makes later lives of a walk from earlier ones; a new walk has others."""
ENOUGH = 60
"""So many long lives go along every edge that there is."""
DEEDS = (
    *("approved at step 1 of 1", "approved at step 2 of 2", "approved at step 3 of 3"),
    *("approved without credit", "returned", "denied", "incomplete"),
    *(
        "voided in approved",
        "voided in denied",
        "voided in incomplete",
        "voided in in_approval",
    ),
    *("ask for a move", "accept a move", "decline a move", "withdraw a move"),
    *("appeal", "withdraw", "uphold of an appeal", "amend of an appeal"),
    *("to_instructor of an appeal", "to_student of an appeal"),
    *("rebase", "leave_out", "put_back", "resubmit", "take up", "accept"),
    *("told NEW", "told CHANGED", "told VOID"),
)


def test_whatever_happens_to_a_case(
    app: Flask, database: Database, settings: Settings, clock: time_machine.Traveller
) -> None:
    tally = walk(life_in(database, settings, clock))

    if LIVES:
        lines = [f"{count:6} {name}" for name, count in sorted(tally.items())]
        sys.stdout.write("\n".join(lines) + "\n")
    if LIVES >= ENOUGH:
        edges = [f"edge {before.value} → {after.value}" for before, after in CASE]
        assert [name for name in (*DEEDS, *edges) if not tally[name]] == []


def test_the_seals_over_a_life_are_whole(
    app: Flask, database: Database, settings: Settings, clock: time_machine.Traveller
) -> None:
    life = life_in(database, settings, clock)()
    life.begin(apart=True, version=1, done=True)
    life.tell_void_and_tell(0, again=True)
    life.move(2, "accept")
    life.appeal_and_answer(1, answer=Answer.UPHOLD, by=1, less=False)
    life.everything_holds()
    life.session.commit()
    life.teardown()

    assert audit_seal.seal(database, settings) > 20
    with database.read() as session:
        assert audit_verify.verify(session, settings).faults == []
    assert {"appeal", "approved at step 3 of 3"} <= set(life.tally)


def life_in(
    database: Database, configured: Settings, clock: time_machine.Traveller
) -> type[Afterwards]:
    class Life(Afterwards):
        pass

    Life.database, Life.configured = database, configured
    Life.clock, Life.tally = clock, Counter()
    return Life


def walk(life: type[Afterwards]) -> Counter[str]:
    for _ in range(LIVES // TOGETHER or 1):
        run_state_machine_as_test(
            life,
            settings=settings_of_lives(
                max_examples=TOGETHER if LIVES else 3,
                stateful_step_count=60 if LIVES else 22,
                derandomize=not LIVES,
                deadline=None,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
    return life.tally
