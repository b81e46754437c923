"""Deliverables and reflections of the sample stories."""

from io import BytesIO

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from careerlink.demo import cast
from careerlink.demo.loading import Loading
from careerlink.files import operations as files
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.agreements.models import LearningAgreement
from credit.evidence import operations as evidence
from credit.evidence import planning, reflecting, reviewing
from credit.evidence.models import Deliverable, DeliverableState
from credit.evidence.operations import Work
from credit.evidence.reflecting import Reflection
from credit.evidence.review_models import ReviewOutcome
from credit.evidence.reviewing import Answer

ACCEPTED = "It does what we agreed upon, and we use it already."


def hand_in(
    loading: Loading,
    placement: Placement,
    told: cast.Deliverable,
    *,
    actor: Actor,
    agreement: LearningAgreement,
) -> None:
    work = Work(
        title=told.name,
        note=told.note,
        url=told.url,
        attachment=_file(loading, told, actor) if told.kind == "file" else None,
        objectives=_lineages(agreement),
    )
    evidence.hand_in(
        loading.session,
        placement,
        actor=actor,
        work=work,
        deliverable=_planned(loading, placement),
    )


def accept_all(loading: Loading, placement: Placement, *, actor: Actor) -> None:
    """The supervisor takes what was handed in; with the last of it the work is completed."""
    waiting = loading.session.scalars(
        select(Deliverable).where(
            Deliverable.placement_id == placement.id,
            Deliverable.state == DeliverableState.HANDED_IN,
        )
    ).all()
    for one in waiting:
        said = Answer(ReviewOutcome.ACCEPTED, number=1, words=ACCEPTED)
        reviewing.answer(loading.session, one, said, actor=actor)


def reflect(
    loading: Loading,
    placement: Placement,
    text: str,
    *,
    actor: Actor,
    agreement: LearningAgreement,
) -> None:
    """The synthesis as it is told; of each objective, the sentence that is about it."""
    answers = {
        one.lineage: f"{one.activity} {one.evidence}".strip() for one in agreement.objectives
    }
    reflecting.hand_in(
        loading.session,
        placement,
        actor=actor,
        written=Reflection(synthesis=text, answers=answers),
    )


def _planned(loading: Loading, placement: Placement) -> Deliverable | None:
    """The first that is still awaited; what comes besides is the student's own."""
    planned = planning.agreed_upon(loading.session, placement)
    awaited = [one for one in planned if one.state == DeliverableState.AWAITED]
    return awaited[0] if awaited else None


def _file(loading: Loading, told: cast.Deliverable, actor: Actor) -> Attachment:
    name = told.name if "." in told.name else f"{told.name}.txt"
    return files.receive(
        loading.session,
        loading.settings,
        FileStorage(BytesIO(told.content.encode()), filename=name),
        institution_id=loading.institution.id,
        actor=actor,
    )


def _lineages(agreement: LearningAgreement) -> list[str]:
    return [objective.lineage for objective in agreement.objectives]
