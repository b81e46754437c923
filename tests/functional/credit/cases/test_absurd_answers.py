"""Days, figures and marks that no form would send."""

from datetime import date

import pytest

from careerlink.courses.roles import CourseRole
from careerlink.errors import InvalidInput
from credit.cases import deciding, recording
from credit.cases.models import CreditCase, DecisionOutcome
from credit.returning import operations
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_nobody_puts_a_case_off_for_ever(desk: Desk) -> None:
    who = desk.of.as_instructor
    with desk.database.write() as session, pytest.raises(InvalidInput, match="within a year"):
        case = session.get_one(CreditCase, desk.case_id)
        recording.wait_for_evaluation(session, case, actor=who, until=date(9998, 1, 1))
    with pytest.raises(InvalidInput, match="within two years"):
        desk.decide(DecisionOutcome.INCOMPLETE, "Later.", finish_by=date(9998, 1, 1))
    desk.decide(DecisionOutcome.RETURNED, "Say more.")
    with desk.database.write() as session, pytest.raises(InvalidInput, match="within a year"):
        case = session.get_one(CreditCase, desk.case_id)
        operations.extend(session, case, actor=who, until=date(9998, 1, 1), reason="Ill.")


def test_no_reason_makes_an_award_boundless(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="No course gives more"):
        desk.approve(credits_thousandths=99_999_000, override_reason="Outstanding.")
    assert desk.decisions == []


def test_a_reason_that_is_too_long_stays_as_it_was_typed(desk: Desk, client: Visitor) -> None:
    visitor = desk.of.signed_in(
        client, desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )
    asked = visitor.get(desk.of.address(desk.case, "/deny"))

    page = asked.submit("Deny credit", {"Reason": "No." * 1400}, status=422)

    assert "Keep it to 4,000 characters." in page.text
    assert page.html.count("No.") == 1400
    assert desk.decisions == []

    packet = visitor.get(desk.of.address(desk.case))
    parts = {"What to change: objective 1": "Where is the essay?"}
    page = packet.submit("Deny", parts, status=422)
    assert "Comments on single parts go to the student with a return." in page.text
    assert "Where is the essay?" in page.text


def test_a_mark_that_no_page_bore_decides_nothing(desk: Desk) -> None:
    with pytest.raises(deciding.EvidenceChanged):
        desk.approve(seen="every.thing")
    assert desk.decisions == []
