"""What follows a decision: appeals, the student's acceptance, gradebook and registrar."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from careerlink import clock
from careerlink.enrollments.models import EnrollmentLevel
from careerlink.institutions.models import Term
from careerlink.outbox import ON_ITS_WAY, DeliveryState, OutboxMessage
from credit.appeals import answering, outcomes
from credit.appeals import operations as appeals
from credit.cases import acceptance, queries
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from credit.cases.standing import standing_of
from credit.registrar import operations as registrar
from credit.registrar import reconciling
from credit.registrar.models import ExportScope, RegistrarExport, RegistrarRow
from lti.models import LtiScore
from tests.functional.credit.cases.life.acting import CASES, PROJECTS, WHY, while_in
from tests.functional.credit.cases.life.deciding import DECIDED, WAITING, Deciding

ANSWERS = st.sampled_from(list(outcomes.Answer))
AGAINST = (CaseState.DENIED, CaseState.INCOMPLETE)


class Afterwards(Deciding):
    @while_in(*DECIDED)
    @rule(number=CASES)
    def appeal(self, number: int) -> None:
        self.appeal_against(self.case(number, *DECIDED))

    def appeal_against(self, case: CreditCase) -> bool:
        actor = self.world.as_student(case)
        return self.act(
            "appeal", lambda: appeals.file(self.session, case, actor=actor, statement=WHY)
        )

    @while_in(*WAITING, *AGAINST)
    @rule(number=CASES, answer=ANSWERS, by=PROJECTS, less=st.booleans())
    def appeal_and_answer(
        self, number: int, answer: outcomes.Answer, by: int, less: bool
    ) -> None:
        """Against a denial, an Incomplete or an award of less than the policy gives."""
        case = self.case(number, *WAITING, *AGAINST)
        while case.state in WAITING:
            actor = self.world.as_next(case, 0)
            outcome = DecisionOutcome.APPROVED if less else DecisionOutcome.DENIED
            least = 500 if less else None
            if not self.decide_on(case, outcome, by=actor, credits=least):
                return
        if self.appeal_against(case):
            self.answer(case, answer, by)

    @while_in(*WAITING, CaseState.DENIED)
    @rule(number=CASES, by=PROJECTS)
    def appeal_and_be_awarded(self, number: int, by: int) -> None:
        """In a longer chain the registrar's step is still to come."""
        self.appeal_and_answer(number, answer=outcomes.Answer.AMEND, by=by, less=False)

    @while_in(CaseState.APPEALED)
    @rule(number=CASES)
    def withdraw_the_appeal(self, number: int) -> None:
        case = self.case(number, CaseState.APPEALED)
        actor = self.world.as_student(case)
        self.act("withdraw", lambda: appeals.withdraw(self.session, case, actor=actor))

    @while_in(CaseState.APPEALED)
    @rule(number=CASES, answer=ANSWERS, by=PROJECTS)
    def answer_the_appeal(self, number: int, answer: outcomes.Answer, by: int) -> None:
        self.answer(self.case(number, CaseState.APPEALED), answer, by)

    def answer(self, case: CreditCase, answer: outcomes.Answer, by: int) -> None:
        actor, reply = self.world.as_approver(by), outcomes.Reply(answer, WHY)
        self.act(
            f"{answer.value} of an appeal",
            lambda: answering.answer(self.session, case, reply, actor=actor),
        )

    @while_in(CaseState.APPROVED)
    @rule(number=CASES)
    def accept_the_award(self, number: int) -> None:
        case = self.case(number, CaseState.APPROVED)
        actor = self.world.as_student(case)
        stands = standing_of(queries.decisions(self.session, case))
        seen = stands.number if stands is not None else 1
        self.act("accept", lambda: acceptance.accept(self.session, case, seen, actor=actor))

    @while_in(*DECIDED)
    @rule(sent=st.booleans())
    def export(self, sent: bool) -> None:
        for of in (self.world.here, self.world.there):
            self.make_file(of.course.term, sent=sent)
        if sent:
            self.nothing_else_was_told()

    @while_in(*DECIDED)
    @rule(number=CASES)
    def accept_and_export(self, number: int) -> None:
        if CaseState.APPROVED in self.states:
            self.accept_the_award(number)
        self.export(sent=True)

    @while_in(*DECIDED)
    @rule(number=CASES, again=st.booleans())
    def tell_void_and_tell(self, number: int, again: bool) -> None:
        """``again``: what was void is decided anew before the next file."""
        self.accept_and_export(number)
        self.void(number, by=1)
        if again:
            self.approve_to_the_end(number, by=2)
        self.accept_and_export(number)

    def make_file(self, term: Term | None, *, sent: bool) -> None:
        assert term is not None

        def deed() -> None:
            made = registrar.make(
                self.session,
                term,
                level=EnrollmentLevel.UNDERGRADUATE,
                scope=ExportScope.DELTA,
                actor=self.world.as_staff,
            )
            rows = select(RegistrarRow.change).where(RegistrarRow.export_id == made.id)
            self.tally.update(f"told {one}" for one in self.session.scalars(rows))
            if sent:
                registrar.mark_sent(self.session, made, note="", actor=self.world.as_staff)

        if not self.act("export", deed) and sent:
            self.send_the_last_file(term)
            # It may be older than a decision that was voided since; the next one says so.
            self.act("export", deed)

    def send_the_last_file(self, term: Term) -> None:
        """The file that waits, where there is nothing else to say."""
        query = select(RegistrarExport).where(RegistrarExport.term_id == term.id)
        last = self.session.scalars(query.order_by(RegistrarExport.number.desc())).first()
        if last is not None and last.sent_at is None:
            actor = self.world.as_staff
            self.act(
                "send", lambda: registrar.mark_sent(self.session, last, note="", actor=actor)
            )

    def nothing_else_was_told(self) -> None:
        school = self.world.student.institution_id
        for one in reconciling.every(self.session, school, None):
            assert one.about != "registrar" or one.text.startswith("left out: "), one

    @rule()
    def gradebook_answers(self) -> None:
        """As the worker notes it once the platform took the score."""

        def deed() -> None:
            rows = self.session.execute(
                select(LtiScore, OutboxMessage)
                .join(OutboxMessage, OutboxMessage.id == LtiScore.outbox_message_id)
                .where(OutboxMessage.state.in_(ON_ITS_WAY))
            )
            for score, message in rows:
                message.state, message.settled_at = DeliveryState.DELIVERED, clock.now()
                score.applied_at = score.read_at = clock.now()
                score.platform_thousandths = score.given_thousandths

        self.act("gradebook", deed)
