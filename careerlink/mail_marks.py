"""The Message-ID of our mails: stable for every attempt, and not to be made up by others."""

import re
from dataclasses import dataclass
from email.utils import parseaddr
from hmac import digest

from careerlink.config import Settings

PATTERN = re.compile(r"\boutbox-(\d{1,18})-([0-9a-f]{16})\b")


@dataclass(frozen=True)
class Mark:
    number: int
    mark: str

    def expected(self, secret: str) -> str:
        return _mark(self.number, secret)


def message_id(number: int, settings: Settings) -> str:
    """The same for every attempt, so that a repeat is recognized as one."""
    domain = parseaddr(settings.mail.sender)[1].rpartition("@")[2] or "localhost"
    return f"<{name(number, settings.server.secret)}@{domain}>"


def name(number: int, secret: str) -> str:
    return f"outbox-{number}-{_mark(number, secret)}"


def found_in(text: str) -> list[Mark]:
    """Every mail of ours that a text seems to name, folded headers included."""
    joined = re.sub(r"=?\r?\n[ \t]?", "", text)
    return [Mark(int(number), mark) for number, mark in PATTERN.findall(text + " " + joined)]


def _mark(number: int, secret: str) -> str:
    return digest(secret.encode(), f"mail:{number}".encode(), "sha256").hex()[:16]
