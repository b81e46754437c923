"""A platform that registers by itself: its documents answer without a socket."""

import json
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

import responses
from sqlalchemy import func, select

from careerlink.audit import AuditEntry
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.people.actors import system
from lti import invitations
from lti.models import (
    DeploymentState,
    LtiDeployment,
    LtiRegistration,
    LtiRegistrationInvitation,
)
from tests.factories.lti import institution
from tests.pages import Page, Visitor
from tests.recordings import load

RECORDED = "http://localhost:8800"
MOODLE = "https://moodle.example.edu"
TOKEN = "FAKE-REG-JWT"


def recorded(family: str, name: str) -> Any:
    """A recording, with Moodle's own address made a public one."""
    text = json.dumps(load(family, f"registration/{name}"))
    return json.loads(text.replace(RECORDED, MOODLE))


@dataclass
class Registering:
    """``document`` and ``reply`` are the recorded ones until a test changes them."""

    network: responses.RequestsMock
    database: Database
    settings: Settings
    family: str = "moodle-4.5"
    document: dict[str, Any] = field(default_factory=dict)
    reply: dict[str, Any] = field(default_factory=dict)
    configuration_url: str = ""

    def __post_init__(self) -> None:
        configuration = recorded(self.family, "openid_configuration")
        name = "accepted" if self.family == "moodle-4.5" else "registration_reply"
        self.document = configuration["response"]["body_json"]
        self.configuration_url = configuration["request"]["url"]
        self.reply = recorded(self.family, name)["response"]["body_json"]

    @classmethod
    def on(cls, database: Database, settings: Settings) -> Self:
        """Our side alone, for a platform that answers by itself."""
        return cls(responses.RequestsMock(), database, settings)

    def serve(self, **reply: Any) -> None:
        """Answer to both requests; ``reply`` in place of the platform's success."""
        self.network.reset()
        self.network.get(self.configuration_url, json=self.document)
        self.network.post(
            self.document["registration_endpoint"], **(reply or {"json": self.reply})
        )

    def invite(self, slug: str = "main") -> str:
        """The path of a new registration URL."""
        school = institution(self.database, slug)
        with self.database.write() as session:
            row = invitations.issue(
                session,
                session.get_one(Institution, school),
                secret=self.settings.server.secret,
                actor=system(school),
            )
            server = self.settings.server
            return invitations.address(row, public_url="", secret=server.secret)

    def opened(self, path: str, *, token: str = TOKEN) -> str:
        """As the LMS opens it."""
        query = {"openid_configuration": self.configuration_url, "registration_token": token}
        return f"{path}?{urlencode(query)}"

    def register(self, visitor: Visitor, path: str, *, status: int = 200) -> Page:
        """Open the URL as the LMS does, and the page that it leads to."""
        return visitor.get(self.opened(path), status=status)

    def registrations(self) -> list[LtiRegistration]:
        with self.database.read() as session:
            return list(session.scalars(select(LtiRegistration).order_by(LtiRegistration.id)))

    def only(self) -> LtiRegistration:
        (found,) = self.registrations()
        return found

    def open_invitations(self) -> int:
        with self.database.read() as session:
            row = LtiRegistrationInvitation
            return (
                session.scalar(
                    select(func.count(row.id)).where(
                        row.used_at.is_(None), row.claimed_until.is_(None)
                    )
                )
                or 0
            )

    def posted(self) -> list[Any]:
        """The requests that reached the registration endpoint."""
        return [call.request for call in self.network.calls if call.request.method == "POST"]

    def deployments(self) -> list[tuple[str, DeploymentState]]:
        with self.database.read() as session:
            return [(d.deployment_id, d.state) for d in session.scalars(select(LtiDeployment))]

    def verbs(self) -> list[str]:
        """The audit trail so far."""
        with self.database.read() as session:
            return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
