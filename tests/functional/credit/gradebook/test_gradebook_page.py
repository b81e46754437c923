"""The gradebook page: both figures of every student, and what somebody does about them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
import responses
from sqlalchemy import select

from careerlink import clock
from careerlink.courses.roles import CourseRole
from careerlink.outbox import DeliveryState, OutboxMessage
from credit.cases import deciding
from credit.cases.choice import Choice
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from lti.models import LtiContext, LtiLineItem, LtiMembership, LtiScore, LtiUser
from tests.factories import cases
from tests.factories.school import sign_in
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Page, Visitor

COLUMN = "https://moodle.example/lineitems/4/lineitem?type_id=1"


@pytest.fixture
def teacher(desk: Desk, client: Visitor) -> Visitor:
    return desk.of.signed_in(client, desk.database, desk.of.instructor, CourseRole.INSTRUCTOR)


@pytest.fixture
def page(desk: Desk, teacher: Visitor) -> Callable[[], Page]:
    return lambda: teacher.get(desk.of.address(None, "/gradebook"))


def note(desk: Desk, state: DeliveryState = DeliveryState.DELIVERED, **values: object) -> None:
    """What the worker found out about the one score."""
    with desk.database.write() as session:
        score = session.scalars(select(LtiScore)).one()
        for name, value in values.items():
            setattr(score, name, value)
        message = session.get_one(OutboxMessage, score.outbox_message_id or 0)
        message.state = state
        message.last_error = "Moodle refused it (400)" if state == DeliveryState.FAILED else ""


def column(desk: Desk, **values: object) -> None:
    with desk.database.write() as session:
        context = session.scalars(select(LtiContext)).one()
        session.add(
            LtiLineItem(
                context_id=context.id,
                url=COLUMN,
                label="Credit",
                resource_id="credit",
                **values,
            )
        )


def overridden(desk: Desk) -> None:
    desk.approve()
    seen = {"read_at": clock.now(), "overridden_at": clock.now()}
    note(desk, DeliveryState.FAILED, platform_thousandths=80_000, **seen)


def test_it_shows_what_was_decided_sent_and_shown(desk: Desk, page: Callable[[], Page]) -> None:
    column(desk)
    assert "Waits for the decision" in page().text
    desk.approve()
    assert "Waiting to be sent" in page().text
    note(
        desk,
        platform_thousandths=100_000,
        read_at=clock.now(),
        applied_at=clock.now(),
        answer="Moodle shows 100 of 100.",
    )
    found = page()
    row = next(cells for cells in found.rows() if cells[0] == "Maya Okafor")
    assert row[1:3] == ["1 credit", "100 of 100"]
    assert row[3].startswith("100 of 100 read ")
    assert "Sent: Moodle shows 100 of 100" in row[4]
    assert "in the column “Credit”, out of 100" in found.text
    assert found.follow("Maya Okafor").page_id == "cases.packet"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_waits_for_the_decision_on_who_left(
    desk: Desk, page: Callable[[], Page]
) -> None:
    with desk.database.write() as session:
        session.get_one(CreditCase, desk.case_id).state = CaseState.DROPPED
    assert page().rows()[1][4] == "No longer in the course"


def test_who_does_not_decide_looks_only(desk: Desk, visitors: Callable[[], Visitor]) -> None:
    overridden(desk)
    with desk.database.write() as session:
        helper = desk.of.member(session, "Tomas Reyes", CourseRole.ASSISTANT)
    seen = desk.of.signed_in(visitors(), desk.database, helper, CourseRole.ASSISTANT)
    found = seen.get(desk.of.address(None, "/gradebook"))
    assert "Overridden in Moodle: shows 80 of 100" in found.text
    assert found.buttons == []
    address = desk.of.address(None, f"/gradebook/{desk.case.public_id}")
    assert "Send ours" not in seen.get(f"{address}/replace").buttons
    student = desk.of.students[0]
    other = desk.of.signed_in(visitors(), desk.database, student, CourseRole.STUDENT)
    other.get(desk.of.address(None, "/gradebook"), status=404)


def test_the_teacher_s_grade_is_kept(desk: Desk, page: Callable[[], Page]) -> None:
    overridden(desk)
    kept = page().submit("Keep the teacher’s grade")
    assert "Teacher’s grade kept: Moodle shows 80 of 100" in kept.text
    assert "Keep the teacher’s grade" not in kept.text
    assert desk.messages("score")[-1].state == DeliveryState.DELIVERED


def test_ours_is_sent_only_over_the_grade_that_was_shown(
    desk: Desk, page: Callable[[], Page]
) -> None:
    overridden(desk)
    asking = page().follow("Send ours anyway")
    assert "80 of 100" in asking.text
    assert "100 of 100" in asking.text
    note(desk, DeliveryState.FAILED, platform_thousandths=90_000)
    changed = asking.submit("Send ours", status=409)
    assert "shows another grade now" in changed.text
    assert desk.scores()[0].replaces_thousandths is None
    sent = changed.submit("Send ours")
    assert "Waiting to be sent" in sent.text
    assert desk.scores()[0].replaces_thousandths == 90_000


def test_a_refused_grade_is_sent_again(desk: Desk, page: Callable[[], Page]) -> None:
    desk.approve()
    note(desk, DeliveryState.FAILED)
    found = page()
    assert "Not sent: Moodle refused it (400)" in found.text
    assert "Next: look at 1 grade" in found.text
    before = desk.scores()[0].timestamp
    assert "Waiting to be sent" in found.submit("Send again").text
    assert desk.scores()[0].timestamp > before


@pytest.fixture
def down() -> Iterator[None]:
    with responses.RequestsMock() as network:
        network.add("POST", "https://moodle.example/token", status=503)
        yield


@pytest.mark.usefixtures("down")
def test_a_deleted_column_is_offered_anew(desk: Desk, page: Callable[[], Page]) -> None:
    """The platform does not answer: a new column can be asked for all the same."""
    with desk.database.write() as session:
        context = session.scalars(select(LtiContext)).one()
        context.scopes = [
            *context.scopes,
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
        ]
    column(desk, gone_at=clock.now())
    gone = page()
    assert "The column is gone" in gone.text
    choosing = gone.follow("Choose a column")
    assert "The list of columns did not come" in choosing.text
    assert choosing.submit("Use this column", status=422).errors == [
        "Choose one of the columns, or a new one."
    ]
    chosen = choosing.submit("Use this column", {"Where should the grades stand?": "new"})
    assert "Being done in Moodle" in chosen.text
    (asked,) = desk.messages("line_item")
    assert asked.payload["deed"] == "make"


def test_reading_is_queued_and_its_failure_shown(desk: Desk, page: Callable[[], Page]) -> None:
    column(desk)
    assert "Being done in Moodle" in page().submit("Read the gradebook now").text
    with desk.database.write() as session:
        (asked,) = session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == "line_item")
        )
        asked.state, asked.last_error = DeliveryState.DELIVERED, "Moodle answered 503"
    failed = page()
    assert "The last request did not work" in failed.text
    assert "Moodle answered 503." in failed.text


def test_staff_act_without_teaching(desk: Desk, visitors: Callable[[], Visitor]) -> None:
    overridden(desk)
    with desk.database.write() as session:
        person = cases.staff(session, desk.of)
    seen = sign_in(visitors(), desk.database, person)
    found = seen.get(desk.of.address(None, "/gradebook"))
    assert "Teacher’s grade kept" in found.submit("Keep the teacher’s grade").text


def test_it_takes_as_many_queries_for_many_students_as_for_one(
    desk: Desk,
    page: Callable[[], Page],
    statements: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    column(desk)
    desk.approve()
    page()
    with statements() as few:
        page()
    with desk.database.write() as session:
        context = session.scalars(select(LtiContext)).one()
        for number in range(4):
            case = cases.ready_case(session, desk.of, f"Student {number}")
            user = LtiUser(
                registration_id=context.deployment.registration_id,
                institution_id=case.institution_id,
                sub=f"s{number}",
                person_id=case.person_id,
            )
            session.add_all([user, LtiMembership(context=context, lti_user=user)])
            session.flush()
            choice = Choice(DecisionOutcome.APPROVED)
            deciding.decide(session, case, choice, actor=desk.of.as_instructor)
    with statements() as many:
        found = page()
    assert found.text.count("Waiting to be sent") == 5
    assert len(many) == len(few)


def test_what_was_decided_before_there_was_a_gradebook_is_sent_late(
    desk: Desk, page: Callable[[], Page]
) -> None:
    with desk.database.write() as session:
        address = session.scalars(select(LtiContext)).one()
        address.lineitems_url = ""
    desk.approve()
    before = page()
    assert "gives CareerLink no gradebook" in before.text
    assert "Needs you 0" in before.text
    with desk.database.write() as session:
        session.scalars(select(LtiContext)).one().lineitems_url = "https://moodle.example/items"
    found = page().follow("Show what needs you")
    assert "Not sent yet" in found.text
    sent = found.submit("Send the grade")
    assert "Waiting to be sent" in sent.text
    assert "Needs you 0" in sent.text
    assert [score.given_thousandths for score in desk.scores()] == [100_000]
