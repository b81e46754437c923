"""Every mail that the tool sent in the demo, read from the directory it writes to."""

import re
from dataclasses import asdict, dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path

from flask import Blueprint, Response, jsonify, render_template
from markupsafe import Markup, escape

from lti.demo_lms.serving import the_lms

bp = Blueprint("mailbox", __name__)
LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Mail:
    id: str
    sender: str
    to: str
    subject: str
    date: str
    text: str
    html: str
    links: list[str]


@bp.get("/mail")
def show() -> str:
    return render_template("mail.html", mails=all_mail(the_lms().mail_dir))


@bp.get("/mail.json")
def as_json() -> Response:
    return jsonify([asdict(mail) for mail in all_mail(the_lms().mail_dir)])


@bp.app_template_filter("with_links")
def with_links(text: str) -> Markup:
    """The text, escaped, with its addresses to click."""
    parts: list[str] = []
    end = 0
    for match in LINK.finditer(text):
        address = _trimmed(match[0])
        parts.append(escape(text[end : match.start()]))
        parts.append(Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(address))
        end = match.start() + len(address)
    parts.append(escape(text[end:]))
    return Markup("").join(parts)


def all_mail(directory: Path | None) -> list[Mail]:
    """Newest first."""
    if directory is None or not directory.is_dir():
        return []
    files = [path for path in directory.rglob("*.eml") if path.is_file()]
    files.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return [_read(path) for path in files]


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    text, html = _body(message, "plain"), _body(message, "html")
    found = [_trimmed(unescape(link)) for link in LINK.findall(text) + LINK.findall(html)]
    date = message.get("Date")
    return Mail(
        id=str(message.get("Message-ID", path.name)),
        sender=str(message.get("From", "")),
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        date=parsedate_to_datetime(str(date)).isoformat() if date else "",
        text=text,
        html=html,
        links=list(dict.fromkeys(found)),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _trimmed(link: str) -> str:
    """Without the punctuation that ends a sentence."""
    return link.rstrip(".,;:!?)]")
