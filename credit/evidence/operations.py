"""Handing in evidence. A piece is never replaced: a newer version stands beside the older."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.db import new_public_id
from careerlink.errors import InvalidInput
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.agreements import queries as agreements
from credit.evidence import rules
from credit.evidence.models import (
    DeliverableObjective,
    DeliverableVersion,
    EvidenceKind,
)
from credit.evidence.reflection_models import ReflectionDraft

REFLECTION = "reflection"
"""The one piece that every placement may have once, in any number of versions."""
MOST_VERSIONS = 50
LONGEST_REFLECTION = 20_000
PRESSED_TWICE = timedelta(minutes=1)


@dataclass(frozen=True)
class Work:
    """What is handed in: a file, or a link, or neither when the supervisor attests it."""

    title: str
    note: str = ""
    url: str = ""
    attachment: Attachment | None = None
    is_attested: bool = False
    objectives: Sequence[str] = ()

    @property
    def kind(self) -> EvidenceKind:
        if self.attachment is not None:
            return EvidenceKind.FILE
        return EvidenceKind.LINK if self.url else EvidenceKind.ATTESTED


def hand_in(
    session: Session,
    placement: Placement,
    *,
    actor: Actor,
    work: Work,
    piece: str | None = None,
) -> DeliverableVersion:
    """Add a piece, or with ``piece`` its next version.

    :raises InvalidInput: nothing to show, several things at once, or a wrong address.
    """
    rules.require_open(session, actor, placement)
    _require_one(work)
    _lock(session, placement)
    lineages = _known(session, placement, work.objectives)
    latest = _latest(session, placement, piece) if piece else None
    if repeated := _repeated(session, placement, work, latest):
        return repeated
    version = DeliverableVersion(
        placement_id=placement.id,
        piece=piece or new_public_id(),
        number=_next_number(latest),
        kind=work.kind,
        title=work.title.strip(),
        text=work.note.strip(),
        url=rules.checked_url(work.url) if work.url else None,
        attachment_id=work.attachment.id if work.attachment else None,
        handed_in_by_id=actor.person_id,
        is_late=rules.is_late(placement),
        objectives=[DeliverableObjective(objective_lineage=one) for one in lineages],
    )
    _add(session, version, actor=actor)
    return version


def write_reflection(
    session: Session,
    placement: Placement,
    *,
    actor: Actor,
    text: str,
    objectives: Sequence[str],
) -> DeliverableVersion:
    rules.require_open(session, actor, placement)
    if not text.strip() or len(text) > LONGEST_REFLECTION:
        raise InvalidInput(f"Write up to {LONGEST_REFLECTION:,} characters.", field="text")
    _lock(session, placement)
    latest = _latest(session, placement, REFLECTION)
    if latest is not None and latest.text == text.strip():
        return latest
    version = DeliverableVersion(
        placement_id=placement.id,
        piece=REFLECTION,
        number=_next_number(latest),
        kind=EvidenceKind.REFLECTION,
        title="Reflection",
        text=text.strip(),
        handed_in_by_id=actor.person_id,
        is_late=rules.is_late(placement),
        objectives=[
            DeliverableObjective(objective_lineage=one)
            for one in _known(session, placement, objectives)
        ],
    )
    _add(session, version, actor=actor)
    if draft := draft_of(session, placement):
        session.delete(draft)
        session.flush()
    return version


def keep_draft(session: Session, placement: Placement, *, actor: Actor, text: str) -> None:
    """What is being written, as far as it goes; a draft is no record, so it leaves no trace."""
    rules.require_open(session, actor, placement)
    _lock(session, placement)
    draft = draft_of(session, placement)
    if draft is None:
        draft = ReflectionDraft(placement_id=placement.id, text="")
        session.add(draft)
    draft.text, draft.saved_at = text[:LONGEST_REFLECTION], clock.now()
    session.flush()


def draft_of(session: Session, placement: Placement) -> ReflectionDraft | None:
    return session.scalar(
        select(ReflectionDraft).where(ReflectionDraft.placement_id == placement.id)
    )


def _require_one(work: Work) -> None:
    given = [work.attachment is not None, bool(work.url), work.is_attested]
    if sum(given) == 0:
        raise InvalidInput(
            "Choose a file, or enter a link, or say that the supervisor attests it.",
            field="file",
        )
    if sum(given) > 1:
        raise InvalidInput(
            "Hand in one of these at a time: a file, a link, or what the supervisor attests.",
            field="url" if work.url else "is_attested",
        )


def _lock(session: Session, placement: Placement) -> None:
    """One after the other, so that two browsers do not write the same version number."""
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())


def _known(session: Session, placement: Placement, wanted: Sequence[str]) -> list[str]:
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    offered = [one.lineage for one in agreement.objectives] if agreement is not None else []
    if not set(wanted) <= set(offered):
        raise InvalidInput("Choose objectives of your agreement.", field="objectives")
    return [lineage for lineage in offered if lineage in wanted]


def _latest(session: Session, placement: Placement, piece: str) -> DeliverableVersion | None:
    return session.scalar(
        select(DeliverableVersion)
        .where(
            DeliverableVersion.placement_id == placement.id, DeliverableVersion.piece == piece
        )
        .order_by(DeliverableVersion.number.desc())
        .limit(1)
    )


def _next_number(latest: DeliverableVersion | None) -> int:
    number = latest.number + 1 if latest is not None else 1
    if number > MOST_VERSIONS:
        raise InvalidInput(f"There are {MOST_VERSIONS} versions of this already.")
    return number


def _repeated(
    session: Session, placement: Placement, work: Work, latest: DeliverableVersion | None
) -> DeliverableVersion | None:
    """The same again within a minute is a button pressed twice."""
    query = (
        select(DeliverableVersion)
        .outerjoin(Attachment, Attachment.id == DeliverableVersion.attachment_id)
        .where(
            DeliverableVersion.placement_id == placement.id,
            DeliverableVersion.title == work.title.strip(),
            DeliverableVersion.text == work.note.strip(),
            DeliverableVersion.kind == work.kind,
            func.coalesce(DeliverableVersion.url, "") == work.url.strip(),
            DeliverableVersion.handed_in_at > clock.now() - PRESSED_TWICE,
        )
        .limit(1)
    )
    if work.attachment is not None:
        query = query.where(Attachment.sha256 == work.attachment.sha256)
    if latest is not None:
        query = query.where(DeliverableVersion.piece == latest.piece)
    return session.scalar(query)


def _add(session: Session, version: DeliverableVersion, *, actor: Actor) -> None:
    session.add(version)
    session.flush()
    audit.record(
        session,
        "deliverable_version:hand_in",
        version,
        actor=actor,
        kind=version.kind.value,
        number=version.number,
        attachment=version.attachment_id,
        late=version.is_late,
    )
