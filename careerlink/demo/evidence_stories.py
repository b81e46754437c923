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
from credit.evidence.operations import Work


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
    evidence.hand_in(loading.session, placement, actor=actor, work=work)


def reflect(
    loading: Loading,
    placement: Placement,
    text: str,
    *,
    actor: Actor,
    agreement: LearningAgreement,
) -> None:
    evidence.write_reflection(
        loading.session, placement, actor=actor, text=text, objectives=_lineages(agreement)
    )


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
