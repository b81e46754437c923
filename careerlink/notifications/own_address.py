"""A mail address that a person names and proves: a code goes there and is typed here.

Rights never hang on it, and an address that the LMS tells later does not replace it.
"""

import hmac
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from careerlink import audit, clock, mail
from careerlink.db import new_public_id
from careerlink.errors import InvalidInput, NotPermitted, TooMany
from careerlink.people.actors import Actor
from careerlink.people.models import AddressConfirmation, Person
from careerlink.short_codes import code_of

LASTS = timedelta(hours=1)
MOST_TRIES = 5
MOST_A_DAY = 5
APART = timedelta(minutes=1)


def ask(session: Session, person: Person, address: str, *, actor: Actor) -> AddressConfirmation:
    """Mail a code there. Only the latest one counts.

    :raises TooMany: codes were asked for a moment ago, or too often today.
    """
    _only_own(person, actor)
    address = address.strip()
    if not mail.is_address(address):
        raise InvalidInput("Enter a mail address, such as name@example.org", field="address")
    # Two presses at once go one after the other.
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    _refuse_too_many(session, person)
    row = AddressConfirmation(
        person_id=person.id,
        public_id=new_public_id(),
        address=address,
        expires_at=clock.now() + LASTS,
    )
    session.add(row)
    session.flush()
    mail.queue(
        session,
        to=address,
        template="address_code",
        values={
            "name": person.label,
            "code_of": row.public_id,
            "path": "/home/mail",
            "action": "Open the page for the code",
        },
        institution_id=person.institution_id,
        target=f"address_code/person/{person.id}",
        actor=actor,
    )
    audit.record(session, "person:name_address", person, actor=actor)
    return row


def confirm(session: Session, person: Person, code: str, *, actor: Actor, secret: str) -> bool:
    """Whether the code was right; then mail goes to the new address from now on.

    Every try counts, wrong or right, before the code is looked at.
    """
    _only_own(person, actor)
    row = open_one(session, person)
    if row is None:
        raise InvalidInput("This code is no longer valid. Ask for a new one.", field="code")
    counted = session.execute(
        update(AddressConfirmation)
        .where(
            AddressConfirmation.id == row.id,
            AddressConfirmation.tries < MOST_TRIES,
            AddressConfirmation.confirmed_at.is_(None),
        )
        .values(tries=AddressConfirmation.tries + 1)
        .returning(AddressConfirmation.id)
    ).first()
    typed = "".join(code.split())
    if counted is None or not hmac.compare_digest(
        typed.encode(), code_of(row.public_id, secret).encode()
    ):
        return False
    row.confirmed_at = clock.now()
    person.own_email, person.own_email_at = row.address, clock.now()
    session.flush()
    audit.record(session, "person:confirm_address", person, actor=actor)
    return True


def give_up(session: Session, person: Person, *, actor: Actor) -> None:
    """Back to the LMS's address, or to none."""
    _only_own(person, actor)
    if person.own_email is not None:
        person.own_email = person.own_email_at = None
        session.flush()
        audit.record(session, "person:give_up_address", person, actor=actor)


def open_one(session: Session, person: Person) -> AddressConfirmation | None:
    """The latest, where it still can be confirmed."""
    row = session.scalar(
        select(AddressConfirmation)
        .where(AddressConfirmation.person_id == person.id)
        .order_by(AddressConfirmation.id.desc())
        .limit(1)
    )
    if row is None or row.confirmed_at or row.tries >= MOST_TRIES:
        return None
    return row if clock.now() < row.expires_at else None


def _refuse_too_many(session: Session, person: Person) -> None:
    now = clock.now()
    today, last = session.execute(
        select(func.count(), func.max(AddressConfirmation.created_at)).where(
            AddressConfirmation.person_id == person.id,
            AddressConfirmation.created_at > now - timedelta(days=1),
        )
    ).one()
    if last is not None and last > now - APART:
        raise TooMany("A code was mailed a moment ago. Look in your mailbox, also in spam.")
    if today >= MOST_A_DAY:
        raise TooMany("Five codes were mailed within a day. Try again tomorrow.")


def _only_own(person: Person, actor: Actor) -> None:
    if actor.person_id != person.id or actor.looks_only or person.is_test:
        raise NotPermitted("Only you can name your address.")
