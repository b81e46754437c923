"""Our side of the mail: what we sent, and the mailbox that answers come to."""

from dataclasses import dataclass

import time_machine
from sqlalchemy import select

from careerlink import mail, mail_marks, worker
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.notifications import reading_reports
from careerlink.notifications.models import MailBounce
from careerlink.outbox import OutboxMessage
from tests.factories.agreements import Scene
from tests.functional.careerlink.mail.imap_server import ImapServer

ADDRESS = "ines@northlight.example"
ATTENTION = "/office/"


@dataclass
class Post:
    """Our side of the mail: what we sent, and the mailbox that answers come to."""

    cast: Scene
    database: Database
    settings: Settings
    server: ImapServer
    clock: time_machine.Traveller

    def sent(self, to: str = ADDRESS, *, target: str = "agreement/1") -> str:
        """The mark of a mail that left."""
        with self.database.write() as session:
            number = mail.queue(
                session,
                to=to,
                template="supervisor_fresh_link",
                values={"name": "Ines", "project": "P", "link": "abcdefghijkl"},
                institution_id=self.cast.institution.id,
                target=target,
                actor=self.cast.staff,
            ).id
        while worker.send_next(self.database, self.settings):
            pass
        return mail_marks.name(number, self.settings.server.secret)

    def comes_back(self, data: bytes) -> int:
        self.server.state.deliver(data)
        return self.read()

    def read(self) -> int:
        self.clock.shift(reading_reports.EVERY.total_seconds() + 1)
        return reading_reports.read(self.database, self.settings)

    def bounces(self) -> list[MailBounce]:
        with self.database.read() as session:
            return list(session.scalars(select(MailBounce).order_by(MailBounce.id)))

    def states(self) -> list[str]:
        with self.database.read() as session:
            rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
            return [row.state.value for row in rows]
