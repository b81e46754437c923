"""What this feature brings to the whole."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink import mail
from careerlink.courses.models import Course
from careerlink.notifications import (
    address_step,
    bounce_tasks,
    bounce_views,
    bounces,
    deliveries,
    outbox_views,
    preference_views,
    reading_reports,
)
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab, Waiting

LONGEST_LIST = 100
READ_AGAIN = ("roster",)
"""Asked for anew by themselves; the course's page of people says what is wrong with them."""


def register(registry: Registry) -> None:
    registry.outbox_handlers[mail.KIND] = mail.deliver
    registry.blueprints += [outbox_views.bp, bounce_views.bp]
    registry.blueprints += [preference_views.bp, preference_views.stop_bp]
    registry.next_steps.append(address_step.next_steps)
    registry.home_panels.append(address_step.panels)
    registry.tabs.append(_tabs)
    registry.attention += [_failed, bounce_tasks.waiting, bounce_tasks.mailbox_waits]
    registry.rounds.append(reading_reports.read)


def _tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    return [Tab("Deliveries", url_for("outbox.listed"), page="outbox.", position=90)]


def _failed(session: Session, actor: Actor) -> list[Waiting]:
    failed = deliveries.listed(
        session, actor, state=DeliveryState.FAILED, after=None, but=READ_AGAIN
    )
    return [
        Waiting(
            group="Yours",
            title=f"Find another way for “{deliveries.what(message)}”",
            text=_what_happened(message),
            since=message.settled_at or message.created_at,
            url=url_for("outbox.show", message_id=message.id),
            action="Choose what to do",
            why="A refused mail or grade becomes a task at once; nothing goes out by itself.",
            is_late=True,
        )
        for message in failed.rows
        # The address itself is the task then, not every mail to it.
        if message.last_error != bounces.NOTHING_SENT
    ]


def _what_happened(message: OutboxMessage) -> str:
    error = message.last_error or "no answer"
    to = deliveries.address(message)
    return f"{error[:1].upper()}{error[1:]}{f', for {to}' if to else ''}."
