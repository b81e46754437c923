"""Mail on its way: what servers answer, what staff see, and what is never sent twice."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from careerlink import mail, outbox_turns, worker
from careerlink.app import compose
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.outbox import AttemptOutcome, DeliveryState, OutboxAttempt, OutboxMessage
from careerlink.people.actors import system
from careerlink.tokens import token_of
from tests.functional.careerlink.mail.conftest import SmtpServer

SUBJECT = "The time to answer an offer is over"
VALUES = {
    "name": "Maya Okafor",
    "project": "Where do repair customers wait?",
    "partner": "Northlight & Sons <Cycles>",
    "path": "/courses/c1/applications/a1",
    "action": "Ask again",
}


@pytest.fixture(autouse=True)
def composed(clock: time_machine.Traveller) -> Iterator[None]:
    compose()
    yield


@pytest.fixture
def sent_by_smtp(settings: Settings, smtp: SmtpServer) -> Settings:
    return using(settings, smtp.url)


def using(settings: Settings, url: str) -> Settings:
    values = settings.model_dump()
    values["mail"]["url"] = url
    return Settings.model_validate(values)


def queued(database: Database, **values: object) -> int:
    with database.write() as session:
        school = Institution(slug="e", name="Eastmoor", office_email="careers@eastmoor.example")
        session.add(school)
        session.flush()
        message = mail.queue(
            session,
            to="maya@eastmoor.example",
            template="offer_expired",
            values={**VALUES, **values},
            institution_id=school.id,
            target="application/1",
            actor=system(school.id),
        )
        return message.id


def state_of(database: Database, number: int) -> OutboxMessage:
    with database.read() as session:
        return session.get_one(OutboxMessage, number)


def attempts(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        rows = session.scalars(select(OutboxAttempt).order_by(OutboxAttempt.id))
        return [(row.outcome.value, row.error) for row in rows]


def test_a_mail_has_two_parts_and_says_who_sends_it_and_why(
    database: Database, sent_by_smtp: Settings, smtp: SmtpServer
) -> None:
    queued(database)

    worker.run_once(database, sent_by_smtp)

    (message,) = smtp.script.taken
    plain, rich = (str(part.get_content()) for part in message.iter_parts())
    assert message["Subject"] == SUBJECT
    assert message["Reply-To"] == "careers@eastmoor.example"
    assert "Dear Maya Okafor," in plain
    assert "https://careerlink.example.edu/courses/c1/applications/a1" in plain
    assert "You get this because you applied" in " ".join(plain.split())
    assert "Northlight & Sons <Cycles>" in " ".join(plain.split())
    assert "Northlight &amp; Sons &lt;Cycles&gt;" in rich
    assert 'lang="en"' in rich
    assert rich.count("font-weight:600;text-decoration:none") == 1


def test_no_subject_names_a_student_or_a_project() -> None:
    folder = Path(__file__).parents[4] / "templates" / "mail"
    subjects = [path.read_text() for path in folder.glob("*.subject")]

    assert subjects
    for text in subjects:
        assert not {"student", "name }}", "project }}", "person"} & set(text.split("{{ "))


def test_a_supervisors_link_is_written_only_when_the_mail_is_sent(
    database: Database, sent_by_smtp: Settings, smtp: SmtpServer
) -> None:
    token = token_of("abcdefghijkl", sent_by_smtp.server.secret)
    number = queued(database, link="abcdefghijkl")

    worker.run_once(database, sent_by_smtp)

    assert token not in str(state_of(database, number).payload)
    assert f"/s/{token}" in smtp.script.taken[0].as_string().replace("=\n", "")


@pytest.mark.parametrize(
    ("faults", "state", "said"),
    [
        (
            {"rcpt": "550 5.1.1 <maya@eastmoor.example> unknown"},
            "failed",
            "recipient (550 5.1.1)",
        ),
        ({"rcpt": "450 4.2.1 try later"}, "queued", "recipient (450 4.2.1)"),
        ({"mail": "550 not allowed"}, "queued", "refused the sender (550)"),
        ({"data": "554 5.7.1 looks like spam"}, "failed", "refused the mail (554 5.7.1)"),
        ({"data": "451 disk is full"}, "queued", "refused the mail (451)"),
        ({"hangs_up_after_data": True}, "queued", "it may come twice"),
    ],
)
def test_what_a_server_says_no_to(
    database: Database,
    sent_by_smtp: Settings,
    smtp: SmtpServer,
    faults: dict[str, str],
    state: str,
    said: str,
) -> None:
    for name, value in faults.items():
        setattr(smtp.script, name, value)
    number = queued(database)

    worker.run_once(database, sent_by_smtp)

    message = state_of(database, number)
    assert message.state == state
    assert said in message.last_error
    assert "maya@" not in message.last_error


def test_a_server_that_is_away_is_tried_again(database: Database, settings: Settings) -> None:
    number = queued(database)

    worker.run_once(database, using(settings, "smtp://127.0.0.1:9"))

    message = state_of(database, number)
    assert message.state == DeliveryState.QUEUED
    assert message.last_error == "the mail server cannot be reached (ConnectionRefusedError)"


def test_a_password_never_goes_over_an_open_line(
    database: Database, settings: Settings, smtp: SmtpServer
) -> None:
    number = queued(database)

    worker.run_once(database, using(settings, smtp.url.replace("//", "//user:secret@")))

    assert "SMTPNotSupportedError" in state_of(database, number).last_error
    assert smtp.script.taken == []


def test_a_mail_that_broke_off_comes_again_under_the_same_id(
    database: Database,
    sent_by_smtp: Settings,
    smtp: SmtpServer,
    clock: time_machine.Traveller,
) -> None:
    smtp.script.hangs_up_after_data = True
    queued(database)
    worker.run_once(database, sent_by_smtp)
    smtp.script.hangs_up_after_data = False
    clock.shift(3600)

    worker.run_once(database, sent_by_smtp)

    first, second = smtp.script.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert [outcome for outcome, _ in attempts(database)] == ["retry", "delivered"]


def test_a_worker_that_died_while_sending_leaves_a_note(
    database: Database, sent_by_smtp: Settings, clock: time_machine.Traveller
) -> None:
    queued(database)
    with database.write() as session:
        outbox_turns.claim(session, limit=1, lease=worker.LEASE)
    clock.shift(worker.LEASE.total_seconds() + 1)

    worker.run_once(database, sent_by_smtp)

    assert attempts(database) == [
        (AttemptOutcome.BROKE_OFF, mail.BROKE_OFF),
        (AttemptOutcome.DELIVERED, ""),
    ]


def test_mails_become_files_and_a_repeat_replaces_the_first(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    number = queued(database)
    for _ in range(2):
        worker.run_once(database, settings)
        with database.write() as session:
            session.get_one(OutboxMessage, number).state = DeliveryState.QUEUED

    (path,) = (tmp_path / "mail").iterdir()

    assert path.suffix == ".eml"
    assert message_from_bytes(path.read_bytes(), policy=policy.default)["Subject"] == SUBJECT


def test_without_a_server_mails_are_printed(
    database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    queued(database)

    worker.run_once(database, using(settings, "console:"))

    assert f"Subject: {SUBJECT}" in capsys.readouterr().out


def test_a_newer_mail_about_the_same_thing_replaces_one_that_waits(database: Database) -> None:
    number = queued(database)
    with database.write() as session:
        older = session.get_one(OutboxMessage, number)
        mail.queue(
            session,
            to="maya@eastmoor.example",
            template="offer_made",
            values=VALUES,
            institution_id=older.institution_id,
            target=older.target,
        )

    assert state_of(database, number).state == DeliveryState.SUPERSEDED
