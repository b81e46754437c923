"""A platform that asks us to wait is left alone by everything that draws on one allowance."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.worker import Delivery
from lti.models import LtiContext, LtiDeployment, LtiRegistration, LtiScore
from lti.tokens import Client


def hold_back(delivery: Delivery, client: Client, until: datetime) -> None:
    """Let every waiting score for this host wait: its allowance is one for all of them.

    Canvas counts by client id and cluster (fixtures/canvas, throttling/normal_headers), so
    the registrations of other schools with the same two wait as well.
    """
    with delivery.database.write() as session:
        waiting = (
            select(LtiScore)
            .join(LtiContext, LtiScore.context_id == LtiContext.id)
            .join(LtiDeployment, LtiContext.deployment_id == LtiDeployment.id)
            .where(LtiDeployment.registration_id.in_(_sharing(session, client)))
        )
        session.execute(
            update(OutboxMessage)
            .where(
                or_(
                    OutboxMessage.id.in_(waiting.with_only_columns(LtiScore.outbox_message_id)),
                    OutboxMessage.id.in_(
                        waiting.with_only_columns(LtiScore.progress_message_id)
                    ),
                ),
                OutboxMessage.state == DeliveryState.QUEUED,
                OutboxMessage.due_at < until,
            )
            .values(due_at=until)
        )


def _sharing(session: Session, client: Client) -> list[int]:
    """Registrations that draw on one allowance: of one client at one token address's host."""
    host = urlsplit(client.token_url).netloc
    rows = session.execute(
        select(LtiRegistration.id, LtiRegistration.token_url).where(
            LtiRegistration.client_id == client.client_id
        )
    )
    return [row[0] for row in rows if urlsplit(row[1]).netloc == host]
