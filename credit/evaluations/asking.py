"""Asking a supervisor for an evaluation: the worker makes the link, then the mail goes out.

The request is written down with the change that causes it, where nobody holds the key that
links are made with; so it goes through the outbox before the mail itself does.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock, mail, outbox, tokens
from careerlink.outbox import DeliveryState, OutboxMessage, Outcome
from careerlink.people.actors import Actor, system
from careerlink.placements import consents
from careerlink.supervisors import queries as supervisors
from careerlink.tokens import LinkPurpose
from careerlink.worker import Delivery
from credit import addresses
from credit.agreements import queries as agreements
from credit.evaluations.models import Evaluation, EvaluationState

KIND = "evaluation_request"
REMIND_AFTER = timedelta(days=5)
OPEN = (EvaluationState.REQUESTED, EvaluationState.IN_PROGRESS)


def ask(session: Session, evaluation: Evaluation, *, is_reminder: bool = False) -> None:
    outbox.enqueue(
        session,
        kind=KIND,
        target=_target(evaluation),
        payload={"evaluation": evaluation.id, "is_reminder": is_reminder},
        institution_id=evaluation.placement.institution_id,
    )


def why_not(session: Session, evaluation: Evaluation) -> list[str]:
    """What keeps us from writing to this supervisor now, in words."""
    placement = evaluation.placement
    contacts = agreements.supervisors(session, placement.id)
    lines = []
    if evaluation.contact_id not in {contact.id for contact in contacts}:
        lines.append("They do not supervise any more, or the address is not verified.")
    if not consents.has_consent(session, placement):
        lines.append("The student has to consent that the supervisor sees this record.")
    return lines


def asked_at(session: Session, evaluation: Evaluation) -> datetime | None:
    """When they were last written to; not counted once every link they had is closed."""
    if not _may_open(session, evaluation):
        return None
    return session.scalar(
        select(OutboxMessage.created_at)
        .where(
            OutboxMessage.kind.in_((KIND, mail.KIND)),
            OutboxMessage.target == _target(evaluation),
        )
        .order_by(OutboxMessage.created_at.desc())
        .limit(1)
    )


def _may_open(session: Session, evaluation: Evaluation) -> bool:
    """A link that opens, or one that the worker is about to make."""
    waits = select(OutboxMessage.id).where(
        OutboxMessage.kind == KIND,
        OutboxMessage.target == _target(evaluation),
        OutboxMessage.state.in_((DeliveryState.QUEUED, DeliveryState.SENDING)),
    )
    return session.scalar(waits.limit(1)) is not None or supervisors.has_open_link(
        session, evaluation.placement_id, evaluation.contact_id
    )


def may_remind_from(asked: datetime | None) -> datetime | None:
    """From when a reminder may go out; ``None`` for at once."""
    return asked + REMIND_AFTER if asked and asked + REMIND_AFTER > clock.now() else None


def deliver(delivery: Delivery) -> Outcome:
    """Handler of ``evaluation_request``; a repeat replaces the mail that still waits."""
    with delivery.database.write() as session:
        evaluation = session.get(Evaluation, delivery.payload["evaluation"])
        if evaluation is None or evaluation.state not in OPEN:
            return Outcome(delivered=True, detail="answered meanwhile, so nobody was asked")
        if lines := why_not(session, evaluation):
            return Outcome(delivered=True, detail=f"not asked: {' '.join(lines)}")
        if delivery.is_repeat and _is_mailed(session, evaluation, delivery):
            return Outcome(delivered=True, detail="the first attempt had queued the mail")
        _mail(
            session,
            evaluation,
            secret=delivery.settings.server.secret,
            is_reminder=bool(delivery.payload["is_reminder"]),
            actor=system(delivery.institution_id),
        )
    return Outcome(delivered=True)


def _mail(
    session: Session, evaluation: Evaluation, *, secret: str, is_reminder: bool, actor: Actor
) -> None:
    placement, contact = evaluation.placement, evaluation.contact
    if contact is None:
        return
    link = tokens.issue(
        session,
        secret=secret,
        purpose=LinkPurpose.PLACEMENT,
        contact=contact,
        placement_id=placement.id,
        actor=actor,
    )
    mail.queue(
        session,
        to=contact.email,
        template="evaluation_requested",
        values={
            "name": contact.name,
            "first_name": addresses.first_name(placement),
            "project": placement.title,
            "due_at": evaluation.due_at,
            "is_reminder": is_reminder,
            "link": link.public_id,
            "action": "Start the evaluation",
            "zone": contact.time_zone or placement.institution.time_zone,
        },
        institution_id=placement.institution_id,
        target=_target(evaluation),
        actor=actor,
    )


def _is_mailed(session: Session, evaluation: Evaluation, delivery: Delivery) -> bool:
    asked = session.get_one(OutboxMessage, delivery.message_id).created_at
    mailed = session.scalar(
        select(OutboxMessage.id).where(
            OutboxMessage.kind == mail.KIND,
            OutboxMessage.target == _target(evaluation),
            OutboxMessage.created_at >= asked,
        )
    )
    return mailed is not None


def _target(evaluation: Evaluation) -> str:
    return f"evaluation/{evaluation.id}/request"
