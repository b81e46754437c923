"""Which mail comes, how it is stopped with one click, and an address of one's own."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from careerlink import mail, outbox_turns, worker
from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.notifications.kinds import BY_TEMPLATE
from careerlink.partners.models import PartnerContact
from careerlink.people import operations as people
from careerlink.people.models import Person
from tests.factories.agreements import Scene, scene
from tests.factories.sessions import launched
from tests.pages import Visitor

CHOICES = "/home/mail"


@pytest.fixture
def cast(app: Flask, database: Database) -> Scene:
    with database.write() as session:
        return scene(session)


@pytest.fixture
def student(cast: Scene, database: Database, visitors: Callable[[], Visitor]) -> Visitor:
    person = cast.student.person_id or 0
    return launched(visitors(), database, person, cast.course.id, CourseRole.STUDENT)


@pytest.fixture
def post(database: Database, settings: Settings, tmp_path: Path) -> Callable[[], EmailMessage]:
    """The one mail that leaves now."""

    def send() -> EmailMessage:
        before = set((tmp_path / "mail").glob("*.eml"))
        while worker.send_next(database, settings):
            pass
        (new,) = set((tmp_path / "mail").glob("*.eml")) - before
        found = message_from_bytes(new.read_bytes(), policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found

    return send


def tell(database: Database, cast: Scene, template: str = "message_received") -> bool:
    """Write to the student; whether a mail was queued."""
    values = {"project": "P", "partner": "N", "path": "/home", "action": "Read"}
    with database.write() as session:
        person = session.get_one(Person, cast.student.person_id)
        queued = mail.queue_for(
            session, person, template=template, values=values, target="t", actor=cast.staff
        )
        return queued is not None


def stop_path(message: EmailMessage) -> str:
    address = str(message["List-Unsubscribe"]).strip("<>")
    return address.removeprefix("https://careerlink.example.edu")


def test_a_mail_of_news_is_stopped_with_one_click_and_comes_back_by_choice(
    cast: Scene, database: Database, post: Callable[[], EmailMessage], student: Visitor,
    visitors: Callable[[], Visitor],
) -> None:  # fmt: skip
    assert tell(database, cast)
    message = post()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = stop_path(message)
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        assert path in part.get_content()
    anybody = visitors()

    assert "Stop these mails" in anybody.get(path).buttons
    assert tell(database, cast), "a look changes nothing"
    answer = anybody.raw.post(path, data={"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, answer.data) == (200, b"")
    assert not tell(database, cast)
    assert tell(database, cast, "decision_made"), "what is decided always comes"
    page = student.get(CHOICES)
    page.submit("Save", {"groups": ["messages"]})
    assert tell(database, cast)


def test_the_button_of_the_page_says_what_it_did(
    cast: Scene, database: Database, post: Callable[[], EmailMessage],
    visitors: Callable[[], Visitor],
) -> None:  # fmt: skip
    tell(database, cast)
    path = stop_path(post())

    done = visitors().get(path).submit("Stop these mails")

    assert done.heading == "Stopped: Messages"
    assert not tell(database, cast)


def test_an_address_that_we_did_not_make_stops_nothing(
    cast: Scene, database: Database, post: Callable[[], EmailMessage],
    visitors: Callable[[], Visitor],
) -> None:  # fmt: skip
    tell(database, cast)
    path = stop_path(post())
    other = path.replace(f"/p{cast.student.person_id}.", f"/p{cast.instructor.person_id}.")
    anybody = visitors()

    for wrong in (other, path[:-1] + ("0" if path[-1] != "0" else "1"), "/home/mail/stop/x"):
        assert anybody.raw.post(wrong).status_code == 404


def test_what_must_come_has_no_way_to_stop_it(
    cast: Scene, database: Database, post: Callable[[], EmailMessage]
) -> None:
    tell(database, cast, "decision_made")

    assert post()["List-Unsubscribe"] is None
    must = {"agreement_to_sign", "offer_made", "decision_made", "supervisor_fresh_link"}
    assert not must & set(BY_TEMPLATE)


def test_a_supervisor_stops_reminders_alone(
    cast: Scene, database: Database, settings: Settings, visitors: Callable[[], Visitor],
    post: Callable[[], EmailMessage],
) -> None:  # fmt: skip
    with database.write() as session:
        mail.queue(
            session,
            to=cast.contact.email,
            template="reminder_digest",
            values={"name": "Ines", "items": [], "is_contact": True},
            institution_id=cast.institution.id,
            target="r",
            actor=cast.staff,
            reader={"contact": cast.contact.id},
        )
    with database.read() as session:
        delivery = outbox_turns.claim(session, limit=1, lease=worker.LEASE)[0]
        message = mail.compose(worker._delivery(database, settings, delivery), cast.institution)

    page = visitors().get(stop_path(message)).submit("Stop these mails")

    assert "The first request for a signature or an evaluation still comes" in page.text
    with database.read() as session:
        assert session.get_one(PartnerContact, cast.contact.id).reminders_stopped_at


def without_address(database: Database, cast: Scene) -> None:
    with database.write() as session:
        session.get_one(Person, cast.student.person_id).email = None


def code_in(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).split("mail address: ")[1][:6]


def test_a_student_without_an_address_confirms_one_of_their_own(
    cast: Scene, database: Database, student: Visitor, post: Callable[[], EmailMessage]
) -> None:
    without_address(database, cast)
    assert not tell(database, cast)
    page = student.get(CHOICES)
    assert "We know no mail address of yours" in page.text

    asked = page.submit("Mail me a code", {"Your mail address": "maya@home.example"})
    message = post()
    assert not tell(database, cast), "named is not confirmed"
    wrong = asked.submit("Confirm this address", {"Code": "0000000"}, status=422)
    assert wrong.errors == ["This is not the code that we mailed. Look again."]
    code = code_in(message)
    assert code not in str(message["Subject"])
    done = asked.submit("Confirm this address", {"Code": f"{code[:3]} {code[3:]}"})

    assert "To maya@home.example, which you confirmed" in done.text
    tell(database, cast)
    assert post()["To"] == "maya@home.example"


def test_the_lms_does_not_overwrite_what_a_person_confirmed(
    cast: Scene, database: Database, student: Visitor, post: Callable[[], EmailMessage]
) -> None:
    without_address(database, cast)
    asked = student.get(CHOICES).submit(
        "Mail me a code", {"Your mail address": "maya@home.example"}
    )
    asked.submit("Confirm this address", {"Code": code_in(post())})
    with database.write() as session:
        person = session.get_one(Person, cast.student.person_id)
        people.refresh_person(session, person, email="maya@campus.example")

    page = student.get(CHOICES)

    assert "Your LMS names maya@campus.example" in page.text
    tell(database, cast)
    assert post()["To"] == "maya@home.example"
    page.submit("Use the platform’s address")
    tell(database, cast)
    assert post()["To"] == "maya@campus.example"


def test_a_code_is_tried_five_times_and_lasts_an_hour(
    cast: Scene, database: Database, student: Visitor, post: Callable[[], EmailMessage],
    clock: time_machine.Traveller,
) -> None:  # fmt: skip
    page = student.get(CHOICES)
    asked = page.submit("Mail me a code", {"Your mail address": "maya@home.example"})
    code = code_in(post())
    again = page.submit("Mail me a code", {"Your mail address": "m@x.example"}, status=422)
    assert "a moment ago" in again.errors[0]
    for _ in range(5):
        asked.submit("Confirm this address", {"Code": "x"}, status=422)
    refused = asked.submit("Confirm this address", {"Code": code}, status=422)
    assert "no longer valid" in refused.errors[0]

    clock.shift(120)
    asked = page.submit("Mail me a code", {"Your mail address": "maya@home.example"})
    code = code_in(post())
    clock.shift(3601)
    late = asked.submit("Confirm this address", {"Code": code}, status=422)
    assert "no longer valid" in late.errors[0]


def test_the_code_is_nowhere_in_the_database(
    cast: Scene, database: Database, student: Visitor, post: Callable[[], EmailMessage]
) -> None:
    student.get(CHOICES).submit("Mail me a code", {"Your mail address": "m@home.example"})
    with database.read() as session:
        (queued,) = outbox_turns.claim(session, limit=5, lease=worker.LEASE)
        payload = str(queued.payload)

    assert code_in(post()) not in payload
