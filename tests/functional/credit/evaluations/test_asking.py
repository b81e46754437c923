"""Who is asked for an evaluation, when, and how often."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from careerlink import worker
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.errors import TooMany
from careerlink.outbox import OutboxMessage
from careerlink.placements import consents
from careerlink.placements import operations as placements
from credit.evaluations import operations, queries
from credit.evaluations.models import Evaluation
from tests.factories.agreements import Scene


def mails(database: Database) -> list[OutboxMessage]:
    with database.read() as session:
        found = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        return [m for m in found if m.payload.get("template") == "evaluation_requested"]


def test_completing_again_asks_nobody_twice(
    database: Database, settings: Settings, unit: Callable[[], Scene]
) -> None:
    cast = unit()
    session = cast.session
    placements.reopen(session, cast.placement, actor=cast.staff, reason="More to do")
    placements.complete(session, cast.placement, actor=cast.student)
    session.commit()
    worker.run_once(database, settings)

    assert len(session.scalars(select(Evaluation)).all()) == 2
    assert len(mails(database)) == 1


def test_without_consent_the_supervisor_is_not_written_to(
    database: Database, settings: Settings, unit: Callable[[], Scene]
) -> None:
    cast = unit()
    consents.withdraw(cast.session, cast.placement, actor=cast.student)
    cast.session.commit()

    worker.run_once(database, settings)

    assert mails(database) == []


def test_a_reminder_goes_out_once_in_five_days(
    database: Database,
    settings: Settings,
    unit: Callable[[], Scene],
    clock: time_machine.Traveller,
) -> None:
    worker.run_once(database, settings)
    cast = unit()
    evaluation = queries.open_or_sent(cast.session, cast.placement, cast.contact.id)
    assert evaluation is not None
    with pytest.raises(TooMany):
        operations.remind(cast.session, evaluation, actor=cast.student)

    clock.shift(timedelta(days=5, minutes=1))
    operations.remind(cast.session, evaluation, actor=cast.student)
    cast.session.commit()
    worker.run_once(database, settings)

    first, second = mails(database)
    assert second.payload["values"]["link"] == first.payload["values"]["link"]
    assert second.payload["values"]["is_reminder"]


def test_after_consent_is_given_again_a_new_link_goes_out_at_once(
    database: Database, settings: Settings, unit: Callable[[], Scene]
) -> None:
    worker.run_once(database, settings)
    cast = unit()
    consents.withdraw(cast.session, cast.placement, actor=cast.student)
    cast.consent()
    evaluation = queries.open_or_sent(cast.session, cast.placement, cast.contact.id)
    assert evaluation is not None

    operations.remind(cast.session, evaluation, actor=cast.student)
    cast.session.commit()
    worker.run_once(database, settings)

    first, second = mails(database)
    assert second.payload["values"]["link"] != first.payload["values"]["link"]
