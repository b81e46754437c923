"""Whether somebody at a partner can be written to about a placement; if not, why."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.notifications.models import BounceKind, MailBounce
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.placements import consents
from careerlink.placements.models import Consent, Placement, Supervision
from careerlink.reminders.hours import day_of
from careerlink.reminders.models import ReminderDigest
from careerlink.supervisors.models import HandOverRequest, HandOverState

WORDS = {
    "bounced": "Mail to this address comes back. Correct the address, or name somebody else.",
    "undelivered": "The last mail could not be delivered. See to it among the deliveries.",
    "bounced_today": "A mail came back today; the next one waits until tomorrow.",
    "no_consent": "The student has to consent that the supervisor sees this record.",
    "not_verified": "The address of the supervisor is not verified.",
    "left": "The supervisor has left the partner.",
    "handing_over": "Somebody asked that another person supervises. The career office answers.",
    "not_supervising": "They do not supervise this project any more.",
}


@dataclass(frozen=True)
class Reach:
    """What was read for a number of placements at once; six queries for any number."""

    consented: dict[int, Consent]
    """By placement, the one that stands."""
    handing_over: frozenset[int]
    supervising: frozenset[tuple[int, int]]
    bounced: frozenset[tuple[int, str]]
    bounced_lately: dict[tuple[int, str], datetime]
    undelivered: frozenset[int]

    def why_not(
        self, placement: Placement, contact: PartnerContact | None, *, asks_former: bool
    ) -> str:
        """A key of ``WORDS``, or empty where nothing is in the way."""
        if contact is None:
            return "not_supervising"
        if not asks_former and (placement.id, contact.id) not in self.supervising:
            return "not_supervising"
        return self.why_not_ask(placement, contact)

    def covers(self, placement: Placement, contact: PartnerContact) -> bool:
        """A consent may be for one person: nothing then goes to anybody else who signs."""
        consent = self.consented.get(placement.id)
        return consent is not None and consents.covers(consent, contact.id)

    def why_not_ask(self, placement: Placement, contact: PartnerContact) -> str:
        """Of a colleague who could stand in."""
        if contact.left_at is not None:
            return "left"
        if contact.verified_at is None:
            return "not_verified"
        if not self.covers(placement, contact):
            return "no_consent"
        if placement.id in self.handing_over:
            return "handing_over"
        return self.why_no_mail(contact, placement.institution.time_zone)

    def why_no_mail(self, contact: PartnerContact, campus_zone: str) -> str:
        """Of the address alone, whoever it belongs to."""
        box = (contact.institution_id, contact.email)
        if box in self.bounced:
            return "bounced"
        if contact.id in self.undelivered:
            return "undelivered"
        zone = contact.time_zone or campus_zone
        came_back = self.bounced_lately.get(box)
        if came_back is not None and day_of(came_back, zone) == day_of(clock.now(), zone):
            return "bounced_today"
        return ""


def read(
    session: Session, placements: Collection[Placement], contacts: Iterable[PartnerContact]
) -> Reach:
    people = {contact.id: contact for contact in contacts}
    bounces = _bounces(session, {contact.email for contact in people.values()})
    ids = [placement.id for placement in placements]
    return Reach(
        consented=_consented(session, placements),
        handing_over=_handing_over(session, ids),
        supervising=_supervising(session, ids),
        bounced=frozenset(
            (one.institution_id, one.address)
            for one in bounces
            if one.kind == BounceKind.HARD and one.resolved_at is None
        ),
        bounced_lately={(one.institution_id, one.address): one.reported_at for one in bounces},
        undelivered=_undelivered(session, list(people)),
    )


def _consented(session: Session, placements: Collection[Placement]) -> dict[int, Consent]:
    """A consent ends with a day on campus: one query for each campus zone."""
    by_zone: dict[str, list[Placement]] = {}
    for placement in placements:
        by_zone.setdefault(placement.institution.time_zone, []).append(placement)
    return {
        placement_id: consent
        for group in by_zone.values()
        for placement_id, consent in consents.standing_of(session, group).items()
    }


def _handing_over(session: Session, placement_ids: Collection[int]) -> frozenset[int]:
    return frozenset(
        session.scalars(
            select(HandOverRequest.placement_id).where(
                HandOverRequest.placement_id.in_(placement_ids),
                HandOverRequest.state == HandOverState.ASKED,
            )
        )
    )


def _supervising(
    session: Session, placement_ids: Collection[int]
) -> frozenset[tuple[int, int]]:
    rows = session.execute(
        select(Supervision.placement_id, Supervision.contact_id).where(
            Supervision.placement_id.in_(placement_ids), Supervision.ended_at.is_(None)
        )
    )
    return frozenset((row[0], row[1]) for row in rows)


def _bounces(session: Session, addresses: Collection[str]) -> list[MailBounce]:
    is_hard = (MailBounce.kind == BounceKind.HARD) & MailBounce.resolved_at.is_(None)
    return list(
        session.scalars(
            select(MailBounce)
            .where(
                MailBounce.address.in_(addresses),
                # A report without our mark may come from anybody, such as the student.
                MailBounce.is_proven.is_(True),
                or_(is_hard, MailBounce.reported_at > clock.now() - timedelta(days=1)),
            )
            .order_by(MailBounce.id)
        )
    )


def _undelivered(session: Session, contact_ids: Collection[int]) -> frozenset[int]:
    return frozenset(
        session.scalars(
            select(ReminderDigest.contact_id)
            .join(OutboxMessage, OutboxMessage.id == ReminderDigest.message_id)
            .where(
                ReminderDigest.contact_id.in_(contact_ids),
                OutboxMessage.state == DeliveryState.FAILED,
            )
        )
    )
