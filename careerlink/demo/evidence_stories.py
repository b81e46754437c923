"""Deliverables and reflections of the sample stories."""

from collections.abc import Sequence
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
from credit.evidence import criteria, planning, reflecting, reviewing
from credit.evidence import operations as evidence
from credit.evidence.models import (
    Deliverable,
    DeliverableState,
    DeliverableVersion,
    EvidenceKind,
)
from credit.evidence.operations import Work
from credit.evidence.reflecting import Reflection
from credit.evidence.review_models import Attested, ReviewOutcome
from credit.evidence.reviewing import Answer

WANTED = (DeliverableState.AWAITED, DeliverableState.REWORK_ASKED)
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
        is_attested=told.kind == "attested",
        objectives=_lineages(agreement),
    )
    evidence.hand_in(
        loading.session,
        placement,
        actor=actor,
        work=work,
        deliverable=_planned(loading, placement),
    )


def accept_all(
    loading: Loading, placement: Placement, *, actor: Actor, agreement: LearningAgreement
) -> None:
    """The supervisor takes what was handed in; with the last of it the work is completed."""
    for one, version in _waiting(loading, placement):
        said = Answer(
            ReviewOutcome.ACCEPTED,
            number=version.number,
            words=ACCEPTED,
            attested=_attested(version, agreement),
        )
        reviewing.answer(loading.session, one, said, actor=actor)


def ask_for_rework(loading: Loading, placement: Placement, words: str, *, actor: Actor) -> None:
    for one, version in _waiting(loading, placement):
        said = Answer(ReviewOutcome.REWORK, number=version.number, words=words)
        reviewing.answer(loading.session, one, said, actor=actor)


def _waiting(
    loading: Loading, placement: Placement
) -> Sequence[tuple[Deliverable, DeliverableVersion]]:
    """What lies before the supervisor, each with its latest version."""
    rows = loading.session.execute(
        select(Deliverable, DeliverableVersion)
        .join(DeliverableVersion, DeliverableVersion.piece == Deliverable.public_id)
        .where(
            Deliverable.placement_id == placement.id,
            Deliverable.state == DeliverableState.HANDED_IN,
        )
        .order_by(DeliverableVersion.number)
    )
    return list({one.id: (one, version) for one, version in rows}.values())


def _attested(version: DeliverableVersion, agreement: LearningAgreement) -> dict[str, Attested]:
    if version.kind != EvidenceKind.ATTESTED:
        return {}
    asked = criteria.of(version, agreement.objectives)
    return {criterion.key: Attested.YES for criterion in asked}


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
    """The first that is still wanted; what comes besides is the student's own."""
    planned = planning.agreed_upon(loading.session, placement)
    awaited = [one for one in planned if one.state in WANTED]
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
