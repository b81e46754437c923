"""The learning agreement of a sample story, from its draft to the instructor's decision."""

from collections.abc import Iterator
from dataclasses import replace

from careerlink.demo import cast
from careerlink.demo.cast_answers import Comment, Signatory
from careerlink.demo.work import Deed, Work
from careerlink.placements import signatories
from credit.agreements import drafting, emergency, fields, prefill
from credit.agreements import operations as agreements
from credit.agreements.commenting import Remark
from credit.agreements.models import Judge
from credit.agreements.plan import ObjectiveDraft
from credit.agreements.signature_models import Conflict
from credit.agreements.signatures import Signing

MEETING = "A call every week, and an answer to questions within two working days."
SAFETY = "The supervisor shows the rooms and the safety rules on the first day."
STATE = "Pennsylvania"
SEMINAR = "The seminar's sessions and one reflection at the end."


def steps(work: Work, told: cast.Agreement) -> Iterator[Deed]:
    at = work.loading.moment
    signed = told.signed_in if told.signed_in is not None else -2
    yield at(signed, 10), lambda: _write(work, told)
    if told.signed_in is None:
        return
    yield at(signed, 11), lambda: _sign(work)
    if told.signatory is not None:
        one = told.signatory
        yield at(one.named_in, 12), lambda: _name_signatory(work, one)
    if told.supervisor_signed_in is None:
        return
    yield at(told.supervisor_signed_in, 13), lambda: _countersign(work)
    if told.decided_in is None:
        return
    yield at(told.decided_in, 14), lambda: _decide(work, told)


def _write(work: Work, told: cast.Agreement) -> None:
    placement = work.placement
    known = prefill.plan(work.loading.session, placement)
    content = replace(
        known,
        tasks=known.tasks or placement.deliverable,
        supervision_plan=known.supervision_plan or MEETING,
        academic_work=SEMINAR,
        region=STATE,
        safety="" if known.is_remote else SAFETY,
        place=known.place or ("" if known.is_remote else placement.partner.name),
        objectives=[
            _objective(work, objective, number)
            for number, objective in enumerate(told.objectives)
        ],
    )
    drafting.save_draft(work.loading.session, placement, content, actor=work.actor)
    emergency.keep(
        work.loading.session,
        placement,
        name=f"Sam {work.student.family}",
        phone="(555) 555-0199",
        relation="Family",
        actor=work.actor,
    )


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
        said=Signing(work.student.name, Conflict.NONE),
        secret=work.loading.settings.server.secret,
    )


def _name_signatory(work: Work, told: Signatory) -> None:
    signatories.name_signatory(
        work.loading.session,
        work.placement,
        name=told.name,
        title=told.title,
        email=told.email,
        actor=work.supervisor(),
    )


def _countersign(work: Work) -> None:
    actor = work.supervisor()
    agreements.countersign(
        work.loading.session,
        work.agreement,
        actor=actor,
        said=Signing(actor.name, Conflict.NONE),
        document_hash=work.agreement.document_hash or "",
    )


def _decide(work: Work, told: cast.Agreement) -> None:
    session, agreement, actor = work.loading.session, work.agreement, work.instructor()
    if told.return_reason:
        agreements.return_to_student(
            session,
            agreement,
            actor=actor,
            reason=told.return_reason,
            remarks=[_remark(work, comment) for comment in told.comments],
        )
    elif told.state == "refused":
        agreements.refuse(session, agreement, actor=actor, reason="Not within this course.")
    else:
        agreements.approve(
            session, agreement, actor=actor, document_hash=agreement.document_hash or ""
        )


def _remark(work: Work, told: Comment) -> Remark:
    name, _, place = told.field.partition("-")
    if name == "objective":
        lineage = work.agreement.objectives[int(place) - 1].lineage
        return Remark(fields.objective_key(lineage), told.text, told.proposal)
    return Remark(told.field, told.text, told.proposal)
