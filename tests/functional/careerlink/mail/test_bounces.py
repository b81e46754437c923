"""Mail that comes back: read from a mailbox, a task at once, and no more mail to there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from careerlink import mail, mail_marks, worker
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.notifications import bounces, reading_reports
from careerlink.notifications.models import MailBounce, MailboxReading
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.partners.models import PartnerContact
from tests.factories.agreements import Scene, scene
from tests.factories.sessions import signed_in
from tests.functional.careerlink.mail.imap_server import ImapServer
from tests.pages import Visitor
from tests.unit.careerlink import bounced_mails as shapes

ADDRESS = "ines@northlight.example"
ATTENTION = "/office/"


@dataclass
class Post:
    """Our side of the mail: what we sent, and the mailbox that answers come to."""

    cast: Scene
    database: Database
    settings: Settings
    server: ImapServer
    clock: time_machine.Traveller

    def sent(self, to: str = ADDRESS, *, target: str = "agreement/1") -> str:
        """The mark of a mail that left."""
        with self.database.write() as session:
            number = mail.queue(
                session,
                to=to,
                template="supervisor_fresh_link",
                values={"name": "Ines", "project": "P", "link": "abcdefghijkl"},
                institution_id=self.cast.institution.id,
                target=target,
                actor=self.cast.staff,
            ).id
        while worker.send_next(self.database, self.settings):
            pass
        return mail_marks.name(number, self.settings.server.secret)

    def comes_back(self, data: bytes) -> int:
        self.server.state.deliver(data)
        return self.read()

    def read(self) -> int:
        self.clock.shift(reading_reports.EVERY.total_seconds() + 1)
        return reading_reports.read(self.database, self.settings)

    def bounces(self) -> list[MailBounce]:
        with self.database.read() as session:
            return list(session.scalars(select(MailBounce).order_by(MailBounce.id)))

    def states(self) -> list[str]:
        with self.database.read() as session:
            rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
            return [row.state.value for row in rows]


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    server = ImapServer()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def post(
    app: Flask,
    database: Database,
    settings: Settings,
    imap: ImapServer,
    clock: time_machine.Traveller,
) -> Post:
    values = settings.model_dump()
    values["mail"]["bounces"] = imap.url
    with database.write() as session:
        cast = scene(session)
    return Post(cast, database, Settings.model_validate(values), imap, clock)


@pytest.fixture
def staff(post: Post, visitors: Callable[[], Visitor]) -> Visitor:
    return signed_in(visitors(), post.database, post.cast.staff.person_id or 0)


def test_a_dead_address_is_a_task_at_once_and_gets_nothing_more(
    post: Post, staff: Visitor
) -> None:
    assert post.comes_back(shapes.report(post.sent())) == 1

    shown = staff.get(ATTENTION)
    assert f"Mail to {ADDRESS} comes back" in shown.text
    post.sent(target="agreement/2")
    assert post.states() == ["delivered", "failed"]
    with post.database.read() as session:
        stopped = session.scalars(select(OutboxMessage).filter_by(state="failed")).one()
        assert stopped.last_error == bounces.NOTHING_SENT
    # One task for the address, and none for each mail that it does not get.
    assert staff.get(ATTENTION).text.count("Find another way") == 0
    listed = staff.get("/office/outbox")
    assert "mail to this address came back" in listed.text
    page = staff.get(ATTENTION).follow("Choose what to do")
    assert "There is no such mailbox (5.1.1)." in page.text
    assert "Ines Carvalho" in page.text


def test_a_corrected_address_gets_what_came_back(post: Post, staff: Visitor) -> None:
    post.comes_back(shapes.report(post.sent()))
    post.sent(target="agreement/2")
    page = staff.get(f"/office/outbox/bounces/{post.bounces()[0].id}")
    assert page.submit("Correct and send again", status=422).errors == [
        "Enter the address", "Say how you know it",
    ]  # fmt: skip

    done = page.submit(
        "Correct and send again",
        {"The right address": "I.Carvalho@northlight.example", "How do": "Asked on the phone"},
    )

    assert "2 mails go out again." in done.text
    with post.database.read() as session:
        contact = session.get_one(PartnerContact, post.cast.contact.id)
        assert contact.email == "i.carvalho@northlight.example"
        assert contact.verified_by_id == post.cast.staff.person_id
        waiting = session.scalars(select(OutboxMessage).filter_by(state=DeliveryState.QUEUED))
        assert {row.payload["to"] for row in waiting} == {"i.carvalho@northlight.example"}
    assert "comes back" not in staff.get(ATTENTION).text
    again = staff.get(f"/office/outbox/bounces/{post.bounces()[0].id}")
    assert "Correct and send again" not in again.buttons


def test_an_address_that_works_after_all_is_written_to_again(
    post: Post, staff: Visitor
) -> None:
    post.comes_back(shapes.report(post.sent(), status="5.2.2"))
    page = staff.get(f"/office/outbox/bounces/{post.bounces()[0].id}")

    form = page.form("Write there again")
    staff.post(form.action, form.data)
    staff.post(form.action, form.data)

    assert post.states().count("queued") == 1
    with post.database.read() as session:
        assert not bounces.is_stopped(session, post.cast.institution.id, ADDRESS)


def test_a_soft_bounce_is_noted_and_stops_nothing(post: Post, staff: Visitor) -> None:
    post.comes_back(shapes.report(post.sent(), action="delayed", status="4.4.1"))

    assert "comes back" not in staff.get(ATTENTION).text
    message = post.bounces()[0].message_id
    page = staff.get(f"/office/outbox/{message}")
    assert "Their server has not taken it yet" in page.text
    post.sent(target="agreement/2")
    assert post.states() == ["delivered", "delivered"]


def test_a_forged_report_changes_nothing(post: Post) -> None:
    mark = post.sent()
    forged = mark[:-1] + ("0" if mark[-1] != "0" else "1")

    assert post.comes_back(shapes.report(forged)) == 0
    assert post.bounces() == []


def test_a_report_without_our_mark_is_a_task_but_stops_no_mail(
    post: Post, staff: Visitor
) -> None:
    post.sent()
    assert post.comes_back(shapes.report("unknown", returned="")) == 1

    assert "comes back" in staff.get(ATTENTION).text
    page = staff.get(f"/office/outbox/bounces/{post.bounces()[0].id}")
    assert "does not prove" in page.text
    post.sent(target="agreement/2")
    assert post.states() == ["delivered", "delivered"]


def test_a_report_is_counted_once_however_often_it_is_read(post: Post) -> None:
    data = shapes.report(post.sent())
    post.comes_back(data)
    for stored in post.server.state.messages:
        stored.flags.clear()

    assert post.comes_back(data) == 0
    assert len(post.bounces()) == 1


@pytest.mark.parametrize("keeps_keywords", [True, False])
def test_other_mails_stay_unread_where_the_server_lets_us_mark_them(
    post: Post, *, keeps_keywords: bool
) -> None:
    post.server.state.keeps_keywords = keeps_keywords
    mark = post.sent()
    post.server.state.deliver(shapes.out_of_office())
    post.server.state.deliver(shapes.answer())

    assert post.comes_back(shapes.gmail(mark)) == 1

    away, letter, report = post.server.state.messages
    assert r"\Seen" in report.flags
    assert (r"\Seen" in letter.flags) is not keeps_keywords
    assert (r"\Seen" in away.flags) is not keeps_keywords
    before = post.server.state.commands.count("UID FETCH")
    assert post.read() == 0
    assert post.server.state.commands.count("UID FETCH") == before


@pytest.mark.parametrize("command", ["LOGIN", "UID FETCH", "UID STORE"])
def test_a_mailbox_that_breaks_off_is_seen_tried_again_and_loses_nothing(
    post: Post, command: str, staff: Visitor
) -> None:
    data = shapes.report(post.sent())
    post.server.state.breaks_off_at = command
    assert post.comes_back(data) == 0

    assert "Reports of failed mail are not read" in staff.get(ATTENTION).text
    assert "are not read since" in staff.get("/office/outbox").text
    post.server.state.breaks_off_at = ""
    post.read()
    assert len(post.bounces()) == 1
    assert "are not read" not in staff.get(ATTENTION).text


def test_a_wrong_password_is_said_without_it(post: Post) -> None:
    values = post.settings.model_dump()
    values["mail"]["bounces"] = post.server.url.replace("s3cret", "wrong")
    settings = Settings.model_validate(values)

    assert reading_reports.read(post.database, settings) == 0

    with post.database.read() as session:
        row = session.scalars(select(MailboxReading)).one()
        assert row.error == "the mailbox refused our sign-in"


def test_one_of_several_workers_reads(post: Post) -> None:
    post.read()
    before = len(post.server.state.commands)

    reading_reports.read(post.database, post.settings)

    assert len(post.server.state.commands) == before
