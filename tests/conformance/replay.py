"""Replays a recorded or documented launch: same forms and claims, signed anew and of today."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import responses
from sqlalchemy import select

from careerlink import clock
from careerlink.courses import standing
from careerlink.courses.models import CourseMember, CourseRoster
from careerlink.courses.roles import CourseRole, Standing
from careerlink.db import Database
from careerlink.people.models import LoginSession, LoginSessionCourse
from tests.factories.lti import PUBLIC_URL, Platform
from tests.pages import Page, Visitor

DEPLOYMENT = "https://purl.imsglobal.org/spec/lti/claim/deployment_id"
TARGET = "https://purl.imsglobal.org/spec/lti/claim/target_link_uri"
FIXTURES = Path(__file__).parents[1] / "fixtures"


def load(folder: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / folder / f"{name}.json").read_text())
    return found


def names(folder: str) -> set[str]:
    return {path.stem for path in (FIXTURES / folder).glob("*.json")}


@dataclass
class Replay:
    """One platform of the recordings, registered here with the tool's address replaced."""

    platform: Platform
    tool: str
    visitor: Visitor
    database: Database

    @classmethod
    def of(
        cls,
        recording: dict[str, Any],
        visitor: Visitor,
        database: Database,
        network: responses.RequestsMock,
        **options: Any,
    ) -> "Replay":
        claims = recording["claims"]
        form = {
            "iss": claims["iss"],
            "client_id": claims["aud"],
            "lti_deployment_id": claims[DEPLOYMENT],
            # One document has a token without its login.
            **recording.get("login_initiation", {"form": {}})["form"],
        }
        posted = urlsplit(recording.get("posted_to") or claims[TARGET])
        platform = Platform(
            issuer=form["iss"],
            client_id=form["client_id"],
            deployment_id=form["lti_deployment_id"],
            auth_url=recording.get("auth_request", {}).get("url", f"{claims['iss']}/auth"),
            jwks_url="https://platform.example.org/keys",
            kid=recording["jwt_header"]["kid"],
        ).register(database, **options)
        platform.serve_keys(network)
        return cls(platform, f"{posted.scheme}://{posted.netloc}", visitor, database)

    def login(self, recording: dict[str, Any]) -> dict[str, str]:
        """Send the recorded login; our answer must be the recorded one but for the secrets."""
        form = self._here(recording["login_initiation"]["form"])
        base = {"base_url": PUBLIC_URL}
        response = self.visitor.raw.post("/lti/login", data=form, **base)
        if response.status_code == 303:
            response = self.visitor.raw.get(response.location, **base)
        answer = dict(parse_qsl(urlsplit(response.location).query, keep_blank_values=True))
        expected = self._here(recording["auth_request"]["query"])
        secrets = {"state": answer["state"], "nonce": answer["nonce"]}
        assert answer == {**expected, **secrets}
        return secrets

    def launch(self, recording: dict[str, Any]) -> Page:
        if "login_initiation" in recording:
            begun = self.login(recording)
        else:
            begun = self.platform.begin(self.visitor)
        claims = self._here(recording["claims"])
        now = int(clock.now().timestamp())
        lifetime = claims["exp"] - claims["iat"]
        claims |= {"nonce": begun["nonce"], "iat": now, "exp": now + lifetime}
        header = dict(recording["jwt_header"])
        extra = {
            name: value
            for name, value in recording.get("form_fields", {}).items()
            if name not in ("id_token", "state")
        }
        token = self.platform.sign(claims, header={"kid": header["kid"]})
        return self.platform.post(self.visitor, token, begun["state"], **extra)

    def roster_says(self, role: CourseRole | None) -> None:
        """As the worker leaves it once the platform has sent its members."""
        with self.database.write() as session:
            for roster in session.scalars(select(CourseRoster)):
                roster.answered_at = clock.now()
            for member in session.scalars(select(CourseMember)):
                member.roster_role = role

    def standing(self) -> Standing | None:
        with self.database.read() as session:
            started = session.scalars(
                select(LoginSession).order_by(LoginSession.id.desc()).limit(1)
            ).one()
            roles = {
                row.course_id: row.role for row in session.scalars(select(LoginSessionCourse))
            }
            assert started.person is not None
            found = standing.of(session, started.person, roles)
        return next(iter(found.values()), None)

    def _here(self, value: Any) -> Any:
        return json.loads(json.dumps(value).replace(self.tool, PUBLIC_URL))
