"""Access tokens: asked for as platforms want it, shared, kept sealed, renewed in time."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
import responses
import time_machine
from sqlalchemy import delete, select

from careerlink import clock as our_clock
from careerlink.config import Settings
from careerlink.db import Database
from lti import http, keys, scopes, tokens
from lti.models import (
    LtiSigningKey,
    LtiToken,
)
from lti.tokens import Client
from tests.factories.token_address import TOKEN_URL, grant, registered
from tests.recordings import load, names


@pytest.fixture
def client(database: Database) -> Client:
    return registered(database, "10000000000001")


def ask(
    database: Database, settings: Settings, client: Client, *asked: str, refused: str = ""
) -> str:
    with http.Platform(settings) as platform:
        return tokens.access_token(
            database,
            settings,
            client,
            asked or (scopes.SCORE,),
            platform=platform,
            refused=refused,
        )


def test_the_assertion_is_what_platforms_check(
    database: Database,
    settings: Settings,
    client: Client,
    mock: responses.RequestsMock,
    clock: time_machine.Traveller,
) -> None:
    grant(mock)
    ask(database, settings, client, scopes.SCORE, scopes.RESULT_READ)
    request = mock.calls[0].request
    form = {name: values[0] for name, values in parse_qs(str(request.body)).items()}
    recorded = load("moodle-4.5", "services/token/ok")["request"]
    assert form.keys() == recorded["form"].keys()
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert form["scope"] == f"{scopes.RESULT_READ} {scopes.SCORE}"
    with database.write() as session:
        signer = keys.signer(session, secret=settings.server.secret)
    assert jwt.get_unverified_header(form["client_assertion"])["kid"] == signer.kid
    claims = jwt.decode(
        form["client_assertion"],
        signer.key.public_key(),
        algorithms=["RS256"],
        audience=TOKEN_URL,
        issuer=client.client_id,
    )
    assert claims["sub"] == client.client_id
    assert claims["jti"]
    assert claims[tokens.DEPLOYMENT] == "106:abc"
    now = our_clock.now().timestamp()
    # Moodle refuses its own future, Canvas what is older than five minutes.
    assert now - 300 < claims["iat"] <= now - 1 < claims["exp"]


def test_a_token_is_asked_for_once_and_kept_sealed(
    database: Database, settings: Settings, client: Client, mock: responses.RequestsMock
) -> None:
    grant(mock, "very-secret-token")
    assert ask(database, settings, client) == "very-secret-token"
    assert ask(database, settings, client) == "very-secret-token"
    assert len(mock.calls) == 1
    with database.read() as session:
        assert "very-secret-token" not in session.scalars(select(LtiToken.access_token)).one()


def test_a_token_is_renewed_a_minute_before_it_ends(
    database: Database,
    settings: Settings,
    client: Client,
    mock: responses.RequestsMock,
    clock: time_machine.Traveller,
) -> None:
    grant(mock, "t1")
    grant(mock, "t2")
    ask(database, settings, client)
    clock.shift(timedelta(seconds=3500))
    assert ask(database, settings, client) == "t1"
    clock.shift(timedelta(seconds=50))
    assert ask(database, settings, client) == "t2"


def test_schools_that_share_an_issuer_do_not_share_tokens(
    database: Database, settings: Settings, client: Client, mock: responses.RequestsMock
) -> None:
    grant(mock, "school-a")
    grant(mock, "school-b")
    assert ask(database, settings, client) == "school-a"
    assert ask(database, settings, registered(database, "10000000000002")) == "school-b"


def test_other_scopes_need_another_token(
    database: Database, settings: Settings, client: Client, mock: responses.RequestsMock
) -> None:
    grant(mock, "scores")
    grant(mock, "members")
    assert ask(database, settings, client, scopes.SCORE) == "scores"
    assert ask(database, settings, client, scopes.MEMBERS) == "members"
    assert ask(database, settings, client, scopes.SCORE) == "scores"


def test_a_token_sealed_with_another_secret_is_asked_for_anew(
    database: Database, settings: Settings, client: Client, mock: responses.RequestsMock
) -> None:
    grant(mock, "t1")
    ask(database, settings, client)
    grant(mock, "t2")
    server = settings.server.model_copy(update={"secret_key": "another-secret-" * 4})
    settings = settings.model_copy(update={"server": server})
    with database.write() as session:
        session.execute(delete(LtiSigningKey))
    assert ask(database, settings, client) == "t2"


@pytest.mark.parametrize("family", ["moodle-4.5", "canvas"])
def test_every_known_answer_of_a_token_address_is_understood(
    database: Database, settings: Settings, client: Client, family: str
) -> None:
    for name in names(family, "services/token"):
        given = load(family, name)["response"]
        if "use_expired" in name:
            continue
        with responses.RequestsMock() as mock:
            answer = {"json": given["body_json"]} if "body_json" in given else {}
            body = answer or {"body": given.get("body", "")}
            mock.add("POST", TOKEN_URL, status=given["status"], **body)
            if given["status"] == 200:
                token = ask(database, settings, client, name)
                assert token == given["body_json"]["access_token"]
                continue
            with pytest.raises(tokens.NoToken) as refused:
                ask(database, settings, client, name)
        # Descriptions may hold anything; a short code is all that is passed on.
        assert str(refused.value).startswith(f"gives us no access ({given['status']}")
        assert " " not in str(refused.value).removesuffix(")").rpartition(" ")[2]
        assert len(str(refused.value)) < 70


@pytest.mark.parametrize(
    "body",
    [{}, {"access_token": 5}, {"access_token": ""}, {"access_token": "a b"}, ["x"], "x"],
)
def test_an_answer_without_a_usable_token_is_none(
    database: Database,
    settings: Settings,
    client: Client,
    mock: responses.RequestsMock,
    body: Any,
) -> None:
    mock.add("POST", TOKEN_URL, json=body)
    with pytest.raises(tokens.NoToken):
        ask(database, settings, client)


@pytest.mark.parametrize("lifetime", [None, "soon", -5, True, 10**30])
def test_a_strange_lifetime_does_no_harm(
    database: Database,
    settings: Settings,
    client: Client,
    mock: responses.RequestsMock,
    lifetime: Any,
) -> None:
    grant(mock, expires_in=lifetime)
    assert ask(database, settings, client) == "t1"
