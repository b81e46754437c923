"""Addresses that stop a kind of mail with one click and no sign-in (RFC 8058).

The address names whom and what, and carries a mark that only the server makes. It can do
nothing else, so that a mail that was passed on gives nothing away.
"""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import NotFound, NotPermitted
from careerlink.notifications.kinds import BY_KEY, BY_TEMPLATE, FOR_CONTACTS, MailGroup
from careerlink.notifications.models import NotificationPreference
from careerlink.partners import contacts
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import Person

TOKEN = re.compile(r"([pc])(\d{1,12})\.([a-z]{1,20})\.([0-9a-f]{40})")


@dataclass(frozen=True)
class Stop:
    group: MailGroup
    person: Person | None
    contact: PartnerContact | None

    @property
    def is_stopped(self) -> bool:
        return self.contact is not None and self.contact.reminders_stopped_at is not None


def token_for(payload: dict[str, Any], secret: str) -> str:
    """Of a queued mail; empty where it must be sent, or goes to nobody in particular."""
    group = BY_TEMPLATE.get(payload.get("template", ""))
    if group is None:
        return ""
    if person := payload.get("person"):
        return _token(f"p{person}", group.key, secret)
    if (contact := payload.get("contact")) and group.key in FOR_CONTACTS:
        return _token(f"c{contact}", group.key, secret)
    return ""


def find(session: Session, token: str, secret: str) -> Stop:
    """:raises NotFound: it was never made by this server."""
    parts = TOKEN.fullmatch(token)
    if parts is None:
        raise NotFound
    kind, number, key, _ = parts.groups()
    if not hmac.compare_digest(token, _token(f"{kind}{number}", key, secret)):
        raise NotFound
    person = session.get(Person, int(number)) if kind == "p" else None
    contact = session.get(PartnerContact, int(number)) if kind == "c" else None
    if key not in BY_KEY or (person is None and contact is None):
        raise NotFound
    return Stop(BY_KEY[key], person, contact)


def stop(session: Session, found: Stop) -> None:
    """A second click changes nothing."""
    if found.contact is not None:
        if found.contact.reminders_stopped_at is None:
            found.contact.reminders_stopped_at = clock.now()
            audit.record(
                session,
                "partner_contact:stop_reminders",
                found.contact,
                actor=Actor(
                    institution_id=found.contact.institution_id, contact_id=found.contact.id
                ),
            )
    elif found.person is not None:
        actor = Actor(institution_id=found.person.institution_id, person_id=found.person.id)
        choose(session, found.person, {found.group.key: False}, actor=actor)


def resume(session: Session, found: Stop) -> None:
    """The way back, by the same address; a second click changes nothing."""
    if found.contact is not None:
        actor = Actor(institution_id=found.contact.institution_id, contact_id=found.contact.id)
        contacts.resume_reminders(session, found.contact, actor=actor)
    elif found.person is not None:
        actor = Actor(institution_id=found.person.institution_id, person_id=found.person.id)
        choose(session, found.person, {found.group.key: True}, actor=actor)


def choose(session: Session, person: Person, wanted: dict[str, bool], *, actor: Actor) -> bool:
    """Set the named groups; whether anything changed."""
    if actor.looks_only or actor.person_id != person.id:
        raise NotPermitted("Only you choose which mail you get.")
    before = chosen(session, person)
    rows = {
        row.event: row
        for row in session.scalars(
            select(NotificationPreference)
            .where(NotificationPreference.person_id == person.id)
            .with_for_update()
        )
    }
    changed = {key: by_mail for key, by_mail in wanted.items() if before[key] != by_mail}
    for key, by_mail in changed.items():
        if key in rows:
            rows[key].by_mail = by_mail
        else:
            session.add(NotificationPreference(person_id=person.id, event=key, by_mail=by_mail))
    if changed:
        session.flush()
        audit.record(
            session,
            "person:choose_mail",
            person,
            actor=actor,
            wanted=sorted(key for key, by_mail in changed.items() if by_mail),
            stopped=sorted(key for key, by_mail in changed.items() if not by_mail),
        )
    return bool(changed)


def chosen(session: Session, person: Person) -> dict[str, bool]:
    """By group; what nobody has said anything about is wanted."""
    rows = session.execute(
        select(NotificationPreference.event, NotificationPreference.by_mail).where(
            NotificationPreference.person_id == person.id
        )
    )
    said = dict(rows.all())
    return {key: said.get(key, True) for key in BY_KEY}


def wants(session: Session, person: Person, template: str) -> bool:
    group = BY_TEMPLATE.get(template)
    return group is None or chosen(session, person)[group.key]


def _token(whom: str, key: str, secret: str) -> str:
    said = f"{whom}.{key}"
    mark = hmac.new(secret.encode(), f"stop-mail:{said}".encode(), sha256).hexdigest()[:40]
    return f"{said}.{mark}"
