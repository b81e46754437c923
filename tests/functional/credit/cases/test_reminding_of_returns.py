"""A returned case has a last day, and its student hears of it in time."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from time_machine import Traveller

from careerlink import worker
from careerlink.config import Settings
from careerlink.reminders.models import Reminder, ReminderTrack
from credit.cases.models import CreditCase, DecisionOutcome
from credit.returning import ladder, operations
from tests.functional.credit.cases.conftest import Desk


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_before_the_last_day_the_student_hears_of_it(
    desk: Desk, settings: Settings, clock: Traveller
) -> None:
    """Twice, and by the new day where they got more time."""
    desk.decide(DecisionOutcome.RETURNED, "Say more.")

    said = []
    for day in (22, 23, 24, 27):
        clock.move_to(datetime(2026, 10, day, 15, tzinfo=UTC))
        worker.run_once(desk.database, settings)
        said.append(reminded(desk))
    assert said[0] == []
    assert said[-1] == ["remind", "last"]
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        operations.extend(
            session, case, actor=desk.of.as_instructor,
            until=date(2026, 11, 10), reason="You were ill.",
        )  # fmt: skip
    clock.move_to(datetime(2026, 11, 5, 15, tzinfo=UTC))
    worker.run_once(desk.database, settings)
    assert reminded(desk) == ["remind", "last", "remind"]


def reminded(desk: Desk) -> list[str]:
    with desk.database.read() as session:
        query = select(Reminder.rung).join(Reminder.track)
        query = query.where(ReminderTrack.ladder == ladder.LADDER.key)
        return list(session.scalars(query.order_by(Reminder.id)))
