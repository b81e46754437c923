"""The reflection: a draft that keeps itself, an answer to each objective, and one synthesis."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.errors import InvalidInput
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.agreements import queries as agreements
from credit.evidence import operations, questions, rules
from credit.evidence.models import DeliverableObjective, DeliverableVersion, EvidenceKind
from credit.evidence.operations import REFLECTION
from credit.evidence.reflection_models import ReflectionAnswer, ReflectionDraft

LONGEST = 20_000


@dataclass(frozen=True)
class Reflection:
    synthesis: str
    answers: Mapping[str, str] = field(default_factory=dict)
    """By lineage of the objective; in the short form which ones it shows, without a text."""


def hand_in(
    session: Session, placement: Placement, *, actor: Actor, written: Reflection
) -> DeliverableVersion:
    """:raises InvalidInput: something is empty, too long, or about no objective of theirs."""
    rules.require_open(session, actor, placement)
    asked = questions.of_course(session, placement.course_id)
    is_short = asks_short(session, placement)
    written = _checked(written, is_short=is_short)
    operations.lock(session, placement)
    lineages = operations.known_objectives(session, placement, list(written.answers))
    latest = _latest(session, placement)
    if latest is not None and _says(session, latest) == written:
        return latest
    version = DeliverableVersion(
        placement_id=placement.id,
        piece=REFLECTION,
        number=operations.next_number(latest),
        kind=EvidenceKind.REFLECTION,
        title="Reflection",
        text=written.synthesis,
        handed_in_by_id=actor.person_id,
        is_late=rules.is_late(placement),
        objectives=[DeliverableObjective(objective_lineage=one) for one in lineages],
    )
    operations.keep(session, version, actor=actor)
    session.add_all(
        ReflectionAnswer(
            deliverable_version_id=version.id,
            objective_lineage=lineage,
            question=asked.objective,
            text=written.answers[lineage],
        )
        for lineage in lineages
        if written.answers[lineage]
    )
    if draft := draft_of(session, placement):
        session.delete(draft)
    session.flush()
    return version


def keep_draft(
    session: Session, placement: Placement, *, actor: Actor, written: Reflection
) -> None:
    """What is being written, as far as it goes; a draft is no record, so it leaves no trace."""
    rules.require_open(session, actor, placement)
    operations.lock(session, placement)
    draft = draft_of(session, placement)
    if draft is None:
        draft = ReflectionDraft(placement_id=placement.id, text="")
        session.add(draft)
    draft.text, draft.saved_at = written.synthesis[:LONGEST], clock.now()
    draft.answers = {name: text[:LONGEST] for name, text in written.answers.items()}
    session.flush()


def draft_of(session: Session, placement: Placement) -> ReflectionDraft | None:
    return session.scalar(
        select(ReflectionDraft).where(ReflectionDraft.placement_id == placement.id)
    )


def asks_short(session: Session, placement: Placement) -> bool:
    """By the hours that were agreed upon; without an agreement there is nothing to divide."""
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    return agreement is None or questions.is_short(agreement.planned_minutes)


def answers_of(session: Session, version_ids: list[int]) -> dict[int, list[ReflectionAnswer]]:
    found: dict[int, list[ReflectionAnswer]] = {}
    for answer in session.scalars(
        select(ReflectionAnswer)
        .where(ReflectionAnswer.deliverable_version_id.in_(version_ids))
        .order_by(ReflectionAnswer.id)
    ):
        found.setdefault(answer.deliverable_version_id, []).append(answer)
    return found


def _checked(written: Reflection, *, is_short: bool) -> Reflection:
    texts = {name: text.strip() for name, text in written.answers.items()}
    wanted = {"text": written.synthesis.strip()}
    if not is_short:
        wanted |= {f"answer-{name}": text for name, text in texts.items()}
    for name, text in wanted.items():
        if not text or len(text) > LONGEST:
            raise InvalidInput(f"Write up to {LONGEST:,} characters.", field=name)
    return Reflection(written.synthesis.strip(), texts)


def _says(session: Session, version: DeliverableVersion) -> Reflection:
    texts = {
        one.objective_lineage: one.text
        for one in answers_of(session, [version.id]).get(version.id, [])
    }
    named = [one.objective_lineage for one in version.objectives]
    return Reflection(version.text, {name: texts.get(name, "") for name in named})


def _latest(session: Session, placement: Placement) -> DeliverableVersion | None:
    return session.scalar(
        select(DeliverableVersion)
        .where(
            DeliverableVersion.placement_id == placement.id,
            DeliverableVersion.piece == REFLECTION,
        )
        .order_by(DeliverableVersion.number.desc())
        .limit(1)
    )
