"""How a finished mail leaves: by SMTP, as a file in a directory, or to standard output."""

import os
import re
import smtplib
import ssl
import sys
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from careerlink.config import Mail
from careerlink.outbox import Outcome

TIMEOUT_SECONDS = 30
DATA_SECONDS = 80
"""Servers look into a mail before they take it (RFC 5321, 4.5.3.2.6); less than a lease."""
TAKEN_OVER = "the mail server was so slow that another worker took this over"
STATUS = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")
"""The enhanced code (RFC 3463); the rest of a server's answer often holds the address."""


def send(
    message: EmailMessage, settings: Mail, *, still_ours: Callable[[], bool] = lambda: True
) -> Outcome:
    """``still_ours`` is asked at the last moment: two workers never hand over one mail."""
    url = urlsplit(settings.url)
    if url.scheme in ("smtp", "smtps"):
        return _send_by_smtp(message, url, still_ours)
    if url.scheme == "file":
        return _write_file(message, Path(unquote(url.path)))
    sys.stdout.write(f"{message.as_string()}\n")
    sys.stdout.flush()
    return Outcome(delivered=True)


def probe(settings: Mail, *, seconds: float) -> str:
    """Why no mail would leave, found without sending one; empty when one would."""
    url = urlsplit(settings.url)
    if url.scheme not in ("smtp", "smtps"):
        cannot = url.scheme == "file" and not _can_hold(Path(unquote(url.path)))
        return "the directory for mail cannot be written" if cannot else ""
    try:
        server = _connection(url, seconds)
    except smtplib.SMTPAuthenticationError as exc:
        return f"the mail server refused our sign-in ({exc.smtp_code})"
    except (smtplib.SMTPException, OSError) as exc:
        return f"the mail server cannot be reached ({type(exc).__name__})"
    try:
        code, reply = server.noop()
        return "" if code == 250 else f"the mail server answered {_codes(code, reply)}"
    except (smtplib.SMTPException, OSError) as exc:
        return f"the mail server broke off ({type(exc).__name__})"
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _can_hold(directory: Path) -> bool:
    """It is made with the first mail."""
    if not directory.exists():
        return True
    return directory.is_dir() and os.access(directory, os.W_OK)


def _write_file(message: EmailMessage, directory: Path) -> Outcome:
    directory.mkdir(parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").partition("@")[0]
    part = directory / f".{name}.{os.getpid()}.part"
    part.write_bytes(message.as_bytes())
    # Whoever reads the directory never sees half a mail; a repeat replaces the first.
    part.replace(directory / f"{name}.eml")
    return Outcome(delivered=True)


def _send_by_smtp(
    message: EmailMessage, url: SplitResult, still_ours: Callable[[], bool]
) -> Outcome:
    try:
        server = _connection(url)
    except smtplib.SMTPAuthenticationError as exc:
        return Outcome(error=f"the mail server refused our sign-in ({exc.smtp_code})")
    except (smtplib.SMTPException, OSError) as exc:
        return Outcome(error=f"the mail server cannot be reached ({type(exc).__name__})")
    try:
        return _hand_over(server, message, still_ours)
    finally:
        # The answer to DATA counts; what the server makes of our leaving does not.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _hand_over(
    server: smtplib.SMTP, message: EmailMessage, still_ours: Callable[[], bool]
) -> Outcome:
    handed_over = False
    try:
        _expect(server.mail(parseaddr(message["From"])[1]), "the sender")
        _expect(server.rcpt(message["To"].addresses[0].addr_spec), "the recipient")
        if not still_ours():
            return Outcome(error=TAKEN_OVER)
        if server.sock is not None:
            server.sock.settimeout(DATA_SECONDS)
        handed_over = True
        return _after_data(*server.data(message.as_bytes()))
    except _Refused as refused:
        # A refused sender is ours to correct; the mail then still goes out.
        final = refused.code >= 500 and refused.what == "the recipient"
        return Outcome(final=final, error=str(refused))
    except smtplib.SMTPDataError as exc:
        return _after_data(exc.smtp_code, exc.smtp_error)
    except (smtplib.SMTPException, OSError) as exc:
        if handed_over:
            return Outcome(
                error="the connection broke after the mail was handed over; it may come twice"
            )
        return Outcome(error=f"the mail server broke off ({type(exc).__name__})")


def _connection(url: SplitResult, seconds: float = TIMEOUT_SECONDS) -> smtplib.SMTP:
    context = ssl.create_default_context()
    host, secured = url.hostname or "localhost", url.scheme == "smtps"
    server: smtplib.SMTP
    if secured:
        server = smtplib.SMTP_SSL(host, url.port or 465, timeout=seconds, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=seconds)
    try:
        server.ehlo_or_helo_if_needed()
        # Credentials never go over an open line: without STARTTLS this raises.
        if not secured and (server.has_extn("starttls") or url.username):
            server.starttls(context=context)
            server.ehlo()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


class _Refused(Exception):
    def __init__(self, what: str, code: int, reply: bytes) -> None:
        super().__init__(f"the mail server refused {what} ({_codes(code, reply)})")
        self.what = what
        self.code = code


def _expect(answer: tuple[int, bytes], what: str) -> None:
    code, reply = answer
    if code not in (250, 251, 252):
        raise _Refused(what, code, reply)


def _after_data(code: int, reply: bytes | str) -> Outcome:
    if code == 250:
        return Outcome(delivered=True)
    answer = reply if isinstance(reply, bytes) else reply.encode()
    return Outcome(
        final=code >= 500, error=f"the mail server refused the mail ({_codes(code, answer)})"
    )


def _codes(code: int, reply: bytes) -> str:
    found = STATUS.search(reply)
    return f"{code} {found[0].decode()}" if found else str(code)
