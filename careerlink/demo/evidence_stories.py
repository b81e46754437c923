"""Deliverables and reflections of the sample stories."""

from io import BytesIO

from werkzeug.datastructures import FileStorage

from careerlink.demo import cast
from careerlink.demo.loading import Loading
from careerlink.files import operations as files
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.agreements.models import LearningAgreement
from credit.evidence import operations as evidence
from credit.evidence import planning, reflecting
from credit.evidence.models import Deliverable, DeliverableState
from credit.evidence.operations import Work
from credit.evidence.reflecting import Reflection


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
