"""The work behind a case, where it counts, and whether the student is still in the course."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from careerlink.placements.models import Placement
from credit import decided
from credit.cases import bundle, keeping, moving
from credit.cases.carrying import is_undecided
from credit.cases.models import CaseState, CreditCase
from credit.cases.move_models import CreditCaseMove, MoveState
from tests.factories import cases, hours
from tests.factories.evaluated import evaluate
from tests.functional.credit.cases.life.acting import CASES, PROJECTS, WHY, Acting, while_in

ANSWERS = st.sampled_from(["accept", "accept", "decline", "withdraw"])
CAN_LEAVE = (CaseState.OPEN, CaseState.READY, CaseState.RETURNED, CaseState.IN_APPROVAL)
DONE = (CaseState.APPROVED, CaseState.DENIED, CaseState.INCOMPLETE, CaseState.APPEALED)
LEFT = datetime(2026, 10, 13, 15, tzinfo=UTC)
BEFORE_CENSUS = date(2026, 9, 1)
DAYS = st.sampled_from([BEFORE_CENSUS, date(2026, 10, 13)])
"""Before the census, and after."""


class Projects(Acting):
    def work_on(self, number: int, name: str, deed: Callable[[Placement], Any]) -> None:
        """Evidence, as far as the case still takes any."""
        placement = self.world.projects[number]
        if not decided.why_closed(self.session, placement):
            self.act(name, lambda: deed(placement))

    @rule(project=PROJECTS, week=st.integers(0, 5), minutes=st.sampled_from([30, 480]))
    def log_hours(self, project: int, week: int, minutes: int) -> None:
        day = cases.FIRST_DAY + timedelta(weeks=week, days=3 + project)
        self.work_on(
            project, "log hours", lambda one: hours.entry(self.session, one, day, minutes)
        )

    @precondition(lambda self: len(self.evaluated) < len(self.world.projects))
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

        self.work_on(project, "finish", deed)
        self.sweep()

    @precondition(lambda self: len(self.evaluated) < len(self.world.projects))
    @rule(every=st.booleans())
    def finish_all(self, every: bool) -> None:
        for project in range(3 if every else 2):
            if project not in self.evaluated:
                self.finish(project, late=False)

    @rule(project=PROJECTS, back=st.booleans())
    def arrange(self, project: int, back: bool) -> None:
        placement = self.world.projects[project]
        case = self.case_of(placement)
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
        case = self.case_of(placement)
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

    @rule(how=ANSWERS)
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

    @while_in(CaseState.OPEN, CaseState.READY)
    @rule(project=PROJECTS, how=ANSWERS)
    def move(self, project: int, how: str) -> None:
        """Of a project that may go, if any may."""
        may = [
            number
            for number, one in enumerate(self.world.projects)
            if is_undecided(self.case_of(one))
        ]
        self.ask_for_a_move(may[project % len(may)] if may else project)
        self.answer_a_move(how)

    @while_in(*CAN_LEAVE)
    @rule(number=CASES, day=DAYS, by_roster=st.booleans())
    def leave(self, number: int, day: date, by_roster: bool) -> None:
        case = self.case(number, *CAN_LEAVE)
        if by_roster:
            self.world.member(case).dropped_at = LEFT
            self.session.flush()
            self.sweep()
        else:
            self.registrar_says(case, day)

    @while_in(CaseState.DROPPED)
    @rule(number=CASES)
    def come_back(self, number: int) -> None:
        case = self.case(number, CaseState.DROPPED)
        self.world.member(case).dropped_at = None
        self.registrar_says(case, None)
        self.sweep()

    @while_in(*DONE)
    @rule(number=CASES, day=DAYS)
    def vanish_from_a_list(self, number: int, day: date) -> None:
        """A decision stands also when the student is gone."""
        case = self.case(number, *DONE)
        self.registrar_says(case, day)
        self.registrar_says(case, None)

    def registrar_says(self, case: CreditCase, day: date | None) -> None:
        self.world.enrollment(case).dropped_on = day
        self.session.flush()
        course = self.world.class_of(case).course
        self.act(
            "registrar says",
            lambda: keeping.when_enrollment_changes(self.session, course, [case.person_id]),
        )

    @rule(number=CASES, version=PROJECTS)
    def rebase(self, number: int, version: int) -> None:
        self.rebase_to(self.undecided(number), version)
