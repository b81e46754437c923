"""Mail: queued with the change that asks for it, put into words only when it is sent.

A message names a template and its values. ``templates/mail/<name>.subject``, ``.txt`` and
``.html`` are its three parts; the last two extend ``mail/layout``. Every template may use
``name`` (whom we greet), ``sender_name``, ``institution``, ``action_url`` and ``action_label``.
The button's address comes from a value: ``path`` for our own pages, ``link`` for a supervisor's
link, of which the queue holds the public id and never the token.
"""

from dataclasses import replace
from datetime import date, datetime
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from typing import Any

from flask import Flask, g, render_template
from flask_babel import Babel
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, mail_marks, mail_transport, outbox, resources
from careerlink.config import Settings
from careerlink.institutions.models import Institution
from careerlink.notifications import bounces, stopping
from careerlink.outbox import AttemptOutcome, OutboxAttempt, OutboxMessage, Outcome
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.registry import registry
from careerlink.short_codes import code_of
from careerlink.tokens import token_of
from careerlink.web import templating
from careerlink.worker import Delivery

KIND = "mail"
WIRE = policy.SMTP.clone(cte_type="7bit")
"""Line ends as SMTP has them, and nothing that a server without 8BITMIME would refuse."""
READERS = ("person", "contact")
BROKE_OFF = "The attempt broke off before it was known whether the mail went out."


def queue(
    session: Session,
    *,
    to: str,
    template: str,
    values: dict[str, Any],
    institution_id: int,
    target: str,
    actor: Actor | None = None,
    due_at: datetime | None = None,
    reader: dict[str, int] | None = None,
) -> OutboxMessage:
    """Queue one mail in the caller's transaction; a newer one for ``target`` replaces it.

    ``reader`` is ``{"person": id}`` or ``{"contact": id}``: who may stop this kind of mail.
    ``values`` may hold dates and moments; what a person typed elsewhere stays out of them.
    """
    message = outbox.enqueue(
        session,
        kind=KIND,
        target=target,
        payload={"to": to, "template": template, "values": _packed(values), **(reader or {})},
        institution_id=institution_id,
        due_at=due_at,
    )
    audit.record(session, "outbox_message:queue", message, actor=actor, template=template)
    return message


def queue_for(
    session: Session,
    person: Person,
    *,
    template: str,
    values: dict[str, Any],
    target: str,
    actor: Actor,
) -> OutboxMessage | None:
    """Write to somebody with an account, unless no address is known or they want no mail."""
    address = person.mail_address
    if not address or person.is_test or not stopping.wants(session, person, template):
        return None
    return queue(
        session,
        to=address,
        template=template,
        values={"name": person.label, **values},
        institution_id=person.institution_id,
        target=f"{target}/person/{person.id}",
        actor=actor,
        reader={"person": person.id},
    )


def send_anew(
    session: Session, message: OutboxMessage, *, to: str, actor: Actor, **values: Any
) -> OutboxMessage:
    """The same mail once more, such as to a corrected address; ``values`` take precedence."""
    return queue(
        session,
        to=to,
        template=message.payload["template"],
        values=_unpacked(message.payload["values"]) | values,
        institution_id=message.institution_id,
        target=message.target,
        actor=actor,
        reader={key: message.payload[key] for key in READERS if key in message.payload},
    )


def deliver(delivery: Delivery) -> Outcome:
    """Handler of the outbox kind ``mail``."""
    if delivery.is_repeat:
        _note_broken_attempt(delivery)
    if prepare := registry.mail_preparations.get(delivery.payload["template"]):
        prepared = prepare(delivery)
        if isinstance(prepared, Outcome):
            return prepared
        delivery = _with_values(delivery, prepared)
    if not is_address(delivery.payload["to"]):
        # Platforms say what they like. Somebody has to find out, and no retry will.
        return Outcome(final=True, error="what is on file is no mail address")
    with delivery.database.read() as session:
        institution = session.get_one(Institution, delivery.institution_id)
        if bounces.is_stopped(session, institution.id, delivery.payload["to"]):
            return Outcome(final=True, error=bounces.NOTHING_SENT)
    return mail_transport.send(
        compose(delivery, institution),
        delivery.settings.mail,
        still_ours=delivery.renew_lease,
    )


def _with_values(delivery: Delivery, more: dict[str, Any]) -> Delivery:
    """``to`` among them is where the mail goes by now."""
    to = more.pop("to", delivery.payload["to"])
    values = {**delivery.payload["values"], **_packed(more)}
    return replace(delivery, payload={**delivery.payload, "to": to, "values": values})


def is_address(text: str) -> bool:
    try:
        address = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        return False
    return bool(address.username and address.domain) and text.isascii()


def compose(delivery: Delivery, institution: Institution) -> EmailMessage:
    settings, payload = delivery.settings, delivery.payload
    stop_url = _stop_url(payload, settings)
    values = _unpacked(payload["values"])
    if code := values.pop("code_of", ""):
        values["code"] = code_of(code, settings.server.secret)
    values.update(
        action_url=_address(values, settings),
        action_label=values.pop("action", ""),
        institution=institution.name,
        sender_name=f"{institution.name}, Career Office",
        stop_url=stop_url,
    )
    name = payload["template"]
    message = EmailMessage(policy=WIRE)
    with _renderer().app_context():
        g.zone = values.get("zone") or institution.time_zone
        values["subject"] = " ".join(render_template(f"mail/{name}.subject", **values).split())
        message.set_content(render_template(f"mail/{name}.txt", **values).strip() + "\n")
        message.add_alternative(render_template(f"mail/{name}.html", **values), subtype="html")
    message["Subject"] = values["subject"]
    message["From"] = settings.mail.sender
    message["To"] = Address(addr_spec=payload["to"])
    if institution.office_email:
        message["Reply-To"] = institution.office_email
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = mail_marks.message_id(delivery.message_id, settings)
    # Some servers return a few headers only, and not always that one.
    message["X-CareerLink-Mail"] = mail_marks.name(delivery.message_id, settings.server.secret)
    message["Auto-Submitted"] = "auto-generated"
    if stop_url:
        message["List-Unsubscribe"] = f"<{stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _stop_url(payload: dict[str, Any], settings: Settings) -> str:
    token = stopping.token_for(payload, settings.server.secret)
    return f"{settings.server.public_url}/home/mail/stop/{token}" if token else ""


def _address(values: dict[str, Any], settings: Settings) -> str:
    path = str(values.pop("path", ""))
    if link := values.pop("link", ""):
        path = f"/s/{token_of(link, settings.server.secret)}"
    return f"{settings.server.public_url}{path}" if path else ""


def _note_broken_attempt(delivery: Delivery) -> None:
    """An attempt without a row was cut off: the mail may have gone out, and staff see it."""
    number = delivery.attempt - 1
    with delivery.database.write() as session:
        known = session.scalar(
            select(OutboxAttempt.id).where(
                OutboxAttempt.message_id == delivery.message_id, OutboxAttempt.number == number
            )
        )
        if known is None:
            session.add(
                OutboxAttempt(
                    message_id=delivery.message_id,
                    number=number,
                    outcome=AttemptOutcome.BROKE_OFF,
                    error=BROKE_OFF,
                )
            )


@cache
def _renderer() -> Flask:
    """Templates and filters alone: the worker serves no pages."""
    app = Flask("careerlink.mail", template_folder=str(resources.path("templates")))
    Babel(app)
    templating.register(app)
    return app


def _packed(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _pack(value) for name, value in values.items()}


def _pack(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _unpacked(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _unpack(value) for name, value in values.items()}


def _unpack(value: Any) -> Any:
    if isinstance(value, dict) and "moment" in value:
        return datetime.fromisoformat(value["moment"])
    if isinstance(value, dict) and "day" in value:
        return date.fromisoformat(value["day"])
    return value
