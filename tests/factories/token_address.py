"""A platform that gives out access tokens, as rows and as an answer."""

from typing import Any

import responses
from sqlalchemy import select

from careerlink.db import Database
from careerlink.institutions.models import Institution
from lti.models import Family, LtiRegistration, RegistrationState
from lti.tokens import Client

TOKEN_URL = "https://lms.example.edu/token"
SERVICE = "https://lms.example.edu/service"


def registered(database: Database, client_id: str) -> Client:
    with database.write() as session:
        institution = session.scalar(select(Institution)) or Institution(
            slug="main", name="Eastmoor"
        )
        session.add(institution)
        session.flush()
        row = LtiRegistration(
            institution_id=institution.id,
            name="Canvas",
            issuer="https://canvas.instructure.com",
            client_id=client_id,
            auth_url="https://lms.example.edu/auth",
            token_url=TOKEN_URL,
            jwks_url="https://lms.example.edu/jwks",
            state=RegistrationState.ACTIVE,
        )
        session.add(row)
        session.flush()
        return Client(row.id, client_id, TOKEN_URL, "106:abc", Family.CANVAS)


def grant(mock: responses.RequestsMock, issued: str = "t1", **more: Any) -> Any:
    body = {"access_token": issued, "token_type": "Bearer", "expires_in": 3600} | more
    return mock.add("POST", TOKEN_URL, json=body)
