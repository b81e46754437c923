"""What a mail of reminders says, read at the moment that it leaves."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock, tokens
from careerlink.courses.models import Course
from careerlink.notifications import stopping
from careerlink.outbox import Outcome
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import system
from careerlink.placements.models import Placement
from careerlink.registry import registry
from careerlink.reminders import digests, reach, settings, subjects, words
from careerlink.reminders.digests import Box
from careerlink.reminders.hours import day_of
from careerlink.reminders.ladders import Rung, Whom
from careerlink.reminders.models import Reminder, ReminderDigest, ReminderState, ReminderTrack
from careerlink.reminders.subjects import Subject
from careerlink.tokens import LinkPurpose
from careerlink.worker import Delivery

NOTHING_LEFT = "everything was done meanwhile, so nothing was sent"


def prepare(delivery: Delivery) -> dict[str, Any] | Outcome:
    """The values of the mail, or what became of it instead."""
    with delivery.database.write() as session:
        digest = digests.of_message(session, delivery.message_id)
        if digest is None:
            return Outcome(final=True, error="nothing is known of this mail any more")
        box = digests.box_of(session, digest)
        hours = settings.of(session, [digest.institution_id])[digest.institution_id].hours
        now = clock.now()
        if not hours.is_open(now, box.zone):
            wait = hours.next_open(now, box.zone) - now
            return Outcome(retry_after=wait, error="waits for the recipient's working hours")
        today = day_of(now, box.zone)
        if digests.has_another(session, digest, today):
            wait = hours.opening(today + timedelta(days=1), box.zone) - now
            return Outcome(retry_after=wait, error="this day has its one mail already")
        digest.day = today
        rows = _take(session, digest, box)
        items = [
            _item(session, row, box, secret=delivery.settings.server.secret) for row in rows
        ]
        address = box.address
    if not items or not address:
        return Outcome(delivered=True, detail=NOTHING_LEFT)
    public_url = delivery.settings.server.public_url
    for item in items:
        if item.get("link"):
            token = tokens.token_of(item.pop("link"), delivery.settings.server.secret)
            item["path"] = f"/s/{token}"
        item["url"] = f"{public_url}{item.pop('path')}"
    return {"items": items, "is_contact": box.contact is not None, "to": address}


def _take(session: Session, digest: ReminderDigest, box: Box) -> list[Reminder]:
    """What is still true of all that is due, now in this mail."""
    rows = _due(session, digest, box)
    contacts = [box.contact] if box.contact else []
    known = reach.read(session, {row.track.placement for row in rows}, contacts)
    waiting = _waiting(session, rows)
    taken = []
    for row in rows:
        if not _is_open(row, waiting) or _is_unwanted(session, row, box):
            row.state = ReminderState.DROPPED
        elif why := _why_not(row, box.contact, known):
            _say_later(session, row, why)
        else:
            row.state, row.digest_id = ReminderState.MAILED, digest.id
            taken.append(row)
    session.flush()
    return taken


def _due(session: Session, digest: ReminderDigest, box: Box) -> Sequence[Reminder]:
    """Also what an earlier attempt to send this very mail had taken."""
    is_theirs = (
        Reminder.contact_id == box.contact.id
        if box.contact
        else Reminder.person_id == digest.person_id
    )
    is_due = and_(Reminder.state == ReminderState.DUE, Reminder.send_at <= clock.now())
    return session.scalars(
        select(Reminder)
        .join(Reminder.track)
        .where(is_theirs, or_(is_due, Reminder.digest_id == digest.id))
        .options(
            joinedload(Reminder.track).options(
                joinedload(ReminderTrack.contact),
                joinedload(ReminderTrack.placement).options(
                    joinedload(Placement.person),
                    joinedload(Placement.partner),
                    joinedload(Placement.institution),
                    joinedload(Placement.course).joinedload(Course.term),
                ),
            )
        )
        .order_by(ReminderTrack.placement_id, Reminder.id)
        .with_for_update(of=Reminder)
        .execution_options(populate_existing=True)
    ).all()


def _waiting(session: Session, rows: Sequence[Reminder]) -> dict[tuple[str, int], Subject]:
    ids: dict[str, list[int]] = {}
    for row in rows:
        ids.setdefault(row.track.ladder, []).append(row.track.subject_id)
    return {
        (key, subject.id): subject
        for key, of_ladder in ids.items()
        if key in registry.ladders
        for subject in subjects.open_now(session, registry.ladders[key], of_ladder).values()
    }


def _is_open(row: Reminder, waiting: Mapping[tuple[str, int], Subject]) -> bool:
    track = row.track
    subject = waiting.get((track.ladder, track.subject_id))
    if subject is None or track.paused_at is not None or row.round != track.round:
        return False
    return row.whom != Whom.SUPERVISOR or subject.contact_id == row.contact_id


def _is_unwanted(session: Session, row: Reminder, box: Box) -> bool:
    """They stopped reminders; the first request of each thing still goes to a contact."""
    if box.person is not None:
        return not stopping.wants(session, box.person, digests.TEMPLATE)
    if box.contact is None or box.contact.reminders_stopped_at is None:
        return False
    return row.wording != registry.ladders[row.track.ladder].ask


def _why_not(row: Reminder, contact: PartnerContact | None, known: reach.Reach) -> str:
    if contact is None:
        return ""
    if row.whom == Whom.ALTERNATE:
        return known.why_not_ask(row.track.placement, contact)
    ladder = registry.ladders[row.track.ladder]
    return known.why_not(row.track.placement, contact, asks_former=ladder.asks_former)


def _say_later(session: Session, row: Reminder, why: str) -> None:
    """As if its rung had not been reached; the next sweep holds the track for the reason."""
    row.track.next_at = clock.now()
    session.delete(row)


def _item(session: Session, row: Reminder, box: Box, *, secret: str) -> dict[str, Any]:
    track = row.track
    ladder = registry.ladders[track.ladder]
    rung: Rung = ladder.by_key[row.wording]
    item: dict[str, Any] = words.of_mail(rung, track, today=_today(box))
    if box.contact is None:
        return {**item, "path": ladder.path(track.placement, row.whom)}
    is_colleague = row.whom == Whom.ALTERNATE
    link = tokens.issue(
        session,
        secret=secret,
        purpose=LinkPurpose.STAND_IN if is_colleague else LinkPurpose.PLACEMENT,
        contact=box.contact,
        placement_id=track.placement_id,
        actor=system(track.institution_id),
    )
    return {**item, "link": link.public_id}


def _today(box: Box) -> date:
    return day_of(clock.now(), box.zone)
