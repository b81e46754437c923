"""Mails about who supervises: to the new person, to whoever asked, and to the student."""

from sqlalchemy.orm import Session

from careerlink import mail
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements import consents
from careerlink.placements.models import Placement
from careerlink.supervisors import mailing
from careerlink.supervisors.models import HandOverReason, HandOverRequest
from careerlink.tokens import LinkPurpose


def named(
    session: Session, placement: Placement, contact: PartnerContact, *, actor: Actor
) -> None:
    """To the new person; without a consent that covers them it goes out once there is one."""
    if not consents.has_consent(session, placement):
        return
    mailing.write(
        session,
        contact,
        placement=placement,
        template="supervisor_named",
        action="Open the project",
        target=f"supervision/{placement.id}/{contact.id}/named",
        actor=actor,
    )


def shared_again(
    session: Session, placement: Placement, contact: PartnerContact, *, actor: Actor
) -> None:
    mailing.write(
        session,
        contact,
        placement=placement,
        template="supervisor_shared_again",
        action="Open the project",
        target=f"supervision/{placement.id}/{contact.id}/named",
        actor=actor,
    )


def declined(session: Session, request: HandOverRequest, *, actor: Actor) -> None:
    if request.contact is None or request.reason == HandOverReason.STANDS_IN:
        return
    mailing.write(
        session,
        request.contact,
        placement=request.placement,
        template="hand_over_declined",
        action="Read the answer",
        target=f"hand_over_request/{request.id}/declined",
        actor=actor,
    )


def changed(session: Session, placement: Placement, *, actor: Actor) -> None:
    """To the student. What is asked of them, if their consent names one person, is another."""
    course = placement.course
    mail.queue_for(
        session,
        placement.person,
        template="supervisor_changed",
        values={
            "project": placement.title,
            "partner": placement.partner.name,
            "path": f"/courses/{course.public_id}/placements/{placement.public_id}",
            "action": "See who supervises",
            "zone": placement.person.time_zone,
        },
        target=f"placement/{placement.id}/supervisor_changed",
        actor=actor,
    )


def students_wanted(session: Session, contact: PartnerContact, *, actor: Actor) -> None:
    mailing.write(
        session,
        contact,
        placement=None,
        purpose=LinkPurpose.STUDENTS,
        template="supervisor_students",
        action="Open my students",
        target=students_target(contact),
        actor=actor,
    )


def students_target(contact: PartnerContact) -> str:
    return f"partner_contact/{contact.id}/students"


def stand_in_wanted(
    session: Session, placement: Placement, contact: PartnerContact, *, actor: Actor
) -> None:
    mailing.write(
        session,
        contact,
        placement=placement,
        purpose=LinkPurpose.STAND_IN,
        template="stand_in_wanted",
        action="Answer in one click",
        target=f"placement/{placement.id}/stand_in/{contact.id}",
        actor=actor,
    )
