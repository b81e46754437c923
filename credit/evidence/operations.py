"""Handing in work. Nothing is ever replaced: a newer version stands beside the older."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.errors import InvalidInput, NotPossible
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.agreements import queries as agreements
from credit.evidence import milestones, notifications, rules
from credit.evidence.models import (
    Deliverable,
    DeliverableObjective,
    DeliverableState,
    DeliverableVersion,
    EvidenceKind,
)
from credit.evidence.workflow import DELIVERABLE

REFLECTION = "reflection"
"""The one piece that every placement may have once, in any number of versions."""
MOST_VERSIONS = 50
PRESSED_TWICE = timedelta(minutes=1)
MOVES_ON = (
    DeliverableState.AWAITED,
    DeliverableState.REWORK_ASKED,
    DeliverableState.HANDED_IN,
)
"""Where a version puts the deliverable before the supervisor; elsewhere it is kept beside."""


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
    deliverable: Deliverable | None = None,
) -> DeliverableVersion:
    """A version of ``deliverable``, or without one a thing of the student's own.

    :raises InvalidInput: nothing to show, several things at once, or a wrong address.
    """
    rules.require_open(session, actor, placement)
    _require_one(work)
    lock(session, placement)
    lineages = known_objectives(session, placement, work.objectives)
    latest = _latest(session, placement, deliverable.public_id) if deliverable else None
    if repeated := _repeated(session, placement, work, deliverable):
        return repeated
    number = next_number(latest)
    if deliverable is None:
        deliverable = _own(session, placement, work.title.strip())
    _require_wanted(deliverable)
    version = DeliverableVersion(
        placement_id=placement.id,
        piece=deliverable.public_id,
        number=number,
        kind=work.kind,
        title=deliverable.title if deliverable.lineage else work.title.strip(),
        text=work.note.strip(),
        url=rules.checked_url(work.url) if work.url else None,
        attachment_id=work.attachment.id if work.attachment else None,
        handed_in_by_id=actor.person_id,
        is_late=rules.is_late(placement, deliverable.due_on),
        objectives=[DeliverableObjective(objective_lineage=one) for one in lineages],
    )
    keep(session, version, actor=actor)
    _put_before_supervisor(session, deliverable, version, actor=actor)
    return version


def lock(session: Session, placement: Placement) -> None:
    """One after the other, so that two browsers do not write the same version number."""
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())


def known_objectives(
    session: Session, placement: Placement, wanted: Sequence[str]
) -> list[str]:
    """:raises InvalidInput: one that is not in the agreement in force."""
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    offered = [one.lineage for one in agreement.objectives] if agreement is not None else []
    if not set(wanted) <= set(offered):
        raise InvalidInput("Choose objectives of your agreement.", field="objectives")
    return [lineage for lineage in offered if lineage in wanted]


def next_number(latest: DeliverableVersion | None) -> int:
    number = latest.number + 1 if latest is not None else 1
    if number > MOST_VERSIONS:
        raise InvalidInput(f"There are {MOST_VERSIONS} versions of this already.")
    return number


def keep(session: Session, version: DeliverableVersion, *, actor: Actor) -> None:
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


def _own(session: Session, placement: Placement, title: str) -> Deliverable:
    made = Deliverable(
        placement_id=placement.id,
        placement=placement,
        title=title,
        state=DeliverableState.AWAITED,
        state_since=clock.now(),
        position=100,
    )
    session.add(made)
    session.flush()
    return made


def _put_before_supervisor(
    session: Session, deliverable: Deliverable, version: DeliverableVersion, *, actor: Actor
) -> None:
    if deliverable.lineage is None:
        deliverable.title = version.title
    if deliverable.state in MOVES_ON:
        states.move(
            session,
            deliverable,
            DeliverableState.HANDED_IN,
            DELIVERABLE,
            actor=actor,
            detail={"number": version.number},
        )
        milestones.reached_with(session, deliverable, actor=actor)
        notifications.handed_in(session, deliverable, actor=actor)


def _require_wanted(deliverable: Deliverable) -> None:
    if deliverable.state == DeliverableState.NO_LONGER_AGREED:
        raise NotPossible("The agreement does not ask for this any more.")


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


def _latest(session: Session, placement: Placement, piece: str) -> DeliverableVersion | None:
    return session.scalar(
        select(DeliverableVersion)
        .where(
            DeliverableVersion.placement_id == placement.id, DeliverableVersion.piece == piece
        )
        .order_by(DeliverableVersion.number.desc())
        .limit(1)
    )


def _repeated(
    session: Session, placement: Placement, work: Work, deliverable: Deliverable | None
) -> DeliverableVersion | None:
    """The same again within a minute is a button pressed twice."""
    query = (
        select(DeliverableVersion)
        .outerjoin(Attachment, Attachment.id == DeliverableVersion.attachment_id)
        .where(
            DeliverableVersion.placement_id == placement.id,
            DeliverableVersion.text == work.note.strip(),
            DeliverableVersion.kind == work.kind,
            func.coalesce(DeliverableVersion.url, "") == work.url.strip(),
            DeliverableVersion.handed_in_at > clock.now() - PRESSED_TWICE,
        )
        .limit(1)
    )
    if work.attachment is not None:
        query = query.where(Attachment.sha256 == work.attachment.sha256)
    if deliverable is not None:
        query = query.where(DeliverableVersion.piece == deliverable.public_id)
    else:
        query = query.where(DeliverableVersion.title == work.title.strip())
    return session.scalar(query)
