"""One mail to each person and day, with everything that is due; put together as it leaves.

Composing claims the recipient's day and queues the mail. What it says is read once more at each
attempt to send it: what is done by then is left out, and a mail with nothing left is not sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from careerlink import clock, mail
from careerlink.institutions.models import Institution
from careerlink.outbox import ON_ITS_WAY, OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import system
from careerlink.people.models import Person
from careerlink.reminders.hours import day_of
from careerlink.reminders.models import Reminder, ReminderDigest, ReminderState

BATCH = 500
TEMPLATE = "reminder_digest"


@dataclass(frozen=True)
class Box:
    """Whoever gets the mail: a contact at a partner, or somebody with an account."""

    contact: PartnerContact | None
    person: Person | None
    campus: Institution

    @property
    def zone(self) -> str:
        own = self.contact.time_zone if self.contact else None
        own = self.person.time_zone if self.person else own
        return own or self.campus.time_zone

    @property
    def address(self) -> str:
        """As it is now: it may have been corrected since the mail was queued."""
        if self.contact is not None:
            return self.contact.email
        return (self.person.mail_address if self.person else None) or ""

    @property
    def key(self) -> dict[str, int | None]:
        return {
            "contact_id": self.contact.id if self.contact else None,
            "person_id": self.person.id if self.person else None,
        }


def compose(session: Session) -> int:
    """Queue the mails of all who have something due and no mail from us yet on this day."""
    boxes = _boxes(session)
    written = _written(session, boxes)
    todo = [box for box in boxes if (*box.key.values(), _today(box)) not in written]
    for digest, box in _claim(session, todo):
        _queue(session, digest, box)
    return len(todo)


def of_message(session: Session, message_id: int) -> ReminderDigest | None:
    return session.scalar(
        select(ReminderDigest)
        .where(ReminderDigest.message_id == message_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def has_another(session: Session, digest: ReminderDigest, day: date) -> bool:
    """Is that day of the recipient's claimed, by a mail or by one that nobody wanted?"""
    theirs = (
        ReminderDigest.contact_id == digest.contact_id
        if digest.contact_id
        else ReminderDigest.person_id == digest.person_id
    )
    found = select(ReminderDigest.id).where(
        theirs, ReminderDigest.day == day, ReminderDigest.id != digest.id
    )
    return session.scalar(found.limit(1)) is not None


def box_of(session: Session, digest: ReminderDigest) -> Box:
    return Box(
        session.get(PartnerContact, digest.contact_id) if digest.contact_id else None,
        session.get(Person, digest.person_id) if digest.person_id else None,
        session.get_one(Institution, digest.institution_id),
    )


def _boxes(session: Session) -> list[Box]:
    """Recipients with something due; not those to whom a mail of ours is still on its way."""
    digest = aliased(ReminderDigest)
    on_its_way = (
        select(digest.id)
        .join(OutboxMessage, OutboxMessage.id == digest.message_id)
        .where(
            OutboxMessage.state.in_(ON_ITS_WAY),
            or_(
                digest.contact_id == Reminder.contact_id,
                digest.person_id == Reminder.person_id,
            ),
        )
        .exists()
    )
    due = (
        select(Reminder.contact_id, Reminder.person_id)
        .where(
            Reminder.state == ReminderState.DUE,
            Reminder.send_at <= clock.now(),
            ~on_its_way,
        )
        .group_by(Reminder.contact_id, Reminder.person_id)
        .order_by(Reminder.contact_id, Reminder.person_id)
        .limit(BATCH)
        .subquery()
    )
    rows = session.execute(
        select(PartnerContact, Person, Institution)
        .select_from(due)
        .outerjoin(PartnerContact, PartnerContact.id == due.c.contact_id)
        .outerjoin(Person, Person.id == due.c.person_id)
        .join(
            Institution,
            or_(
                Institution.id == PartnerContact.institution_id,
                Institution.id == Person.institution_id,
            ),
        )
    )
    return [Box(*row) for row in rows]


def _written(
    session: Session, boxes: Sequence[Box]
) -> set[tuple[int | None, int | None, date]]:
    rows = session.execute(
        select(ReminderDigest.contact_id, ReminderDigest.person_id, ReminderDigest.day).where(
            or_(
                ReminderDigest.contact_id.in_([b.contact.id for b in boxes if b.contact]),
                ReminderDigest.person_id.in_([b.person.id for b in boxes if b.person]),
            ),
            ReminderDigest.day.in_({_today(box) for box in boxes}),
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


def _claim(session: Session, boxes: Sequence[Box]) -> list[tuple[ReminderDigest, Box]]:
    """The day's row of each; of two workers who come at once, one gets it."""
    if not boxes:
        return []
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    rows = [
        {
            **box.key,
            "institution_id": box.campus.id,
            "day": _today(box),
            "created_at": clock.now(),
        }
        for box in boxes
    ]
    claimed = session.scalars(
        insert(ReminderDigest).values(rows).on_conflict_do_nothing().returning(ReminderDigest)
    )
    by_key = {tuple(box.key.values()): box for box in boxes}
    return [(one, by_key[(one.contact_id, one.person_id)]) for one in claimed]


def _queue(session: Session, digest: ReminderDigest, box: Box) -> None:
    values = {"zone": box.zone}
    actor = system(digest.institution_id)
    if box.contact is not None:
        message: OutboxMessage | None = mail.queue(
            session,
            to=box.contact.email,
            template=TEMPLATE,
            values={"name": box.contact.name, **values},
            institution_id=digest.institution_id,
            target=f"reminders/contact/{box.contact.id}",
            actor=actor,
            reader={"contact": box.contact.id},
        )
    elif box.person is not None:
        message = mail.queue_for(
            session,
            box.person,
            template=TEMPLATE,
            values=values,
            target="reminders",
            actor=actor,
        )
        if message is None:
            _leave_unsaid(session, box.person)
    digest.message_id = message.id if message is not None else None


def _leave_unsaid(session: Session, person: Person) -> None:
    """No address, or no mail wanted: their pages say the same."""
    rows = session.scalars(
        select(Reminder).where(
            and_(Reminder.person_id == person.id, Reminder.state == ReminderState.DUE)
        )
    )
    for row in rows:
        row.state = ReminderState.DROPPED


def _today(box: Box) -> date:
    return day_of(clock.now(), box.zone)
