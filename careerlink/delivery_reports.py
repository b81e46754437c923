"""What a mail says that came back: which of our mails, to whom, and why. No database, no clock.

Reports as RFC 3464 has them, and what servers send instead: without the original, with its
headers alone, or as plain text (Exim's and Gmail's ``X-Failed-Recipients``, qmail's letter).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage, Message
from hmac import compare_digest
from typing import Any

from careerlink import mail_marks

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
REPLY_CODE = re.compile(r"\b([45])\d\d\b")
_SIGN = r"[^\s<>;:,\"'()@]"
ADDRESS = re.compile(rf"{_SIGN}{{1,64}}@{_SIGN}{{1,255}}\.{_SIGN}{{1,63}}")
"""As long as RFC 5321, 4.5.3.1 allows: without bounds a long word takes minutes."""
HEADERS = HeaderRegistry()
SENDERS = ("mailer-daemon@", "postmaster@", "microsoftexchange")
FAILED, DELAYED = "failed", "delayed"
SAID = 300
LONGEST_HEADER = 1000
BOUNDED = policy.default.clone(
    header_factory=lambda name, value: HEADERS(name, value[:LONGEST_HEADER])
)
"""The parsers of the standard library take minutes for a hostile header of some kilobytes."""


@dataclass(frozen=True)
class Report:
    recipient: str
    """Lower case; empty where the report names none."""
    status: str
    is_hard: bool
    said: str
    number: int | None
    """The outbox message, where a mark proves it."""
    is_forged: bool
    """It names a mail of ours, but with a mark that we did not make."""


def read(data: bytes, *, secret: str) -> list[Report]:
    """One for each recipient that failed or waits; nothing for any other mail."""
    message = message_from_bytes(data, policy=BOUNDED)
    groups = list(_groups(message))
    if not groups and not _is_loose_report(message):
        return []
    text = data.decode("utf-8", "replace")
    marks = mail_marks.found_in(text)
    number = next((m.number for m in marks if compare_digest(m.mark, m.expected(secret))), None)
    is_forged = number is None and bool(marks)
    found = groups or [_loose(message)]
    return [
        Report(_printable(recipient), status, is_hard, _printable(said), number, is_forged)
        for recipient, status, is_hard, said in found
    ]


Found = tuple[str, str, bool, str]


def _printable(text: str) -> str:
    """Without NUL, which PostgreSQL refuses, and halves of characters, which nobody takes."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _groups(message: EmailMessage) -> Iterable[Found]:
    """The recipients of a machine-readable report (RFC 3464, section 2.3)."""
    for part in message.walk():
        if part.get_content_type() not in ("message/delivery-status", MS_STATUS):
            continue
        inside: Any = part.get_payload() if part.is_multipart() else ()
        for group in inside:
            action = _field(group, "Action").split(" ")[0].lower()
            if action in (FAILED, DELAYED):
                yield _from_group(group, action)


MS_STATUS = "message/global-delivery-status"
"""The same for addresses outside ASCII (RFC 6533)."""


def _from_group(group: Message, action: str) -> Found:
    diagnostic = _field(group, "Diagnostic-Code")
    said = diagnostic.partition(";")[2].strip() or diagnostic
    status = _status(_field(group, "Status")) or _status(said)
    # The address that we wrote to, where an alias led on to another one.
    named = _field(group, "Original-Recipient") or _field(group, "Final-Recipient")
    is_hard = action == FAILED and _is_permanent(status, said)
    return _address(named), status, is_hard, said[:SAID]


def _field(group: Message, name: str) -> str:
    return " ".join(str(group.get(name, "")).split())


def _is_loose_report(message: EmailMessage) -> bool:
    """A report in words: from a mail system, about a failure, and no automatic answer."""
    answered = str(message.get("Auto-Submitted", "")).lower().startswith("auto-replied")
    kind = message.get_content_type()
    if answered or message.get("X-Autoreply") or kind == "multipart/report":
        return False
    if message.get("X-Failed-Recipients"):
        return True
    sender = str(message.get("From", "")).lower()
    from_system = any(name in sender for name in SENDERS)
    text = _text(message)
    return from_system and bool(_status(text) or REPLY_CODE.search(text))


def _loose(message: EmailMessage) -> Found:
    text = _text(message)
    named = str(message.get("X-Failed-Recipients", ""))
    status = _status(text)
    return (
        _address(named or text),
        status,
        _is_permanent(status, text),
        " ".join(text.split())[:SAID],
    )


def _is_permanent(status: str, said: str) -> bool:
    if status:
        return status.startswith("5")
    code = REPLY_CODE.search(said)
    return code is None or code[1] == "5"


def _status(text: str) -> str:
    found = next((m for m in STATUS.finditer(text) if m[1] != "2"), None)
    return found[0] if found else ""


def _address(text: str) -> str:
    found = ADDRESS.search(text.partition(";")[2] or text)
    return found[0].rstrip(".").lower() if found else ""


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    try:
        return str(body.get_content()) if body is not None else ""
    except (LookupError, ValueError):
        # A charset that nobody knows.
        return ""
