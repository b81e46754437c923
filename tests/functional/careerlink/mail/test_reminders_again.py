"""A supervisor who stopped reminders gets them back, by themselves or through the office."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.notifications import stopping
from careerlink.partners.models import ContactAtPartner, PartnerContact
from tests.factories.agreements import scene
from tests.factories.sessions import signed_in
from tests.pages import Visitor


def test_reminders_come_again_by_the_same_address_and_by_the_office(
    app: Flask, database: Database, settings: Settings, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        cast = scene(session)
        partner = cast.placement.partner
        session.add(ContactAtPartner(partner_id=partner.id, contact_id=cast.contact.id))
        file = f"/office/partners/{partner.public_id}"
    token = stopping.token_for(
        {"template": "reminder_digest", "contact": cast.contact.id}, settings.server.secret
    )
    stop = f"/home/mail/stop/{token}"

    def are_stopped() -> bool:
        with database.read() as session:
            return bool(session.get_one(PartnerContact, cast.contact.id).reminders_stopped_at)

    visitors().get(stop).submit("Stop these mails")
    again = visitors().get(stop).submit("Send me reminders again")
    assert again.heading == "These mails come again: Reminders"
    assert not are_stopped()

    visitors().get(stop).submit("Stop these mails")
    office = signed_in(visitors(), database, cast.staff.person_id or 0).get(file)
    assert "Wants no reminders by mail" in office.text
    office = office.submit("Wants reminders again")
    assert f"{cast.contact.name} gets reminders by mail again." in office.text
    assert "Wants no reminders by mail" not in office.text
    assert not are_stopped()
    with database.read() as session:
        rows = session.scalars(
            select(AuditEntry)
            .where(AuditEntry.action == "partner_contact:resume_reminders")
            .order_by(AuditEntry.id)
        ).all()
        assert len(rows) == 2
        assert rows[1].actor_id == cast.staff.person_id
