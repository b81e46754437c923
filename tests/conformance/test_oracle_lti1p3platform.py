"""What we sign, checked by ``lti1p3platform``: a platform's code that nobody here wrote."""

import json
from typing import Any
from urllib.parse import parse_qsl

import jwt
import pytest
import responses
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lti1p3platform.exceptions import LtiException
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.registration import Registration

from careerlink.config import Settings
from careerlink.db import Database
from lti import http, scopes, tokens
from lti.models import Family
from lti.tokens import Client
from tests.factories.deep_linking import ask, choose_credit
from tests.factories.lti import PUBLIC_URL, Platform, pem, private_key
from tests.pages import Visitor

TOKEN_URL = f"{Platform.issuer}/token"


def public_pem(key: RSAPrivateKey) -> str:
    return (
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    )


class Theirs(LTI1P3PlatformConfAbstract):
    def init_platform_config(self, **_given: Any) -> None:
        self._registration = (
            Registration()
            .set_iss(Platform.issuer)
            .set_client_id(Platform.client_id)
            .set_deployment_id(Platform.deployment_id)
            .set_platform_private_key(pem(private_key()))
            .set_platform_public_key(public_pem(private_key()))
            .set_tool_key_set_url(f"{PUBLIC_URL}/lti/jwks.json")
        )

    def get_registration_by_params(self, **_given: Any) -> Registration:
        assert self._registration is not None
        return self._registration


@pytest.fixture
def theirs(client: Visitor, platform: Platform, network: responses.RequestsMock) -> Theirs:
    """It fetches our keys from where they are published."""
    network.get(f"{PUBLIC_URL}/lti/jwks.json", json=client.raw.get("/lti/jwks.json").get_json())
    return Theirs()


def test_its_token_address_takes_our_assertion(
    theirs: Theirs,
    platform: Platform,
    database: Database,
    settings: Settings,
    network: responses.RequestsMock,
) -> None:
    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        return 200, {}, json.dumps(theirs.get_access_token(dict(parse_qsl(request.body))))

    network.add_callback("POST", TOKEN_URL, answer)
    ours = Client(
        platform.registration_id, platform.client_id, TOKEN_URL, "testdeploy", Family.OTHER
    )

    with http.Platform(settings) as connection:
        token = tokens.access_token(
            database, settings, ours, scopes.GRADES, platform=connection
        )

    assert theirs.validate_token(token, allowed_scopes=[*scopes.GRADES])


def test_it_takes_our_deep_linking_answer_and_no_other_signature(
    theirs: Theirs, client: Visitor, platform: Platform
) -> None:
    page = choose_credit(ask(client, platform))
    field = page.soup.select_one("input[name=JWT]")
    assert field is not None
    token = str(field["value"])

    (item,) = theirs.validate_deeplinking_resp({"JWT": token})

    assert (item["type"], item["custom"]["content"]) == ("ltiResourceLink", "credit")
    with pytest.raises((LtiException, jwt.InvalidTokenError)):
        theirs.validate_deeplinking_resp({"JWT": f"{token[:-20]}{'A' * 20}"})
