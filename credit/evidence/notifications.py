"""Mails about deliverables, by event. What people wrote stays behind the link."""

from sqlalchemy.orm import Session

from careerlink import mail
from careerlink.people.actors import Actor
from careerlink.supervisors import mailing
from credit import addresses
from credit.agreements import queries as agreements
from credit.evidence.models import Deliverable
from credit.evidence.review_models import DeliverableReview, ReviewOutcome

TO_STUDENT = {
    ReviewOutcome.ACCEPTED: "deliverable_accepted",
    ReviewOutcome.ON_EVIDENCE: "deliverable_accepted",
    ReviewOutcome.REWORK: "deliverable_rework",
    ReviewOutcome.ONE_MORE_ROUND: "deliverable_rework",
    ReviewOutcome.REFERRED: "deliverable_referred",
}


def handed_in(session: Session, deliverable: Deliverable, *, actor: Actor) -> None:
    """Ask whoever supervises to look at it; a mail that still waits is replaced."""
    placement = deliverable.placement
    for contact in agreements.supervisors(session, placement.id):
        mailing.write(
            session,
            contact,
            placement=placement,
            template="deliverable_to_look_at",
            action="Look at it",
            target=f"deliverable/{deliverable.id}/look/{contact.id}",
            actor=actor,
        )


def answered(
    session: Session, deliverable: Deliverable, review: DeliverableReview, *, actor: Actor
) -> None:
    placement = deliverable.placement
    mail.queue_for(
        session,
        placement.person,
        template=TO_STUDENT[review.outcome],
        values={
            "project": placement.title,
            "by": actor.name,
            "path": addresses.of(placement, "evidence"),
            "action": "Read the answer",
            "zone": placement.person.time_zone or placement.institution.time_zone,
        },
        target=f"deliverable/{deliverable.id}/answer",
        actor=actor,
    )
