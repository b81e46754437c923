"""A returned case is taken up by the instructor only once the student's day has passed."""

import pytest

from careerlink.errors import NotPossible
from credit.cases.models import CreditCase, DecisionOutcome
from credit.returning import operations
from tests.functional.credit.cases.conftest import Desk


def test_while_the_student_has_time_nobody_goes_on_without_them(desk: Desk) -> None:
    desk.decide(DecisionOutcome.RETURNED, "Say more.")

    with desk.database.write() as session, pytest.raises(NotPossible):
        operations.take_up(
            session,
            session.get_one(CreditCase, desk.case_id),
            actor=desk.of.as_instructor,
            reason="No time.",
        )
