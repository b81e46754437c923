"""What went out by mail, and the browsers of those who get it, answer it and see to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from careerlink import worker
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.supervisors.models import HandOverRequest
from careerlink.tokens import token_of
from tests.factories.agreements import SECRET, Scene
from tests.factories.sessions import signed_in
from tests.pages import Page, Visitor


@dataclass
class Told:
    database: Database
    settings: Settings
    visitors: Callable[[], Visitor]
    cast: Scene
    link: str
    """Of Ines, who supervises."""

    def staff(self) -> Visitor:
        return signed_in(self.visitors(), self.database, self.cast.staff.person_id or 0)

    def ask(self, **values: Any) -> Page:
        """Ines says by her link that Tomas guides the project, before she has continued."""
        page = self.visitors().get(self.link).follow("I am not the right person")
        return page.submit(
            "Tell the career office",
            {
                "What is it?": "I have left",
                "Who should we write to?": "I know who",
                "Their name": "Tomas Vale",
                "What they do there": "Head of the shop",
                "Their work e-mail address": "Tomas@northlight.example",
                **values,
            },
        )

    def task(self) -> Page:
        """Staff open it from their list."""
        return self.staff().get("/office/").follow("Answer hand-over")

    def approved(self, **values: Any) -> Page:
        proof = {"How you verified the address": "Called the front desk", **values}
        return self.task().submit("Approve hand-over", proof)

    def written(self, template: str) -> list[OutboxMessage]:
        """Mails of this kind that went out, the latest last."""
        worker.run_once(self.database, self.settings)
        with self.database.read() as session:
            found = session.scalars(
                select(OutboxMessage)
                .where(
                    OutboxMessage.kind == "mail",
                    OutboxMessage.state == DeliveryState.DELIVERED,
                )
                .order_by(OutboxMessage.id)
            ).all()
            return [row for row in found if row.payload["template"] == template]

    def link_in(self, template: str) -> str:
        return link_of(self.written(template)[-1])


def link_of(message: OutboxMessage) -> str:
    return f"/s/{token_of(message.payload['values']['link'], SECRET)}"


def request_path(database: Database) -> str:
    with database.read() as session:
        latest = select(HandOverRequest).order_by(HandOverRequest.id.desc())
        row = session.scalars(latest).first()
        assert row is not None
        return f"/office/hand-overs/{row.public_id}"
