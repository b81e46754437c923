"""Mails about learning agreements, by event. What people wrote stays behind the link."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from careerlink import mail, tokens
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.tokens import LinkPurpose
from credit import addresses
from credit.agreements.models import LearningAgreement

REMIND_AFTER = timedelta(days=5)


def to_sign(
    session: Session,
    agreement: LearningAgreement,
    contact: PartnerContact,
    *,
    actor: Actor,
    secret: str,
) -> None:
    placement = agreement.placement
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
        template="agreement_to_sign",
        values={
            "name": contact.name,
            "first_name": addresses.first_name(placement),
            "project": placement.title,
            "starts_on": agreement.starts_on,
            "link": link.public_id,
            "action": "Read and sign the plan",
            "zone": contact.time_zone or placement.institution.time_zone,
        },
        institution_id=placement.institution_id,
        target=_to_sign(agreement, contact),
        actor=actor,
    )


def returned(session: Session, agreement: LearningAgreement, *, actor: Actor) -> None:
    _to_student(
        session, agreement, "agreement_returned", "Read the comments", actor, by=actor.name
    )


def refused(session: Session, agreement: LearningAgreement, *, actor: Actor) -> None:
    _to_student(session, agreement, "agreement_refused", "Read the reason", actor)


def came_into_force(session: Session, agreement: LearningAgreement, *, actor: Actor) -> None:
    _to_student(session, agreement, "agreement_in_force", "Open my agreement", actor)


def _to_student(
    session: Session,
    agreement: LearningAgreement,
    template: str,
    action: str,
    actor: Actor,
    **values: Any,
) -> None:
    placement = agreement.placement
    mail.queue_for(
        session,
        placement.person,
        template=template,
        values={
            "project": placement.title,
            "starts_on": agreement.starts_on,
            "path": addresses.of(placement, "agreement"),
            "action": action,
            "zone": placement.person.time_zone or placement.institution.time_zone,
            **values,
        },
        target=f"learning_agreement/{agreement.id}",
        actor=actor,
    )


def _to_sign(agreement: LearningAgreement, contact: PartnerContact) -> str:
    return f"agreement_to_sign/{agreement.id}/{contact.id}"
