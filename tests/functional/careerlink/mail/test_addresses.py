"""Platforms name addresses, and not all of them are any."""

import pytest
from flask import Flask

from careerlink import mail, worker
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.outbox import DeliveryState, OutboxMessage
from tests.factories.school import campus
from tests.functional.careerlink.mail.conftest import SmtpServer


@pytest.mark.parametrize("to", ["maya at eastmoor", "m@e.example\r\nBcc: x@y.example", ""])
def test_what_is_no_address_is_a_task_at_once(
    app: Flask, database: Database, settings: Settings, smtp: SmtpServer, to: str
) -> None:
    values = settings.model_dump()
    values["mail"]["url"] = smtp.url
    with database.write() as session:
        number = mail.queue(
            session,
            to=to,
            template="offer_expired",
            values={"name": "Maya Okafor", "project": "Waits", "partner": "Northlight"},
            institution_id=campus(session).institution.id,
            target="application/1",
        ).id

    worker.run_once(database, Settings.model_validate(values))

    with database.read() as session:
        assert session.get_one(OutboxMessage, number).state == DeliveryState.FAILED
    assert smtp.script.taken == []
