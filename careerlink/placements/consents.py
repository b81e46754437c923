"""Signed and dated permission to disclose: which records, why, to whom, until when.

34 CFR 99.30 asks for these four parts. Without a standing consent nothing about a student goes
to a partner: no application, no link, no mail.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from careerlink import audit, clock, tokens
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.people.actors import Actor
from careerlink.placements.models import (
    Application,
    Consent,
    ConsentPurpose,
    Placement,
    Supervision,
)
from careerlink.tokens import AccessLink

TEXT_VERSION = "2026-11"
APPLICATION_RECORDS = ["your name", "this course’s title", "your statement"]
APPLICATION_PURPOSE = "to choose whom to offer this project"
SUPERVISION_RECORDS = [
    "your name and school",
    "this course’s title",
    "the learning agreement",
    "hours of this project",
    "work handed in for this project",
]
SUPERVISION_PURPOSE = "to sign the agreement, confirm hours and evaluate this project"
AFTER_THE_END = timedelta(days=120)
"""Late evaluations and corrections still need the record."""


def application_until(application: Application) -> date:
    return application.listing.ends_on


def supervision_until(placement: Placement) -> date:
    return placement.ends_on + AFTER_THE_END


def give_for_application(session: Session, application: Application, *, actor: Actor) -> None:
    consent = Consent(
        person_id=application.person_id,
        application_id=application.id,
        purpose=ConsentPurpose.APPLICATION,
        records=APPLICATION_RECORDS,
        purpose_text=APPLICATION_PURPOSE,
        party=application.listing.partner.name,
        text_version=TEXT_VERSION,
        signed_name=actor.name,
        given_at=clock.now(),
        until=application_until(application),
    )
    session.add(consent)
    session.flush()
    audit.record(session, "consent:give", consent, actor=actor, application=application.id)


def party_of(session: Session, placement: Placement) -> str:
    """The partner, and the person there as far as staff have named one."""
    names = session.scalars(
        select(Supervision)
        .where(Supervision.placement_id == placement.id, Supervision.ended_at.is_(None))
        .order_by(Supervision.id)
    ).all()
    people = ", ".join(supervision.contact.name for supervision in names)
    company = f"{placement.partner.name}, whoever supervises this project there"
    return f"{company} (now {people})" if people else company


def give_for_supervision(
    session: Session, placement: Placement, *, actor: Actor, signed_name: str
) -> Consent:
    """The student signs by typing their name, in a session that knows who they are."""
    _only_own(actor, placement)
    if not signed_name.strip():
        raise InvalidInput("Type your name to sign.", field="signed_name")
    # A second click finds what the first one signed.
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    if (standing := standing_consent(session, placement)) is not None:
        return standing
    consent = Consent(
        person_id=placement.person_id,
        placement_id=placement.id,
        purpose=ConsentPurpose.SUPERVISION,
        records=SUPERVISION_RECORDS,
        purpose_text=SUPERVISION_PURPOSE,
        party=party_of(session, placement),
        text_version=TEXT_VERSION,
        signed_name=signed_name.strip(),
        given_at=clock.now(),
        until=supervision_until(placement),
    )
    session.add(consent)
    session.flush()
    audit.record(session, "consent:give", consent, actor=actor, placement=placement.id)
    return consent


def withdraw(session: Session, placement: Placement, *, actor: Actor) -> None:
    """From now on nothing more is shown: the supervisor's links close at once."""
    _only_own(actor, placement)
    consents = session.scalars(
        select(Consent).where(
            Consent.placement_id == placement.id,
            Consent.purpose == ConsentPurpose.SUPERVISION,
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    if not consents:
        return
    for consent in consents:
        consent.withdrawn_at = clock.now()
        audit.record(session, "consent:withdraw", consent, actor=actor, placement=placement.id)
    for link in session.scalars(
        select(AccessLink).where(
            AccessLink.placement_id == placement.id, AccessLink.revoked_at.is_(None)
        )
    ):
        tokens.revoke(session, link, actor=actor, reason="consent withdrawn")


def standing_consent(session: Session, placement: Placement) -> Consent | None:
    consent = session.scalar(
        select(Consent)
        .where(
            Consent.placement_id == placement.id,
            Consent.purpose == ConsentPurpose.SUPERVISION,
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.id.desc())
        .limit(1)
    )
    today = clock.today(placement.institution.time_zone)
    if consent is None or (consent.until is not None and today > consent.until):
        return None
    return consent


def has_consent(session: Session, placement: Placement) -> bool:
    """May the supervisor of this placement be written to and shown anything of the student?"""
    return standing_consent(session, placement) is not None


def consented(session: Session, placements: Sequence[Placement], today: date) -> set[int]:
    """The ids of those whose consent stands."""
    return set(
        session.scalars(
            select(Consent.placement_id).where(
                Consent.placement_id.in_([placement.id for placement in placements]),
                Consent.purpose == ConsentPurpose.SUPERVISION,
                Consent.withdrawn_at.is_(None),
                or_(Consent.until.is_(None), Consent.until >= today),
            )
        )
    )


def _only_own(actor: Actor, placement: Placement) -> None:
    standing = actor.standing(placement.course_id)
    if actor.person_id != placement.person_id or standing.read_only:
        raise NotPermitted("Only the student can give or withdraw this consent.")
