"""The mailbox that reports come to: what is marked, what breaks off, and who reads."""

import pytest
from sqlalchemy import select

from careerlink.config import Settings
from careerlink.notifications import reading_reports
from careerlink.notifications.models import MailboxReading
from tests.functional.careerlink.mail.post import ADDRESS, ATTENTION, Post
from tests.pages import Visitor
from tests.unit.careerlink import bounced_mails as shapes


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


def test_a_hostile_mail_keeps_nobody_from_the_reports_after_it(post: Post) -> None:
    """Parts within parts within parts; and a NUL, which PostgreSQL takes in no text."""
    mark = post.sent()
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
        for number in range(2000)
    )
    post.server.state.deliver(b"From: mailer-daemon@x.example\n" + nested)
    post.server.state.deliver(
        f"From: mailer-daemon@x.example\n\n550 5.1.1 {ADDRESS} \0 nobody\n".encode()
    )

    assert post.comes_back(shapes.report(mark)) == 2
    assert [bounce.is_proven for bounce in post.bounces()] == [False, True]
