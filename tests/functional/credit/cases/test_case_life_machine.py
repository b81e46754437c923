"""Whatever happens to a case, in whatever order: what must always be true of it still is.

``make cases`` walks far longer ways than the few that every run of the tests takes.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from careerlink.db import Database
from careerlink.enrollments.models import EnrollmentLevel
from careerlink.errors import Refusal
from careerlink.placements.models import Placement
from credit import decided
from credit.appeals import answering
from credit.appeals import operations as appeals
from credit.cases import acceptance, bundle, keeping, moving, queries, rebasing, recording
from credit.cases.choice import Choice
from credit.cases.deciding import decide
from credit.cases.models import Basis, CaseState, CreditCase, DecisionOutcome
from credit.cases.move_models import CreditCaseMove, MoveState
from credit.registrar import operations as registrar
from credit.registrar.models import ExportScope
from credit.returning import operations as returning
from tests.factories import cases, hours
from tests.factories.case_world import CaseWorld, case_world
from tests.factories.evaluated import evaluate
from tests.functional.credit.cases.always_true import ALWAYS, Seen

LIVES = int(os.environ.get("CASE_LIVES", "0"))
WHY = "It is right so."
CASES = st.integers(0, 1)
PROJECTS = st.integers(0, 2)
AGAINST = st.sampled_from(
    [DecisionOutcome.RETURNED, DecisionOutcome.DENIED, DecisionOutcome.INCOMPLETE]
)
RARELY_GONE = st.sampled_from([True, True, True, False])
OUTCOMES = st.sampled_from(list(DecisionOutcome))
BASES = st.sampled_from([Basis.CREDIT, Basis.CREDIT, Basis.NON_CREDIT])
ANSWERS = st.sampled_from(list(answering.Answer))


def while_in(*wanted: CaseState) -> Any:
    """What makes sense in these states alone; that the others refuse it has its own tests."""
    return precondition(
        lambda self: not self.is_over and any(c.state in wanted for c in self.world.cases)
    )


class CaseLife(RuleBasedStateMachine):
    database: Database
    tally: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.unit = self.database.open(writing=True)
        self.session = self.unit.__enter__()
        self.world: CaseWorld = case_world(self.session)
        self.is_over = False
        self.finished: set[int] = set()
        self.evaluated: set[int] = set()

    def teardown(self) -> None:
        self.is_over = True
        self.session.rollback()
        self.unit.__exit__(None, None, None)

    def act(self, name: str, deed: Callable[[], Any]) -> None:
        """A refusal undoes what the deed began, as the request's own unit of work does."""
        self.session.expire_all()
        try:
            with self.session.begin_nested():
                deed()
                self.session.flush()
            self.tally[name] += 1
        except Refusal:
            self.tally[f"{name} refused"] += 1
        self.session.expire_all()

    def case(self, number: int, *wanted: CaseState) -> CreditCase:
        found = self.world.cases
        fitting = [case for case in found if case.state in wanted] or found
        return fitting[number % len(fitting)]

    def work_on(self, number: int, deed: Callable[[Placement], Any]) -> None:
        """Evidence, as far as the case still takes any."""
        placement = self.world.projects[number]
        if not decided.why_closed(self.session, placement):
            self.act("evidence", lambda: deed(placement))

    @rule(project=PROJECTS, week=st.integers(0, 5), minutes=st.sampled_from([30, 480]))
    def log_hours(self, project: int, week: int, minutes: int) -> None:
        day = cases.FIRST_DAY + timedelta(weeks=week, days=3 + project)
        self.work_on(project, lambda one: hours.entry(self.session, one, day, minutes))

    @rule(project=PROJECTS, late=st.booleans())
    def finish(self, project: int, late: bool) -> None:
        """The work is done and confirmed; the evaluation may come with it or later."""

        def deed(placement: Placement) -> None:
            if project not in self.finished:
                cases.complete(self.session, placement)
                self.finished.add(project)
            if not late and project not in self.evaluated:
                evaluate(self.session, placement)
                self.evaluated.add(project)

        self.work_on(project, deed)
        self.sweep()

    @initialize(done=st.sampled_from([True, True, True, False]))
    def most_begin_with_the_work_done(self, done: bool) -> None:
        if done:
            self.finish_all(every=True)

    @rule(every=st.booleans())
    def finish_all(self, every: bool) -> None:
        for project in range(3 if every else 2):
            if project not in self.finished:
                self.finish(project, late=False)

    @rule()
    def sweep(self) -> None:
        self.act("sweep", lambda: keeping.sweep(self.session))

    @rule(number=CASES, outcome=OUTCOMES, basis=BASES, by=st.integers(0, 4))
    def decide(self, number: int, outcome: DecisionOutcome, basis: Basis, by: int) -> None:
        """By the instructor, or by one of three chairs."""
        self.decide_on(self.case(number), outcome, basis=basis, by=by)

    def decide_on(
        self,
        case: CreditCase,
        outcome: DecisionOutcome,
        *,
        by: int,
        basis: Basis = Basis.CREDIT,
    ) -> None:
        if by < 2 or case.awaits is None:
            actor = self.world.as_instructor(case)
        else:
            actor = self.world.as_approver(by)
        choice = Choice(outcome, comment=WHY, basis=basis, override_reason=WHY)
        name = f"{outcome.value} in {case.state.value}"
        self.act(name, lambda: decide(self.session, case, choice, actor=actor))

    @while_in(CaseState.READY)
    @rule(number=CASES, by=st.integers(0, 2))
    def approve_to_the_end(self, number: int, by: int) -> None:
        self.decide_on(self.case(number, CaseState.READY), DecisionOutcome.APPROVED, by=0)
        halfway = self.case(number, CaseState.IN_APPROVAL)
        self.decide_on(halfway, DecisionOutcome.APPROVED, by=2 + by)

    @while_in(CaseState.READY, CaseState.IN_APPROVAL)
    @rule(number=CASES, outcome=AGAINST, by=st.integers(0, 2))
    def decide_against(self, number: int, outcome: DecisionOutcome, by: int) -> None:
        case = self.case(number, CaseState.READY, CaseState.IN_APPROVAL)
        self.decide_on(case, outcome, by=2 + by)

    @while_in(CaseState.APPROVED, CaseState.DENIED, CaseState.INCOMPLETE)
    @rule(number=CASES)
    def void(self, number: int) -> None:
        decided_ones = (CaseState.APPROVED, CaseState.DENIED, CaseState.INCOMPLETE)
        self.decide_on(self.case(number, *decided_ones), DecisionOutcome.VOIDED, by=0)

    @while_in(CaseState.IN_APPROVAL)
    @rule(number=CASES)
    def send_back_to_the_instructor(self, number: int) -> None:
        case = self.case(number, CaseState.IN_APPROVAL)
        choice = Choice(DecisionOutcome.RETURNED, comment=WHY, to_instructor=True)
        actor = self.world.as_approver(0)
        self.act("send back", lambda: decide(self.session, case, choice, actor=actor))

    @while_in(CaseState.RETURNED)
    @rule(number=CASES)
    def resubmit(self, number: int) -> None:
        case = self.case(number, CaseState.RETURNED)
        actor = self.world.as_student(case)
        self.act("resubmit", lambda: recording.resubmit(self.session, case, actor=actor))

    @while_in(CaseState.RETURNED)
    @rule(number=CASES)
    def take_up(self, number: int) -> None:
        case = self.case(number, CaseState.RETURNED)
        actor = self.world.as_instructor(case)
        self.act(
            "take up",
            lambda: returning.take_up(self.session, case, actor=actor, reason=WHY),
        )

    @rule(number=CASES, minutes=st.sampled_from([0, 300, 900]))
    def record_academic_work(self, number: int, minutes: int) -> None:
        case = self.case(number)
        actor = self.world.as_instructor(case)
        self.act(
            "academic work",
            lambda: recording.record_academic_work(
                self.session, case, actor=actor, minutes=minutes
            ),
        )

    @rule(project=PROJECTS, back=st.sampled_from([True, False]))
    def arrange(self, project: int, back: bool) -> None:
        placement = self.world.projects[project]
        case = self._case_of(placement)
        deed = bundle.put_back if back else bundle.leave_out
        self.act(
            deed.__name__,
            lambda: deed(
                self.session,
                case,
                placement.public_id,
                actor=self.world.as_staff,
                reason=WHY,
            ),
        )

    @rule(project=PROJECTS)
    def ask_for_a_move(self, project: int) -> None:
        placement = self.world.projects[project]
        case = self._case_of(placement)
        here = self.world.class_of(case)
        to = self.world.there if here is self.world.here else self.world.here
        self.act(
            "ask for a move",
            lambda: moving.ask(
                self.session,
                case,
                placement.public_id,
                to.course,
                actor=self.world.as_staff,
                reason=WHY,
            ),
        )

    @rule(how=st.sampled_from(["accept", "accept", "decline", "withdraw"]))
    def answer_a_move(self, how: str) -> None:
        move = self.session.scalars(
            select(CreditCaseMove)
            .where(CreditCaseMove.institution_id == self.world.student.institution_id)
            .where(CreditCaseMove.state == MoveState.ASKED)
            .limit(1)
        ).first()
        if move is None:
            return
        to = self.world.here.course.id == move.to_course_id
        receiver = (self.world.here if to else self.world.there).as_instructor
        deeds: dict[str, Callable[[], Any]] = {
            "accept": lambda: moving.accept(self.session, move, actor=receiver),
            "decline": lambda: moving.decline(self.session, move, actor=receiver, reason=WHY),
            "withdraw": lambda: moving.withdraw(
                self.session, move, actor=self.world.as_staff, reason=WHY
            ),
        }
        self.act(f"{how} a move", deeds[how])

    @rule(number=CASES, back=RARELY_GONE)
    def roster(self, number: int, back: bool) -> None:
        member = self.world.member(self.case(number))
        member.dropped_at = None if back else datetime(2026, 10, 13, 15, tzinfo=UTC)
        self.session.flush()
        self.sweep()

    @rule(
        number=CASES,
        day=st.sampled_from([None, None, None, date(2026, 9, 1), date(2026, 10, 13)]),
    )
    def registrar_says(self, number: int, day: date | None) -> None:
        case = self.case(number)
        self.world.enrollment(case).dropped_on = day
        self.session.flush()
        course = self.world.class_of(case).course
        self.act(
            "registrar says",
            lambda: keeping.when_enrollment_changes(self.session, course, [case.person_id]),
        )

    @rule(number=CASES, version=PROJECTS)
    def rebase(self, number: int, version: int) -> None:
        case, to = self.case(number), self.world.versions[version]
        self.act(
            "rebase",
            lambda: rebasing.rebase(
                self.session, case, to, actor=self.world.as_staff, reason=WHY
            ),
        )

    @while_in(CaseState.APPROVED, CaseState.DENIED, CaseState.INCOMPLETE)
    @rule(number=CASES)
    def appeal(self, number: int) -> None:
        case = self.case(number, CaseState.APPROVED, CaseState.DENIED, CaseState.INCOMPLETE)
        actor = self.world.as_student(case)
        self.act("appeal", lambda: appeals.file(self.session, case, actor=actor, statement=WHY))

    @while_in(CaseState.APPEALED)
    @rule(number=CASES)
    def withdraw_the_appeal(self, number: int) -> None:
        case = self.case(number, CaseState.APPEALED)
        actor = self.world.as_student(case)
        self.act("withdraw", lambda: appeals.withdraw(self.session, case, actor=actor))

    @while_in(CaseState.APPEALED)
    @rule(number=CASES, answer=ANSWERS, by=PROJECTS)
    def answer_the_appeal(self, number: int, answer: answering.Answer, by: int) -> None:
        case, actor = self.case(number, CaseState.APPEALED), self.world.as_approver(by)
        reply = answering.Reply(answer, WHY)
        self.act(
            f"{answer.value} of an appeal",
            lambda: answering.answer(self.session, case, reply, actor=actor),
        )

    @while_in(CaseState.APPROVED)
    @rule(number=CASES)
    def accept_the_award(self, number: int) -> None:
        case = self.case(number, CaseState.APPROVED)
        actor = self.world.as_student(case)
        latest = queries.latest_decision(self.session, case)
        seen = latest.number if latest is not None else 1
        self.act("accept", lambda: acceptance.accept(self.session, case, seen, actor=actor))

    @rule(sent=st.booleans())
    def export(self, sent: bool) -> None:
        def deed() -> None:
            term = self.world.here.course.term
            assert term is not None
            made = registrar.make(
                self.session,
                term,
                level=EnrollmentLevel.UNDERGRADUATE,
                scope=ExportScope.DELTA,
                actor=self.world.as_staff,
            )
            if sent:
                registrar.mark_sent(self.session, made, note="", actor=self.world.as_staff)

        self.act("export", deed)

    @invariant()
    def everything_holds(self) -> None:
        self.session.expire_all()
        seen = Seen.of(self.world)
        for holds in ALWAYS:
            holds(seen)

    def _case_of(self, placement: Placement) -> CreditCase:
        return next(c for c in self.world.cases if c.course_id == placement.course_id)


def test_whatever_happens_to_a_case(app: Flask, database: Database) -> None:
    tally: Counter[str] = Counter()

    class Life(CaseLife):
        pass

    Life.database, Life.tally = database, tally
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=LIVES or 5,
            stateful_step_count=60 if LIVES else 24,
            derandomize=not LIVES,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    if LIVES:
        lines = [f"{count:6} {name}" for name, count in sorted(tally.items())]
        sys.stdout.write("\n".join(lines) + "\n")
