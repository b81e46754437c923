"""Decisions at every step of a chain, what comes back, and what is taken back."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from careerlink.people.actors import Actor
from credit.cases import queries, recording
from credit.cases.choice import Choice
from credit.cases.deciding import decide
from credit.cases.models import Basis, CaseState, CreditCase, DecisionOutcome
from credit.cases.standing import standing_of
from credit.policy.parameters import Parameters
from credit.returning import operations as returning
from tests.functional.credit.cases.life.acting import CASES, WHY, while_in
from tests.functional.credit.cases.life.projects import BEFORE_CENSUS, Projects

DECIDED = (CaseState.APPROVED, CaseState.DENIED, CaseState.INCOMPLETE)
WAITING = (CaseState.READY, CaseState.IN_APPROVAL)
OUTCOMES = st.sampled_from(list(DecisionOutcome))
AGAINST = st.sampled_from(
    [DecisionOutcome.RETURNED, DecisionOutcome.DENIED, DecisionOutcome.INCOMPLETE]
)
BASES = st.sampled_from([Basis.CREDIT, Basis.CREDIT, Basis.NON_CREDIT])


class Deciding(Projects):
    def decide_on(
        self,
        case: CreditCase,
        outcome: DecisionOutcome,
        *,
        by: Actor,
        basis: Basis = Basis.CREDIT,
        to_instructor: bool = False,
        credits: int | None = None,
    ) -> bool:
        choice = Choice(
            outcome,
            comment=WHY,
            basis=basis,
            override_reason=WHY,
            to_instructor=to_instructor,
            credits_thousandths=credits,
        )
        chain = Parameters.model_validate(case.policy_version.parameters).approver_chain
        step = case.step if case.state == CaseState.IN_APPROVAL else 1
        name = {
            DecisionOutcome.APPROVED: f"approved at step {step} of {len(chain)}",
            DecisionOutcome.VOIDED: f"voided in {case.state.value}",
        }.get(outcome, outcome.value)
        if outcome == DecisionOutcome.APPROVED and basis == Basis.NON_CREDIT:
            name = "approved without credit"
        return self.act(name, lambda: decide(self.session, case, choice, actor=by))

    @rule(number=CASES, outcome=OUTCOMES, basis=BASES, by=st.integers(0, 4))
    def decide(self, number: int, outcome: DecisionOutcome, basis: Basis, by: int) -> None:
        """Whatever anybody presses, whoever it is."""
        case = self.case(number)
        approver = self.world.as_approver(by)
        actor = self.world.as_instructor(case) if by < 2 else approver
        self.decide_on(case, outcome, by=actor, basis=basis)

    @while_in(*WAITING)
    @rule(number=CASES, by=st.integers(0, 2), basis=BASES, credits=st.sampled_from([None, 500]))
    def approve(self, number: int, by: int, basis: Basis, credits: int | None) -> None:
        case = self.case(number, *WAITING)
        credits = None if basis == Basis.NON_CREDIT else credits
        actor = self.world.as_next(case, by)
        self.decide_on(case, DecisionOutcome.APPROVED, by=actor, basis=basis, credits=credits)

    @while_in(*WAITING)
    @rule(number=CASES, by=st.integers(0, 2))
    def approve_to_the_end(self, number: int, by: int) -> None:
        case = self.case(number, *WAITING)
        while case.state in WAITING:
            actor = self.world.as_next(case, by)
            if not self.decide_on(case, DecisionOutcome.APPROVED, by=actor):
                return

    @while_in(*WAITING)
    @rule(number=CASES, outcome=AGAINST, by=st.integers(0, 2))
    def decide_against(self, number: int, outcome: DecisionOutcome, by: int) -> None:
        case = self.case(number, *WAITING)
        self.decide_on(case, outcome, by=self.world.as_next(case, by))

    @while_in(*WAITING)
    @rule(number=CASES, outcome=AGAINST, by=st.integers(0, 2))
    def decide_against_at_a_later_step(
        self, number: int, outcome: DecisionOutcome, by: int
    ) -> None:
        """What was returned from there goes back there."""
        case = self.to_a_later_step(number, by)
        if case.state == CaseState.IN_APPROVAL:
            self.decide_on(case, outcome, by=self.world.as_next(case, by))
        if case.state == CaseState.RETURNED:
            self.resubmit(number, False)

    @while_in(*WAITING)
    @rule(number=CASES, by=st.integers(0, 2), back=st.booleans())
    def leave_at_a_later_step(self, number: int, by: int, back: bool) -> None:
        case = self.to_a_later_step(number, by)
        self.registrar_says(case, BEFORE_CENSUS)
        if back:
            self.registrar_says(case, None)

    def to_a_later_step(self, number: int, by: int) -> CreditCase:
        """There, if its chain has one."""
        case = self.case(number, *WAITING)
        if case.state == CaseState.READY:
            actor = self.world.as_next(case, by)
            self.decide_on(case, DecisionOutcome.APPROVED, by=actor)
        return case

    @while_in(CaseState.OPEN, CaseState.RETURNED, *WAITING)
    @rule(number=CASES, by=st.integers(0, 2))
    def mark_incomplete(self, number: int, by: int) -> None:
        case = self.case(number, CaseState.OPEN, CaseState.RETURNED, *WAITING)
        self.decide_on(case, DecisionOutcome.INCOMPLETE, by=self.world.as_next(case, by))

    @while_in(*WAITING)
    @rule(number=CASES, by=st.integers(0, 2), late=st.booleans())
    def return_and_go_on(self, number: int, by: int, late: bool) -> None:
        """The student sends it back, or does not, and the instructor goes on with what is
        there."""
        case = self.case(number, *WAITING)
        if self.decide_on(case, DecisionOutcome.RETURNED, by=self.world.as_next(case, by)):
            go_on = self.take_up if late else self.resubmit
            go_on(number, True)

    @while_in(*DECIDED)
    @rule(number=CASES, by=st.integers(0, 2))
    def void(self, number: int, by: int) -> None:
        """By the instructor, or by whoever sits where the last word came from."""
        case = self.case(number, *DECIDED)
        stands = standing_of(queries.decisions(self.session, case))
        actor = self.world.as_instructor(case)
        if by and stands is not None and stands.as_role is not None:
            actor = self.world.as_role(stands.as_role, by)
        self.decide_on(case, DecisionOutcome.VOIDED, by=actor)

    @while_in(*WAITING)
    @rule(number=CASES, by=st.integers(0, 2), own=st.booleans())
    def take_back_halfway(self, number: int, by: int, own: bool) -> None:
        """The instructor takes the own word back, or the next step sends it back to them."""
        case = self.to_a_later_step(number, by)
        actor = self.world.as_instructor(case) if own else self.world.as_next(case, by)
        self.decide_on(case, DecisionOutcome.VOIDED, by=actor, to_instructor=not own)

    @while_in(CaseState.RETURNED)
    @rule(number=CASES, more=st.booleans())
    def resubmit(self, number: int, more: bool) -> None:
        case = self.case(number, CaseState.RETURNED)
        if more:
            self.more_hours(case, week=number)
        actor = self.world.as_student(case)
        self.act("resubmit", lambda: recording.resubmit(self.session, case, actor=actor))

    @while_in(CaseState.RETURNED)
    @rule(number=CASES, late=st.booleans())
    def take_up(self, number: int, late: bool) -> None:
        case = self.case(number, CaseState.RETURNED)
        if late:
            self.days_pass(15)
        actor = self.world.as_instructor(case)
        self.act(
            "take up",
            lambda: returning.take_up(self.session, case, actor=actor, reason=WHY),
        )

    @while_in(CaseState.INCOMPLETE)
    @rule(number=CASES, week=st.integers(0, 5))
    def finish_an_incomplete_one(self, number: int, week: int) -> None:
        case = self.case(number, CaseState.INCOMPLETE)
        self.finish_all(every=True)
        self.more_hours(case, week=week)
        self.sweep()

    def more_hours(self, case: CreditCase, *, week: int) -> None:
        for project, placement in enumerate(self.world.projects):
            if placement.course_id == case.course_id:
                self.log_hours(project, week, 60)
                return

    @rule(number=CASES, minutes=st.sampled_from([0, 300, 900]))
    def record_academic_work(self, number: int, minutes: int) -> None:
        case = self.undecided(number)
        actor = self.world.as_instructor(case)
        self.act(
            "academic work",
            lambda: recording.record_academic_work(
                self.session, case, actor=actor, minutes=minutes
            ),
        )
