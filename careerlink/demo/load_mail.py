"""One mail of the sample term that came back: its address works no more, and staff are told."""

from sqlalchemy import select

from careerlink import clock
from careerlink.delivery_reports import Report
from careerlink.demo.loading import Loading
from careerlink.notifications import bounces
from careerlink.outbox import DeliveryState, OutboxMessage

LISTING = "branch-hours"
"""Work on it begins soon, and its supervisor cannot be reached."""


def load(loading: Loading) -> None:
    key = loading.content.listing(LISTING).supervisor
    address = loading.contacts[key].email
    message = loading.session.scalar(
        select(OutboxMessage)
        .where(
            OutboxMessage.kind == bounces.MAIL,
            OutboxMessage.institution_id == loading.institution.id,
            OutboxMessage.payload["to"].as_string() == address,
        )
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )
    if message is None:
        raise LookupError(f"nothing was mailed to {key}")
    with clock.at(loading.moment(-1, 7)):
        message.state, message.settled_at = DeliveryState.DELIVERED, clock.now()
        report = Report(
            recipient=address,
            status="5.1.1",
            is_hard=True,
            said="550 5.1.1 The mailbox is closed",
            number=message.id,
            is_forged=False,
        )
        bounces.record(loading.session, report, source="sample data")
