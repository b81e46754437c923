"""Mails about applications and placements, by event. The student gets them, nobody else."""

from typing import Any

from sqlalchemy.orm import Session

from careerlink import mail
from careerlink.people.actors import Actor
from careerlink.placements.models import Application, Offer, Placement


def offer_made(session: Session, offer: Offer, *, actor: Actor) -> None:
    _about_application(
        session, offer.application, "offer_made", "Look at the offer", actor, by=offer.answer_by
    )


def offer_expired(session: Session, application: Application, *, actor: Actor) -> None:
    _about_application(session, application, "offer_expired", "Ask again", actor)


def wait_listed(
    session: Session, application: Application, position: int, *, actor: Actor
) -> None:
    _about_application(
        session, application, "wait_listed", "See my place", actor, position=position
    )


def not_selected(session: Session, application: Application, *, actor: Actor) -> None:
    _about_application(session, application, "not_selected", "See my application", actor)


def listing_withdrawn(session: Session, application: Application, *, actor: Actor) -> None:
    _about_application(session, application, "listing_withdrawn", "See my application", actor)


def placement_ended(session: Session, placement: Placement, *, actor: Actor) -> None:
    _about_placement(session, placement, "placement_ended", "See the reason", actor)


def supervision_consent_wanted(session: Session, placement: Placement, *, actor: Actor) -> None:
    _about_placement(session, placement, "consent_wanted", "Read and decide", actor, "/consent")


def message_received(session: Session, placement: Placement, *, actor: Actor) -> None:
    _about_placement(session, placement, "message_received", "Read the message", actor)


def _about_application(
    session: Session,
    application: Application,
    template: str,
    action: str,
    actor: Actor,
    **values: Any,
) -> None:
    course = application.course
    mail.queue_for(
        session,
        application.person,
        template=template,
        values={
            "project": application.listing.title,
            "partner": application.listing.partner.name,
            "path": f"/courses/{course.public_id}/applications/{application.public_id}",
            "action": action,
            "zone": application.person.time_zone,
            **values,
        },
        target=f"application/{application.id}",
        actor=actor,
    )


def _about_placement(
    session: Session,
    placement: Placement,
    template: str,
    action: str,
    actor: Actor,
    page: str = "",
) -> None:
    course = placement.course
    mail.queue_for(
        session,
        placement.person,
        template=template,
        values={
            "project": placement.title,
            "partner": placement.partner.name,
            "path": f"/courses/{course.public_id}/placements/{placement.public_id}{page}",
            "action": action,
            "zone": placement.person.time_zone,
        },
        target=f"placement/{placement.id}/{template}",
        actor=actor,
    )
