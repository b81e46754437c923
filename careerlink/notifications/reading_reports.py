"""Reading the mailbox of delivery reports, by one worker at a time."""

import hashlib
import logging
from datetime import timedelta
from email import message_from_bytes

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from careerlink import clock, delivery_reports, mailbox
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.mailbox import Mailbox, MailboxFailed
from careerlink.notifications import bounces
from careerlink.notifications.models import MailboxReading

log = logging.getLogger("careerlink.mailbox")
EVERY = timedelta(minutes=5)
STILL_TRIED = timedelta(hours=1)


def read(database: Database, settings: Settings) -> int:
    """How many addresses were reported. A mailbox that is down is noted and tried again."""
    address = settings.mail.bounces
    if not address or not _is_turn(database, mailbox.key_of(address)):
        return 0
    try:
        with mailbox.opened(address) as box:
            found = sum(_read_one(database, settings, box, *one) for one in box.unread())
    except MailboxFailed as exc:
        log.warning("delivery reports were not read: %s", exc)
        _note(database, address, error=str(exc))
        return 0
    _note(database, address, error="")
    return found


def _read_one(
    database: Database, settings: Settings, box: Mailbox, key: bytes, data: bytes
) -> int:
    try:
        reports = delivery_reports.read(data, secret=settings.server.secret)
        source = _source(data)
    except Exception:  # what strangers send must not keep the others from being read
        log.exception("a mail in the mailbox of delivery reports could not be read")
        reports, source = [], ""
    with database.write() as session:
        rows = [bounces.record(session, report, source=source) for report in reports]
    # Only now: cut off before, it is read again, and known.
    box.mark(key, is_report=bool(reports))
    return sum(row is not None for row in rows)


def _source(data: bytes) -> str:
    return str(message_from_bytes(data).get("Message-ID") or hashlib.sha256(data).hexdigest())


def _is_turn(database: Database, key: str) -> bool:
    """Of several workers one reads, and none before the pause is over."""
    now = clock.now()
    with database.write() as session:
        row = session.scalar(
            select(MailboxReading).where(MailboxReading.mailbox == key).with_for_update()
        )
        if row is None:
            session.add(MailboxReading(mailbox=key, due_at=now + EVERY))
            return True
        moved = session.execute(
            update(MailboxReading)
            .where(MailboxReading.id == row.id, MailboxReading.due_at <= now)
            .values(due_at=now + EVERY)
            .returning(MailboxReading.id)
        )
        return moved.first() is not None


def _note(database: Database, address: str, *, error: str) -> None:
    with database.write() as session:
        row = session.scalars(
            select(MailboxReading).where(MailboxReading.mailbox == mailbox.key_of(address))
        ).one()
        row.error = error
        if error:
            row.failed_since = row.failed_since or clock.now()
        else:
            row.read_at, row.failed_since = clock.now(), None


def failing(session: Session) -> MailboxReading | None:
    """The mailbox that cannot be read, for as long as somebody tries to."""
    return session.scalar(
        select(MailboxReading).where(
            MailboxReading.failed_since.is_not(None),
            MailboxReading.due_at > clock.now() - STILL_TRIED,
        )
    )
