"""Answering a version: accepted, or rework with words; the office where both are stuck."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPossible
from careerlink.people.actors import Actor, system
from careerlink.placements import operations as placements
from careerlink.placements.models import Placement, PlacementState
from careerlink.placements.workflow import PLACEMENT
from credit import decided
from credit.agreements import queries as agreements
from credit.evidence import criteria, milestones, notifications
from credit.evidence.models import (
    Deliverable,
    DeliverableState,
    DeliverableVersion,
    EvidenceKind,
)
from credit.evidence.review_models import (
    Attested,
    AttestedCriterion,
    DeliverableReview,
    ReviewOutcome,
)
from credit.evidence.rules import WRITING
from credit.evidence.workflow import ACCEPTED, DELIVERABLE

LONGEST_WORDS = 4000
CLOSED = "The course is done with this project, so nothing is answered any more. Thank you."
NEWER = "A newer version came while you were reading. Look at it, then answer."
STATE_AFTER = {
    ReviewOutcome.ACCEPTED: DeliverableState.ACCEPTED,
    ReviewOutcome.REWORK: DeliverableState.REWORK_ASKED,
    ReviewOutcome.REFERRED: DeliverableState.WITH_OFFICE,
    ReviewOutcome.ONE_MORE_ROUND: DeliverableState.REWORK_ASKED,
    ReviewOutcome.ON_EVIDENCE: DeliverableState.ACCEPTED_ON_EVIDENCE,
}
ALREADY = {
    DeliverableState.ACCEPTED: "This is accepted already.",
    DeliverableState.ACCEPTED_ON_EVIDENCE: "The career office has accepted this already.",
    DeliverableState.REWORK_ASKED: "Rework was asked for already; the student has it back.",
    DeliverableState.WITH_OFFICE: "The career office has it already.",
}


@dataclass(frozen=True)
class Answer:
    outcome: ReviewOutcome
    number: int
    """Of the version that was on screen."""
    words: str = ""
    attested: Mapping[str, Attested] = field(default_factory=dict)


def answer(
    session: Session, deliverable: Deliverable, given: Answer, *, actor: Actor
) -> DeliverableReview:
    """The first answer to a version stands; the same one sent twice is one.

    :raises ChangedMeanwhile: a newer version came, or somebody has answered already.
    :raises NotPossible: the rounds are used up, or the case rests on what there is.
    """
    session.refresh(deliverable, with_for_update=True)
    latest = _latest(session, deliverable)
    if repeated := _repeated(session, deliverable, latest, given, actor=actor):
        return repeated
    if latest.number != given.number:
        raise ChangedMeanwhile(NEWER)
    to = STATE_AFTER[given.outcome]
    if (deliverable.state, to) not in DELIVERABLE:
        raise ChangedMeanwhile(ALREADY.get(deliverable.state, "Nothing waits here."))
    _require_open(session, deliverable.placement)
    attested = _attested(session, latest, given)
    words = _words(given)
    states.move(
        session,
        deliverable,
        to,
        DELIVERABLE,
        actor=actor,
        reason=words,
        detail={"number": latest.number},
        **_rounds(deliverable, given.outcome),
    )
    review = _keep(session, latest, given.outcome, words, attested, actor=actor)
    if to == DeliverableState.REWORK_ASKED:
        milestones.open_again_with(session, deliverable, actor=actor)
    notifications.answered(session, deliverable, review, actor=actor)
    complete_when_all(session, deliverable.placement)
    return review


def complete_when_all(session: Session, placement: Placement) -> bool:
    """The work is completed once everything required is accepted; say whether it is now."""
    required = session.scalars(
        select(Deliverable.state).where(
            Deliverable.placement_id == placement.id, Deliverable.is_required.is_(True)
        )
    ).all()
    edge = PLACEMENT[(PlacementState.ACTIVE, PlacementState.WORK_COMPLETED)]
    if not required or any(state not in ACCEPTED for state in required):
        return False
    if placement.state != PlacementState.ACTIVE or states.missing(session, placement, edge):
        return False
    placements.complete(session, placement, actor=system(placement.institution_id))
    return True


def why_closed(session: Session, placement: Placement) -> str:
    """Neutral on purpose: what was decided is nothing that a partner reads."""
    is_over = placement.state not in WRITING or bool(decided.why_closed(session, placement))
    return CLOSED if is_over or placement.course.concluded_at is not None else ""


def _require_open(session: Session, placement: Placement) -> None:
    if why := why_closed(session, placement):
        raise NotPossible(why)


def _latest(session: Session, deliverable: Deliverable) -> DeliverableVersion:
    found = session.scalar(
        select(DeliverableVersion)
        .where(
            DeliverableVersion.placement_id == deliverable.placement_id,
            DeliverableVersion.piece == deliverable.public_id,
        )
        .order_by(DeliverableVersion.number.desc())
        .limit(1)
    )
    if found is None:
        raise NotPossible("Nothing is handed in yet.")
    return found


def _repeated(
    session: Session,
    deliverable: Deliverable,
    latest: DeliverableVersion,
    given: Answer,
    *,
    actor: Actor,
) -> DeliverableReview | None:
    """The answer that a second press of the button would give again."""
    if latest.number != given.number or deliverable.state != STATE_AFTER[given.outcome]:
        return None
    last = session.scalar(
        select(DeliverableReview)
        .where(DeliverableReview.deliverable_version_id == latest.id)
        .order_by(DeliverableReview.id.desc())
        .limit(1)
    )
    if last is None or last.outcome != given.outcome:
        return None
    by_same = (last.contact_id, last.person_id) == (actor.contact_id, actor.person_id)
    return last if by_same else None


def _words(given: Answer) -> str:
    words = given.words.strip()
    if len(words) > LONGEST_WORDS:
        raise InvalidInput(f"Write up to {LONGEST_WORDS:,} characters.", field="words")
    if not words and given.outcome != ReviewOutcome.ACCEPTED:
        raise InvalidInput(NEEDED[given.outcome], field="words")
    return words


NEEDED = {
    ReviewOutcome.REWORK: "Say what should change; the student reads it.",
    ReviewOutcome.REFERRED: "Say what is still wrong; the office and the student read it.",
    ReviewOutcome.ONE_MORE_ROUND: "Say what the last round is for; both sides read it.",
    ReviewOutcome.ON_EVIDENCE: "Say on what evidence you accept it; it stays with the work.",
}


def _attested(
    session: Session, version: DeliverableVersion, given: Answer
) -> dict[str, Attested]:
    if version.kind != EvidenceKind.ATTESTED or given.outcome != ReviewOutcome.ACCEPTED:
        return {}
    agreement = agreements.in_force(session, [version.placement_id])
    found = agreement.get(version.placement_id)
    asked = criteria.of(version, found.objectives if found is not None else [])
    return criteria.checked(asked, given.attested)


def _rounds(deliverable: Deliverable, outcome: ReviewOutcome) -> dict[str, int]:
    if outcome not in (ReviewOutcome.REWORK, ReviewOutcome.ONE_MORE_ROUND):
        return {}
    rounds = deliverable.rounds + 1
    return {"rounds": rounds, "most_rounds": max(rounds, deliverable.most_rounds)}


def _keep(
    session: Session,
    version: DeliverableVersion,
    outcome: ReviewOutcome,
    words: str,
    attested: Mapping[str, Attested],
    *,
    actor: Actor,
) -> DeliverableReview:
    review = DeliverableReview(
        deliverable_version_id=version.id,
        outcome=outcome,
        words_id=audit.erasable(session, words).id if words else None,
        contact_id=actor.contact_id,
        person_id=actor.person_id,
        reviewed_at=clock.now(),
        criteria=[
            AttestedCriterion(criterion=key, answer=said) for key, said in attested.items()
        ],
    )
    session.add(review)
    session.flush()
    return review
