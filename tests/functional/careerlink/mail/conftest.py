"""A real SMTP server on this machine that can be told to misbehave."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from flask import Flask

from careerlink.config import Settings
from careerlink.db import Database
from tests.factories.agreements import scene
from tests.factories.sessions import signed_in
from tests.functional.careerlink.mail.imap_server import ImapServer
from tests.functional.careerlink.mail.post import Post
from tests.pages import Visitor

OK = "250 OK"


@dataclass
class Script:
    """What the server answers next, and what it has taken."""

    rcpt: str = OK
    mail: str = OK
    data: str = OK
    hangs_up_after_data: bool = False
    taken: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.rcpt == OK:
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.mail == OK:
            envelope.mail_from = address
        return self.mail

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data == OK:
            found = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(found, EmailMessage)
            self.taken.append(found)
        if self.hangs_up_after_data:
            server.transport.abort()
        return self.data


@dataclass
class SmtpServer:
    url: str
    script: Script


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    script = Script()
    controller = Controller(script, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield SmtpServer(f"smtp://127.0.0.1:{controller.port}", script)
    controller.stop()


def _free_port() -> int:
    # The controller connects to the port that it was given, so 0 would not do.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


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
