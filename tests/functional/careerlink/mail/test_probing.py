"""Whether mail would leave, found without sending one."""

from pathlib import Path

from careerlink import mail_transport
from careerlink.config import Mail
from tests.functional.careerlink.mail.conftest import SmtpServer


def probe(url: str) -> str:
    return mail_transport.probe(Mail(url=url), seconds=5)


def test_a_server_that_takes_us_is_sent_nothing(smtp: SmtpServer) -> None:
    assert probe(smtp.url) == ""
    assert smtp.script.taken == []


def test_what_is_wrong_is_said_without_the_password(smtp: SmtpServer) -> None:
    with_account = smtp.url.replace("//", "//user:secret@")
    assert probe(with_account) == "the mail server cannot be reached (SMTPNotSupportedError)"


def test_a_directory_that_cannot_be_written(tmp_path: Path) -> None:
    assert probe(f"file://{tmp_path / 'not-made-yet'}") == ""
    (tmp_path / "a-file").touch()
    assert "cannot be written" in probe(f"file://{tmp_path / 'a-file'}")
