"""The mailbox that delivery reports come to, over IMAP (RFC 3501)."""

import hashlib
import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, unquote, urlsplit

TIMEOUT_SECONDS = 30
MOST_AT_ONCE = 50
LARGEST = 256 * 1024
"""A report says all it has to say at its beginning; what it returns may be large."""
SEEN_BY_US = "CareerLinkRead"


class MailboxFailed(Exception):
    """In words for the office: no address, no password."""


class Mailbox:
    def __init__(self, connection: imaplib.IMAP4, *, keeps_keywords: bool) -> None:
        self._connection = connection
        self._keeps_keywords = keeps_keywords

    def unread(self) -> Iterator[tuple[bytes, bytes]]:
        """The key and the beginning of each message that nobody has looked at, oldest first."""
        wanted = ["UNSEEN", "UNDELETED"]
        if self._keeps_keywords:
            wanted += ["UNKEYWORD", SEEN_BY_US]
        found = self._uid("SEARCH", *wanted)[0]
        keys = found.split() if isinstance(found, bytes) else []
        for key in keys[:MOST_AT_ONCE]:
            # PEEK leaves it unread, in case we stop half-way.
            answer = self._uid("FETCH", key.decode(), f"(BODY.PEEK[]<0.{LARGEST}>)")
            body = next((part[1] for part in answer if isinstance(part, tuple)), None)
            if isinstance(body, bytes):
                yield key, body

    def mark(self, key: bytes, *, is_report: bool) -> None:
        """A report is done with; any other mail stays unread for whoever reads this mailbox."""
        flags = [SEEN_BY_US] if self._keeps_keywords else []
        if is_report or not flags:
            flags.append(r"\Seen")
        self._uid("STORE", key.decode(), "+FLAGS", f"({' '.join(flags)})")

    def _uid(self, command: str, *arguments: str) -> list[bytes | tuple[bytes, bytes]]:
        status, data = self._connection.uid(command, *arguments)
        if status != "OK":
            raise MailboxFailed(f"the mailbox refused {command}")
        return list(data)


@contextmanager
def opened(address: str) -> Iterator[Mailbox]:
    """:raises MailboxFailed: it cannot be reached, or does not let us in."""
    url = urlsplit(address)
    try:
        connection = _connect(url)
    except (OSError, imaplib.IMAP4.error) as exc:
        raise MailboxFailed(f"the mailbox cannot be reached ({type(exc).__name__})") from exc
    try:
        yield _selected(connection, url)
    except (OSError, imaplib.IMAP4.error) as exc:
        raise MailboxFailed(f"the mailbox broke off ({type(exc).__name__})") from exc
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            connection.logout()
        with suppress(OSError):
            connection.shutdown()


def key_of(address: str) -> str:
    """What the database calls it: neither user nor password."""
    return hashlib.sha256(address.encode()).hexdigest()


def _connect(url: SplitResult) -> imaplib.IMAP4:
    host = url.hostname or "localhost"
    if url.scheme == "imaps":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(
            host, url.port or 993, ssl_context=context, timeout=TIMEOUT_SECONDS
        )
    return imaplib.IMAP4(host, url.port or 143, timeout=TIMEOUT_SECONDS)


def _selected(connection: imaplib.IMAP4, url: SplitResult) -> Mailbox:
    try:
        connection.login(unquote(url.username or ""), unquote(url.password or ""))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as exc:
        raise MailboxFailed("the mailbox refused our sign-in") from exc
    folder = unquote(url.path.lstrip("/")) or "INBOX"
    status, _ = connection.select(f'"{folder}"')
    if status != "OK":
        raise MailboxFailed(f"there is no folder {folder}")
    permanent = b" ".join(connection.response("PERMANENTFLAGS")[1] or [b""])
    return Mailbox(connection, keeps_keywords=rb"\*" in (permanent or b""))
