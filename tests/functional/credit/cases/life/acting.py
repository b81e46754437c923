"""One student's cases, the people who act on them, and what every deed leaves behind."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from careerlink import audit_verify
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.errors import Refusal
from careerlink.placements.models import Placement
from credit.cases import keeping, mover_upkeep, rebasing
from credit.cases.carrying import is_undecided
from credit.cases.models import CaseState, CreditCase
from tests.conftest import NOW
from tests.factories.case_world import CaseWorld, case_world
from tests.functional.credit.cases.life.always_true import ALWAYS, Seen

WHY = "It is right so."
CASES = st.integers(0, 1)
PROJECTS = st.integers(0, 2)
LONGEST = timedelta(days=150)


Rule = TypeVar("Rule", bound=Callable[..., object])


def while_in(*wanted: CaseState) -> Callable[[Rule], Rule]:
    """What makes sense in these states alone; that the others refuse it has its own tests."""
    return precondition(lambda self: not self.is_over and bool(self.states & {*wanted}))


class Acting(RuleBasedStateMachine):
    database: Database
    configured: Settings
    clock: time_machine.Traveller
    tally: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.clock.move_to(NOW)
        self.unit = self.database.open(writing=True)
        self.session = self.unit.__enter__()
        self.is_over = self.is_sound = False
        self.is_changed = True
        self.passed = timedelta()

    @initialize(
        apart=st.booleans(), version=PROJECTS, done=st.sampled_from([True, True, True, False])
    )
    def begin(self, apart: bool, version: int, done: bool) -> None:
        """``apart``: one of the three projects begins in the other course."""
        self.world: CaseWorld = case_world(self.session, apart=apart)
        self.edges: Counter[tuple[CaseState, CaseState]] = Counter()
        self.states: set[CaseState] = set()
        self.finished: set[int] = set()
        self.evaluated: set[int] = set()
        for case in self.world.cases if version else []:
            self.rebase_to(case, version)
        self.look()
        if done:
            self.finish_all(every=True)

    def finish_all(self, every: bool) -> None:
        raise NotImplementedError

    def rebase_to(self, case: CreditCase, version: int) -> None:
        to, actor = self.world.versions[version], self.world.as_staff
        self.act(
            "rebase",
            lambda: rebasing.rebase(self.session, case, to, actor=actor, reason=WHY),
        )

    def teardown(self) -> None:
        self.is_over = True
        if self.is_sound:
            self.whatever_happened_is_on_record()
        self.session.rollback()
        self.unit.__exit__(None, None, None)

    def whatever_happened_is_on_record(self) -> None:
        for before, after in self.edges:
            self.tally[f"edge {before.value} → {after.value}"] += self.edges[before, after]
        found = audit_verify.verify(self.session, self.configured)
        # Seals come with the worker, and lives are never committed.
        assert [one for one in found.faults if not one.endswith("is not sealed")] == []

    def act(self, name: str, deed: Callable[[], Any]) -> bool:
        """A refusal undoes what the deed began, as the request's own unit of work does."""
        self.is_sound = False
        self.session.expire_all()
        done = True
        try:
            with self.session.begin_nested():
                deed()
                self.session.flush()
        except Refusal:
            done = False
        self.tally[name if done else f"{name} refused"] += 1
        self.is_changed = self.is_changed or done
        self.session.expire_all()
        self.look()
        return done

    def look(self) -> None:
        self.states = {case.state for case in self.world.cases}

    def case(self, number: int, *wanted: CaseState) -> CreditCase:
        found = self.world.cases
        fitting = [case for case in found if case.state in wanted] or found
        return fitting[number % len(fitting)]

    def undecided(self, number: int) -> CreditCase:
        found = self.world.cases
        fitting = [case for case in found if is_undecided(case)] or found
        return fitting[number % len(fitting)]

    def case_of(self, placement: Placement) -> CreditCase:
        return next(c for c in self.world.cases if c.course_id == placement.course_id)

    @rule()
    def sweep(self) -> None:
        self.act("sweep", lambda: keeping.sweep(self.session))

    @precondition(lambda self: self.passed < LONGEST)
    @rule(days=st.sampled_from([1, 4, 15]))
    def days_pass(self, days: int) -> None:
        self.clock.shift(timedelta(days=days))
        self.passed += timedelta(days=days)
        self.act("days pass", lambda: mover_upkeep.sweep(self.session))
        self.sweep()

    @invariant()
    def everything_holds(self) -> None:
        if not self.is_changed:
            self.is_sound = True
            return
        self.session.expire_all()
        seen = Seen.of(self.world)
        for holds in ALWAYS:
            holds(seen)
        self.edges = seen.edges
        self.is_changed, self.is_sound = False, True
