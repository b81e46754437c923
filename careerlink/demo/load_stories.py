"""How far each sample student has come, played through the real operations at past times.

Every step is what somebody would do on a page, so that rules, history, mail and gradebook agree
with what the pages show.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from careerlink import audit, clock
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.demo import cast, work_stories
from careerlink.demo.loading import Loading
from careerlink.demo.work import Work
from careerlink.people.actors import Actor
from careerlink.placements import applying, offers
from careerlink.placements.application_queries import placement_from
from careerlink.placements.models import Application, ApplicationState
from credit.cases import deciding, opening, recording
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, DecisionOutcome

OUTCOMES = {
    "approved": DecisionOutcome.APPROVED,
    "returned": DecisionOutcome.RETURNED,
    "denied": DecisionOutcome.DENIED,
}


@dataclass(frozen=True)
class Step:
    """One deed at one time; steps of one moment keep the order in which they were told."""

    at: datetime
    do: Callable[[], object]


def load(loading: Loading) -> None:
    steps: list[Step] = []
    for student in loading.content.cast.students:
        steps += Story(loading, student).steps()
    for step in sorted(steps, key=lambda step: step.at):
        with clock.at(step.at):
            step.do()


class Story:
    def __init__(self, loading: Loading, student: cast.Student) -> None:
        self.loading = loading
        self.session = loading.session
        self.student = student
        self.actor = loading.member(student.key, student.course, CourseRole.STUDENT)
        self.applications: dict[str, Application] = {}
        self._steps: list[Step] = []

    def steps(self) -> list[Step]:
        if self.student.test:
            return []
        for application in self.student.applications:
            self._apply(application)
        for placement in self.student.placements:
            work = Work(self.loading, self.student, placement, self.actor, self.applications)
            self._steps += [Step(at, do) for at, do in work_stories.steps(work)]
        if self.student.case is not None:
            self._case(self.student.case)
        if self.student.dropped_in is not None:
            self._at(self.student.dropped_in, 12, self._drop)
        return self._steps

    def _at(self, day: int, hour: int, do: Callable[[], object]) -> None:
        self._steps.append(Step(self.loading.moment(day, hour), do))

    def _apply(self, told: cast.Application) -> None:
        self._at(told.applied_in, 9, lambda: self._write(told))
        if told.state == "draft":
            return
        self._at(told.applied_in, 10, lambda: self._submit(told))
        answered = told.answered_in if told.answered_in is not None else told.applied_in
        if told.state == "offered":
            made = max(told.applied_in, (told.offer_expires_in or 2) - 3)
            self._at(made, 14, lambda: self._offer(told))
        if told.state in ("accepted", "declined"):
            self._at(max(told.applied_in, answered - 1), 14, lambda: self._offer(told))
            self._at(answered, 16, lambda: self._answer(told))
        if told.state == "expired":
            self._at(max(told.applied_in, answered - 4), 14, lambda: self._offer(told))
            self._at(answered, 16, lambda: self._expire(told))
        if told.state == "not_selected":
            self._at(answered, 15, lambda: self._not_selected(told))
        if told.state == "withdrawn":
            self._at(answered, 15, lambda: self._withdraw(told))
        if told.state == "wait_listed":
            self._at(answered, 15, lambda: self._wait(told))

    def _write(self, told: cast.Application) -> None:
        self.applications[told.listing] = applying.save_draft(
            self.session,
            self.loading.listings[told.listing],
            course=self.loading.courses[self.student.course],
            actor=self.actor,
            statement=told.statement,
        )

    def _submit(self, told: cast.Application) -> None:
        applying.submit(self.session, self.applications[told.listing], actor=self.actor)

    def _offer(self, told: cast.Application) -> None:
        application = self.applications[told.listing]
        if application.state != ApplicationState.OFFERED:
            offers.make_offer(self.session, application, actor=self.loading.staff())

    def _answer(self, told: cast.Application) -> None:
        application = self.applications[told.listing]
        if told.state == "accepted":
            offers.accept(self.session, application, actor=self.actor, ends_others=True)
        else:
            offers.decline(self.session, application, actor=self.actor)

    def _expire(self, told: cast.Application) -> None:
        offers.expire_if_late(self.session, self.applications[told.listing])

    def _not_selected(self, told: cast.Application) -> None:
        offers.do_not_select(
            self.session,
            self.applications[told.listing],
            actor=self.loading.staff(),
            reason=told.reason or "Another applicant was nearer to what the project asks for.",
        )

    def _withdraw(self, told: cast.Application) -> None:
        applying.withdraw(self.session, self.applications[told.listing], actor=self.actor)

    def _wait(self, told: cast.Application) -> None:
        application = self.applications[told.listing]
        if application.state == ApplicationState.SUBMITTED:
            offers.put_on_wait_list(self.session, application, actor=self.loading.staff())

    def _case(self, told: cast.Case) -> None:
        first = min((decision.decided_in for decision in told.decisions), default=0)
        self._at(min(first, -1), 8, self._record_academic)
        for number, decision in enumerate(told.decisions):
            if number:
                self._at(decision.decided_in, 9, self._resubmit)
            self._at(decision.decided_in, 15, self._deciding(decision))

    def _credit_case(self) -> CreditCase | None:
        for application in self.applications.values():
            placement = placement_from(self.session, application)
            if placement is not None and (case := opening.case_of(self.session, placement)):
                return case
        return None

    def _instructor(self) -> Actor:
        course = next(c for c in self.loading.content.courses if c.code == self.student.course)
        return self.loading.member(course.instructor, course.code, CourseRole.INSTRUCTOR)

    def _record_academic(self) -> None:
        case = self._credit_case()
        if case is not None:
            recording.record_academic_work(
                self.session,
                case,
                actor=self._instructor(),
                minutes=self.student.academic_minutes,
            )

    def _resubmit(self) -> None:
        case = self._credit_case()
        if case is not None and case.state == "returned":
            recording.resubmit(self.session, case, actor=self.actor)

    def _deciding(self, told: cast.Decision) -> Callable[[], None]:
        def decide() -> None:
            case = self._credit_case()
            if case is None:
                return
            recording.settle(self.session, case)
            outcome = OUTCOMES[told.kind]
            award = told.credits if outcome == DecisionOutcome.APPROVED else None
            choice = Choice(outcome, comment=told.reason, credits_thousandths=award)
            deciding.decide(self.session, case, choice, actor=self._instructor())

        return decide

    def _drop(self) -> None:
        member = self.session.scalars(
            select(CourseMember).where(
                CourseMember.person_id == self.actor.person_id,
                CourseMember.course_id == self.loading.courses[self.student.course].id,
            )
        ).one()
        member.dropped_at = clock.now()
        audit.record(self.session, "course_member:drop", member, actor=self.loading.system)
