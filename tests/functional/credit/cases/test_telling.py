"""What student, gradebook and office hear about a case."""

from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from time_machine import Traveller

from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.errors import NotPermitted, NotPossible
from careerlink.outbox import DeliveryState, OutboxMessage
from credit import delivery
from credit.cases.models import CreditCase, DecisionOutcome
from tests.factories import cases
from tests.factories.school import sign_in
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor


def mails(directory: Path) -> list[str]:
    found = [message_from_bytes(path.read_bytes(), policy=policy.default)
             for path in sorted((directory / "mail").glob("*.eml"))]  # fmt: skip
    bodies = [mail.get_body(("plain",)) for mail in found]
    return [" ".join(body.get_content().split()) for body in bodies if body is not None]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (DecisionOutcome.RETURNED, "send it again by Wed 28 Oct."),
        (DecisionOutcome.INCOMPLETE, "marked incomplete. It can be finished until"),
    ],
)
def test_the_mail_says_what_happened_and_not_what_was_written(
    desk: Desk, settings: Settings, tmp_path: Path, outcome: DecisionOutcome, said: str
) -> None:
    desk.decide(outcome, "Something private.")

    worker.send_next(desk.database, settings)

    (text,) = mails(tmp_path)
    assert said in text
    assert f"/courses/{desk.of.course.public_id}/credit" in text
    assert "Something private." not in text


def fail_all(database: Database) -> None:
    with database.write() as session:
        for message in session.query(OutboxMessage).filter_by(kind="score"):
            message.state = DeliveryState.FAILED


def test_a_grade_that_failed_is_sent_again_from_the_packet(desk: Desk, client: Visitor) -> None:
    desk.approve()
    fail_all(desk.database)
    teacher = desk.of.signed_in(
        client, desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )

    page = teacher.get(desk.of.address(desk.case)).submit("Send the grade again")

    assert "Gradebook: Waiting to be sent" in page.text
    assert "Send the grade again" not in page.buttons
    assert [score.given_thousandths for score in desk.scores()] == [100_000]


def test_only_a_grade_that_failed_is_sent_again_and_not_by_anybody(desk: Desk) -> None:
    desk.approve()
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        with pytest.raises(NotPossible):
            delivery.send_again(session, case, actor=desk.of.as_instructor)
        helper = desk.of.actor(desk.of.instructor, CourseRole.ASSISTANT)
        with pytest.raises(NotPermitted):
            delivery.send_again(session, case, actor=helper)


def test_a_case_that_waits_long_for_its_instructor_is_on_the_offices_list(
    desk: Desk, clock: Traveller, visitors: Callable[[], Visitor]
) -> None:
    with desk.database.write() as session:
        person = cases.staff(session, desk.of)
    visitor = sign_in(visitors(), desk.database, person)
    assert "Credit case of Maya Okafor" not in visitor.get("/office/").text

    clock.shift(8 * 24 * 3600)

    page = sign_in(visitors(), desk.database, person).get("/office/")
    assert page.follow("Credit case of Maya Okafor").page_id == "cases.packet"
