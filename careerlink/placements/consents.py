"""Signed and dated permission to disclose: which records, why, to whom, until when.

34 CFR 99.30 asks for these four parts. Without a standing consent nothing about a student goes
to a partner: no application, no link, no mail.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.people.actors import Actor
from careerlink.placements import consent_text
from careerlink.placements.closing import close_links
from careerlink.placements.consent_text import ConsentText
from careerlink.placements.models import (
    Application,
    Consent,
    ConsentPurpose,
    Placement,
    Supervision,
)
from careerlink.registry import registry

TEXT_VERSION = consent_text.VERSION
APPLICATION_RECORDS = ["your name", "this course’s title", "your statement"]
APPLICATION_PURPOSE = "to choose whom to offer this project"
SUPERVISION_RECORDS = consent_text.RECORDS
SUPERVISION_PURPOSE = consent_text.PURPOSE
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


def supervisors_of(session: Session, placement: Placement) -> list[Supervision]:
    """Those whom staff have named and who supervise now."""
    return list(
        session.scalars(
            select(Supervision)
            .where(Supervision.placement_id == placement.id, Supervision.ended_at.is_(None))
            .options(joinedload(Supervision.contact))
            .order_by(Supervision.id)
        )
    )


def text_for(session: Session, placement: Placement, *, only_named: bool) -> ConsentText:
    """For whoever supervises there, or for the one person who does now and nobody else."""
    names = [supervision.contact.name for supervision in supervisors_of(session, placement)]
    partner = placement.partner.name
    return ConsentText(
        records=SUPERVISION_RECORDS,
        purpose=SUPERVISION_PURPOSE,
        party=consent_text.one_of(partner, names[0])
        if only_named and len(names) == 1
        else consent_text.class_of(partner, names),
        until=supervision_until(placement),
    )


def give_for_supervision(
    session: Session,
    placement: Placement,
    *,
    actor: Actor,
    signed_name: str,
    only_named: bool = False,
) -> Consent:
    """The student signs by typing their name, in a session that knows who they are."""
    _only_own(actor, placement)
    if not signed_name.strip():
        raise InvalidInput("Type your name to sign.", field="signed_name")
    # A second click finds what the first one signed.
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    if (standing := standing_consent(session, placement)) is not None:
        return standing
    named = supervisors_of(session, placement)
    text = text_for(session, placement, only_named=only_named)
    consent = Consent(
        person_id=placement.person_id,
        placement_id=placement.id,
        purpose=ConsentPurpose.SUPERVISION,
        records=list(text.records),
        purpose_text=text.purpose,
        party=text.party,
        only_contact_id=named[0].contact_id if only_named and len(named) == 1 else None,
        text=text.whole,
        text_version=TEXT_VERSION,
        signed_name=signed_name.strip(),
        given_at=clock.now(),
        until=text.until,
    )
    session.add(consent)
    session.flush()
    audit.record(session, "consent:give", consent, actor=actor, placement=placement.id)
    _tell(session, placement, is_given=True, actor=actor)
    return consent


def withdraw(session: Session, placement: Placement, *, actor: Actor) -> None:
    """From now on nothing more is shown: the supervisor's links close, queued mails stop."""
    _only_own(actor, placement)
    consents = session.scalars(
        select(Consent)
        .where(
            Consent.placement_id == placement.id,
            Consent.purpose == ConsentPurpose.SUPERVISION,
            Consent.withdrawn_at.is_(None),
        )
        .with_for_update()
    ).all()
    if not consents:
        return
    for consent in consents:
        consent.withdrawn_at = clock.now()
        audit.record(session, "consent:withdraw", consent, actor=actor, placement=placement.id)
    session.flush()
    close_links(session, placement.id, actor=actor, reason="consent withdrawn")
    _tell(session, placement, is_given=False, actor=actor)


def _tell(session: Session, placement: Placement, *, is_given: bool, actor: Actor) -> None:
    for follow in registry.consent_changes:
        follow(session, placement, is_given, actor)


def standing_consent(
    session: Session, placement: Placement, *, hold: bool = False
) -> Consent | None:
    """``hold`` keeps it from being withdrawn before the caller's transaction has ended."""
    query = (
        select(Consent)
        .where(
            Consent.placement_id == placement.id,
            _stands(clock.today(placement.institution.time_zone)),
        )
        .order_by(Consent.id.desc())
        .limit(1)
    )
    return session.scalar(query.with_for_update(read=True) if hold else query)


def given_consents(session: Session, placement: Placement) -> Sequence[Consent]:
    """Every one that was ever signed for this project, the latest first."""
    return session.scalars(
        select(Consent)
        .where(
            Consent.placement_id == placement.id,
            Consent.purpose == ConsentPurpose.SUPERVISION,
        )
        .order_by(Consent.id.desc())
    ).all()


def has_consent(session: Session, placement: Placement) -> bool:
    """May the supervisor of this placement be written to and shown anything of the student?"""
    return standing_consent(session, placement) is not None


def covers(consent: Consent, contact_id: int) -> bool:
    """Whether the party that it names includes this person."""
    return consent.only_contact_id is None or consent.only_contact_id == contact_id


def _stands(today: date) -> ColumnElement[bool]:
    """Neither withdrawn nor over, and its party includes whoever supervises now."""
    is_another = exists().where(
        Supervision.placement_id == Consent.placement_id,
        Supervision.ended_at.is_(None),
        Supervision.contact_id != Consent.only_contact_id,
    )
    return and_(
        Consent.purpose == ConsentPurpose.SUPERVISION,
        Consent.withdrawn_at.is_(None),
        or_(Consent.until.is_(None), Consent.until >= today),
        or_(Consent.only_contact_id.is_(None), ~is_another),
    )


def consented(session: Session, placements: Sequence[Placement], today: date) -> set[int]:
    """The ids of those whose consent stands."""
    return set(
        session.scalars(
            select(Consent.placement_id).where(
                Consent.placement_id.in_([placement.id for placement in placements]),
                _stands(today),
            )
        )
    )


def standing_of(session: Session, placements: Sequence[Placement]) -> dict[int, Consent]:
    """By placement, for several of one institution."""
    if not placements:
        return {}
    rows = session.scalars(
        select(Consent)
        .where(
            Consent.placement_id.in_([placement.id for placement in placements]),
            _stands(clock.today(placements[0].institution.time_zone)),
        )
        .order_by(Consent.id)
    )
    return {row.placement_id: row for row in rows if row.placement_id is not None}


def _only_own(actor: Actor, placement: Placement) -> None:
    standing = actor.standing(placement.course_id)
    if actor.person_id != placement.person_id or standing.read_only:
        raise NotPermitted("Only the student can give or withdraw this consent.")
