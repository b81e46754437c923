"""Every version of a plan in a list, each with its file; and whether a change can be begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.agreements import amending, amending_parties, versions
from credit.agreements.models import AgreementState


@dataclass(frozen=True)
class Version:
    public_id: str
    number: int
    state: AgreementState
    since: datetime
    is_change: bool


@dataclass(frozen=True)
class Versions:
    """Newest first. Addresses are below the page of the agreement, wherever that is."""

    listed: Sequence[Version]
    waiting_id: str
    """Of the change that waits; empty where none does."""
    may_change: bool


def of(session: Session, placement: Placement, actor: Actor) -> Versions:
    """Drafts are the student's own until they are signed."""
    reads = amending_parties.reads(session, placement, actor)
    shown = [
        Version(
            one.public_id, one.number, one.state, one.state_since, one.amends_id is not None
        )
        for one in versions.of_placement(session, placement)
        if (one.state != AgreementState.DRAFT or actor.person_id == placement.person_id)
        and reads(one)
    ]
    waiting = [v.public_id for v in shown if v.state == AgreementState.AWAITING_SIGNATURES]
    is_agreed = any(version.state == AgreementState.IN_FORCE for version in shown)
    return Versions(
        listed=shown,
        waiting_id=waiting[0] if waiting else "",
        may_change=is_agreed
        and not waiting
        and placement.state in amending.CHANGEABLE
        and amending_parties.may_propose(session, actor, placement),
    )
