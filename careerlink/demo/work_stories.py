"""The part of a sample story from the learning agreement to both evaluations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careerlink.courses.roles import CourseRole
from careerlink.demo import cast
from careerlink.demo.evidence_stories import hand_in, reflect
from careerlink.demo.loading import Loading
from careerlink.people.actors import Actor
from careerlink.placements import consents, planning
from careerlink.placements import operations as placements
from careerlink.placements.application_queries import placement_from
from careerlink.placements.models import Application, Placement, PlacementState
from credit.agreements import drafting
from credit.agreements import operations as agreements
from credit.agreements import queries as agreement_queries
from credit.agreements.drafting import AgreementDraft, ObjectiveDraft
from credit.agreements.models import Judge, LearningAgreement
from credit.evaluations import answers, rubric
from credit.evaluations import operations as evaluations
from credit.evaluations.models import EvaluationState
from credit.hours import operations as hours

Deed = tuple[datetime, Callable[[], object]]
MEETING = "A call every week, and an answer to questions within two working days."
SEMINAR = "The seminar's sessions and one reflection at the end."


@dataclass
class Work:
    loading: Loading
    student: cast.Student
    told: cast.Placement
    actor: Actor
    applications: dict[str, Application]

    @property
    def placement(self) -> Placement:
        found = placement_from(self.loading.session, self.applications[self.told.listing])
        if found is None:
            raise LookupError(f"{self.student.key} has no placement on {self.told.listing}")
        return found

    @property
    def agreement(self) -> LearningAgreement:
        found = agreement_queries.latest(self.loading.session, self.placement, to_change=True)
        if found is None:
            raise LookupError(f"{self.student.key} has no agreement on {self.told.listing}")
        return found

    def instructor(self) -> Actor:
        code = self.student.course
        course = next(c for c in self.loading.content.courses if c.code == code)
        return self.loading.member(course.instructor, code, CourseRole.INSTRUCTOR)

    def supervisor(self) -> Actor:
        current = planning.current_supervisions(self.loading.session, self.placement)[0]
        return Actor(
            institution_id=self.loading.institution.id,
            contact_id=current.contact_id,
            link_placement_id=self.placement.id,
            name=current.contact.name,
        )


def steps(work: Work) -> Iterator[Deed]:
    at, told = work.loading.moment, work.told
    if told.consent_in is not None:
        yield at(told.consent_in, 9), lambda: _consent(work)
    if told.agreement is not None:
        yield from _agreement(work, told.agreement)
    for entry in told.hours:
        yield at(entry.day, 18), _logging(work, entry)
    for deliverable in told.deliverables:
        yield at(deliverable.handed_in, 19), _handing_in(work, deliverable)
    yield from _ending(work)


def _consent(work: Work) -> None:
    consents.give_for_supervision(
        work.loading.session, work.placement, actor=work.actor, signed_name=work.student.name
    )


def _agreement(work: Work, told: cast.Agreement) -> Iterator[Deed]:
    at = work.loading.moment
    signed = told.signed_in if told.signed_in is not None else -2
    yield at(signed, 10), lambda: _write(work, told)
    if told.signed_in is None:
        return
    yield at(signed, 11), lambda: _sign(work)
    if told.supervisor_signed_in is None:
        return
    yield at(told.supervisor_signed_in, 13), lambda: _countersign(work)
    if told.decided_in is None:
        return
    yield at(told.decided_in, 14), lambda: _decide(work, told)


def _write(work: Work, told: cast.Agreement) -> None:
    placement = work.placement
    content = AgreementDraft(
        planned_minutes=placement.planned_minutes,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        tasks=placement.deliverable,
        supervision_plan=MEETING,
        academic_work=SEMINAR,
        objectives=[
            _objective(work, objective, number)
            for number, objective in enumerate(told.objectives)
        ],
    )
    drafting.save_draft(work.loading.session, placement, content, actor=work.actor)


def _objective(work: Work, told: cast.AgreedObjective, number: int) -> ObjectiveDraft:
    named = list(work.told.evaluation.ratings) if work.told.evaluation is not None else []
    competency = work.loading.competencies[named[number]] if number < len(named) else None
    course_objective = work.loading.objectives.get(told.objective)
    return ObjectiveDraft(
        text=told.text,
        activity=told.activity,
        evidence=told.evidence,
        judge=Judge(told.judge),
        objective_id=course_objective.id if course_objective is not None else None,
        competency_id=competency.id if competency is not None else None,
    )


def _sign(work: Work) -> None:
    agreements.sign(
        work.loading.session,
        work.agreement,
        actor=work.actor,
        signed_name=work.student.name,
        secret=work.loading.settings.server.secret,
    )


def _countersign(work: Work) -> None:
    actor = work.supervisor()
    agreements.countersign(
        work.loading.session,
        work.agreement,
        actor=actor,
        signed_name=actor.name,
        document_hash=work.agreement.document_hash or "",
    )


def _decide(work: Work, told: cast.Agreement) -> None:
    session, agreement, actor = work.loading.session, work.agreement, work.instructor()
    if told.return_reason:
        agreements.return_to_student(session, agreement, actor=actor, reason=told.return_reason)
    elif told.state == "refused":
        agreements.refuse(session, agreement, actor=actor, reason="Not within this course.")
    else:
        agreements.approve(
            session, agreement, actor=actor, document_hash=agreement.document_hash or ""
        )


def _logging(work: Work, told: cast.HoursEntry) -> Callable[[], object]:
    def log() -> None:
        objectives = work.agreement.objectives
        placements.start_if_due(work.loading.session, work.placement, actor=work.loading.system)
        hours.log_hours(
            work.loading.session,
            work.placement,
            actor=work.actor,
            worked_on=work.loading.day(told.day),
            minutes=told.minutes,
            task=told.task,
            objective_lineage=objectives[told.objective - 1].lineage,
        )

    return log


def _handing_in(work: Work, told: cast.Deliverable) -> Callable[[], object]:
    return lambda: hand_in(
        work.loading, work.placement, told, actor=work.actor, agreement=work.agreement
    )


def _ending(work: Work) -> Iterator[Deed]:
    at, told = work.loading.moment, work.told
    asked = told.evaluation or told.self_evaluation
    if asked is not None:
        case = work.student.case
        if case is not None and case.reflection:
            yield at(asked.requested_in, 20), lambda: _reflect(work, case.reflection)
        yield at(asked.requested_in, 21), lambda: _complete(work)
    if told.self_evaluation is not None and told.self_evaluation.submitted_in is not None:
        yield (
            at(told.self_evaluation.submitted_in, 12),
            lambda: _evaluate(work, told.self_evaluation, work.actor),
        )
    if told.evaluation is not None and told.evaluation.submitted_in is not None:
        yield (
            at(told.evaluation.submitted_in, 13),
            lambda: _evaluate(work, told.evaluation, work.supervisor()),
        )
    if told.state in ("ended_early", "cancelled"):
        yield at(-4, 12), lambda: _stop(work)


def _reflect(work: Work, text: str) -> None:
    """The whole text with the last project, its beginning with an earlier one."""
    is_last = work.told == work.student.placements[-1]
    reflect(
        work.loading,
        work.placement,
        text if is_last else text.split("\n\n")[0],
        actor=work.actor,
        agreement=work.agreement,
    )


def _complete(work: Work) -> None:
    placements.complete(work.loading.session, work.placement, actor=work.actor)


def _stop(work: Work) -> None:
    stop = placements.cancel if work.told.state == "cancelled" else placements.end_early
    reason = work.told.reason or "The partner's plans changed."
    stop(work.loading.session, work.placement, actor=work.loading.staff(), reason=reason)


def _evaluate(work: Work, told: cast.Evaluation | None, actor: Actor) -> None:
    session, placement = work.loading.session, work.placement
    if told is None or placement.state != PlacementState.WORK_COMPLETED:
        return
    evaluation = evaluations.to_fill_in(session, placement, actor=actor)
    for step, given in _filled_in(work, told, is_supervisor=actor.contact_id is not None):
        evaluations.save_step(session, evaluation, actor=actor, step=step, given=given)
    evaluations.submit(session, evaluation, actor=actor)
    if evaluation.state != EvaluationState.SUBMITTED:
        raise LookupError(f"the evaluation of {work.student.key} was not sent")


def _filled_in(
    work: Work, told: cast.Evaluation, *, is_supervisor: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    session, placement = work.loading.session, work.placement
    if is_supervisor:
        reported = evaluations.reported(session, placement)
        minutes = work.told.confirmation.minutes if work.told.confirmation else reported
        note = work.told.confirmation.note if work.told.confirmation else ""
        right = "yes" if minutes == reported else "no"
        yield (
            answers.HOURS,
            {"right": right, "reported": reported, "minutes": minutes, "note": note},
        )
    levels = list(told.objective_ratings)
    codes = {c.id: code for code, c in work.loading.competencies.items()}
    seen = {}
    for target in rubric.targets(session, placement):
        if target.competency_id is None:
            level = levels.pop(0) if levels else 0
        else:
            level = told.ratings.get(codes[target.competency_id], 0)
        seen[target.key] = str(level) if level else answers.NOT_OBSERVED
    yield answers.SEEN, seen
    words = {"strength": told.strength, "growth": told.growth}
    yield answers.WORDS, {**words, "work_again": told.again} if is_supervisor else words
