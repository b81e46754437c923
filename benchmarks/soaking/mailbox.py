"""What lies in the directory that mails are written to, read as their recipients read them."""

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path

HEADING = re.compile(r"<h[12][^>]*>(.*?)</h[12]>", re.DOTALL)
LINK = re.compile(r'<a href="([^"]+)" style="display:inline-block')


@dataclass(frozen=True)
class Read:
    to: str
    subject: str
    sent_at: datetime
    message_id: str
    headings: list[str]
    links: list[str]
    text: str


class Mailbox:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._seen: set[str] = set()

    def new(self) -> list[Read]:
        """Those that came since it was looked into last."""
        paths = sorted(self.directory.glob("*.eml")) if self.directory.exists() else []
        found = [path for path in paths if path.name not in self._seen]
        self._seen |= {path.name for path in found}
        return [_read(path) for path in found]


def _read(path: Path) -> Read:
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    html, plain = _part(message, "html"), _part(message, "plain")
    headings = [unescape(one).strip() for one in HEADING.findall(html)]
    return Read(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=parsedate_to_datetime(str(message["Date"])),
        message_id=str(message["Message-ID"]),
        # One thing is the heading itself; several stand below a heading that counts them.
        headings=headings[1:] or headings,
        links=[unescape(link) for link in LINK.findall(html)],
        text=plain,
    )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()) if body is not None else ""
