"""A platform for tests: it signs what it is told, and serves its keys without a socket."""

import base64
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import responses
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import select
from werkzeug.test import TestResponse

from careerlink import clock
from careerlink.db import Database
from careerlink.institutions.models import Institution
from lti import registrations
from lti.models import Family, LtiRegistration
from tests.pages import Page, Visitor

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
LIS = "http://purl.imsglobal.org/vocab/lis/v2/"
INSTRUCTOR, LEARNER = f"{LIS}membership#Instructor", f"{LIS}membership#Learner"
PUBLIC_URL = "https://careerlink.example.edu"


@cache
def private_key(name: str = "platform", bits: int = 2048) -> RSAPrivateKey:
    """One key a name for the whole run: making them is slow."""
    return generate_private_key(public_exponent=65537, key_size=bits)


def pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    ).decode()


def public_jwk(key: RSAPrivateKey, kid: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return {**found, "kid": kid, "alg": "RS256", "use": "sig"}


def institution(database: Database, slug: str = "main", **values: Any) -> int:
    """The id of the institution with this slug, made if there is none."""
    with database.write() as session:
        found = session.scalar(select(Institution).where(Institution.slug == slug))
        if found is None:
            found = Institution(slug=slug, name="Crestwood State University")
            session.add(found)
        for name, value in values.items():
            setattr(found, name, value)
        session.flush()
        return found.id


@dataclass
class Platform:
    """Values and key names as in the certification's own payloads."""

    issuer: str = "https://ltiadvantagevalidator.example.org"
    client_id: str = "careerlink-client"
    deployment_id: str = "testdeploy"
    auth_url: str = "https://ltiadvantagevalidator.example.org/auth"
    jwks_url: str = "https://ltiadvantagevalidator.example.org/jwks"
    kid: str = "key-1"
    key_name: str = "platform"
    registration_id: int = 0
    options: dict[str, Any] = field(default_factory=dict)

    def register(self, database: Database, **options: Any) -> "Platform":
        values = {"deployment_ids": [self.deployment_id], **self.options, **options}
        institution_id = values.pop("institution_id", None) or institution(database)
        with database.write() as session:
            row = registrations.add(
                session,
                session.get_one(Institution, institution_id),
                name="Validator",
                issuer=self.issuer,
                client_id=self.client_id,
                auth_url=self.auth_url,
                token_url=values.pop("token_url", f"{self.issuer}/token"),
                jwks_url=self.jwks_url,
                family=values.pop("family", Family.OTHER),
                **values,
            )
            self.registration_id = row.id
        return self

    def claims(self, *roles: str, **changes: Any) -> dict[str, Any]:
        """A complete resource launch of a teacher; ``changes`` replace whole claims."""
        now = int(clock.now().timestamp())
        found = {
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": "a6d5c443-1f51-4783-ba1a-7686ffe3b54a",
            "iat": now,
            "exp": now + 300,
            "name": "Ms Jane Marie Doe",
            "given_name": "Jane",
            "family_name": "Doe",
            "middle_name": "Marie",
            "email": "platformuser@example.edu",
            f"{LTI}deployment_id": self.deployment_id,
            f"{LTI}message_type": "LtiResourceLinkRequest",
            f"{LTI}version": "1.3.0",
            f"{LTI}roles": list(roles) or [INSTRUCTOR],
            f"{LTI}target_link_uri": f"{PUBLIC_URL}/lti/launch",
            f"{LTI}resource_link": {"id": "link-1", "title": "CareerLink"},
            f"{LTI}context": {
                "id": "course-1",
                "label": "BUS 310",
                "title": "Applied Analytics",
                "type": [f"{LIS}course#CourseOffering"],
            },
            f"{LTI}tool_platform": {"guid": "validator", "name": "Validator"},
            f"{LTI}launch_presentation": {
                "document_target": "iframe",
                "return_url": f"{self.issuer}/return",
                "locale": "en-US",
            },
        }
        return {**found, **changes}

    def sign(self, claims: Any, *, header: dict[str, Any] | None = None, **how: Any) -> str:
        """``how``: ``key`` and ``algorithm`` where they are not the platform's own."""
        return sign(
            claims,
            key=how.get("key") or private_key(self.key_name),
            header={"kid": self.kid} if header is None else header,
            algorithm=how.get("algorithm", "RS256"),
        )

    def key_set(self) -> dict[str, Any]:
        return {"keys": [public_jwk(private_key(self.key_name), self.kid)]}

    def serve_keys(self, mocked: responses.RequestsMock, **answer: Any) -> Any:
        return mocked.get(self.jwks_url, **(answer or {"json": self.key_set()}))

    def begin(self, visitor: Visitor, **changes: str | None) -> dict[str, str]:
        """Start a login as the platform does; what comes back in the answer's query."""
        response = self.ask_login(visitor, **changes)
        assert response.status_code == 302, response.get_data(as_text=True)[:2000]
        return dict(parse_qsl(urlsplit(response.location).query))

    def ask_login(self, visitor: Visitor, **changes: str | None) -> TestResponse:
        form: dict[str, str | None] = {
            "iss": self.issuer,
            "client_id": self.client_id,
            "login_hint": "hint-29123",
            "target_link_uri": f"{PUBLIC_URL}/lti/launch",
            "lti_message_hint": "message-hint",
            "lti_deployment_id": self.deployment_id,
            **changes,
        }
        given = {name: value for name, value in form.items() if value is not None}
        response = visitor.raw.post("/lti/login", base_url=PUBLIC_URL, data=given)
        if response.status_code == 303:
            response = visitor.raw.get(response.location, base_url=PUBLIC_URL)
        return response

    def launch(
        self,
        visitor: Visitor,
        claims: dict[str, Any] | None = None,
        *,
        login: dict[str, str] | None = None,
        header: dict[str, Any] | None = None,
        **how: Any,
    ) -> Page:
        """Login and launch. The nonce is filled in; the answer is not followed."""
        begun = login or self.begin(visitor)
        body = {"nonce": begun["nonce"], **(self.claims() if claims is None else claims)}
        return self.post(visitor, self.sign(body, header=header, **how), begun["state"])

    def post(self, visitor: Visitor, id_token: str, state: str, **more: str) -> Page:
        form = {"id_token": id_token, "state": state, **more}
        response = visitor.raw.post("/lti/launch", base_url=PUBLIC_URL, data=form)
        page = Page(visitor, "/lti/launch", response)
        if response.status_code != 303:
            page.check()
        return page

    def row(self, database: Database) -> LtiRegistration:
        with database.read() as session:
            return session.get_one(LtiRegistration, self.registration_id)


def sign(
    claims: Any, *, key: RSAPrivateKey | str, header: dict[str, Any], algorithm: str = "RS256"
) -> str:
    """As PyJWT does, but of anything: also of claims that no library would sign."""
    signed = f"{_part({'typ': 'JWT', 'alg': algorithm, **header})}.{_part(claims)}"
    return f"{signed}.{signature_of(signed, key, algorithm)}"


def signature_of(signed: str, key: RSAPrivateKey | str, algorithm: str = "RS256") -> str:
    signer = jwt.get_algorithm_by_name(algorithm)
    signature = signer.sign(signed.encode(), signer.prepare_key(key))
    return base64.urlsafe_b64encode(signature).rstrip(b"=").decode()


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def without(claims: dict[str, Any], *names: str) -> dict[str, Any]:
    left = {
        name: value for name, value in claims.items() if name.rpartition("/")[2] not in names
    }
    assert len(left) < len(claims), f"none of {names} was there"
    return left


def new_id() -> str:
    return secrets.token_hex(6)


def mocked_network() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        yield mocked
