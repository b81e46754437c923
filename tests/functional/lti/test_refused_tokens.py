"""A refused access token is replaced once, and only where another one may help."""

from collections.abc import Iterator
from typing import Any

import pytest
import responses
from sqlalchemy import delete

from careerlink.config import Settings
from careerlink.db import Database
from lti import http, scopes
from lti.models import LtiToken
from lti.services import Services
from lti.tokens import Client
from tests.factories.token_address import SERVICE, grant, registered
from tests.recordings import load


@pytest.fixture
def client(database: Database) -> Client:
    return registered(database, "10000000000001")


@pytest.fixture
def services(database: Database, settings: Settings, client: Client) -> Iterator[Services]:
    with http.Platform(settings) as platform:
        yield Services(database, settings, client, (scopes.SCORE,), platform)


def test_a_refused_token_is_replaced_once(
    services: Services, mock: responses.RequestsMock
) -> None:
    grant(mock, "old")
    grant(mock, "new")
    mock.add("GET", SERVICE, status=401)
    mock.add("GET", SERVICE, json=["fine"])
    assert services.request("GET", SERVICE).json() == ["fine"]
    sent = [c.request.headers.get("Authorization") for c in mock.calls]
    assert sent == [None, "Bearer old", None, "Bearer new"]


def test_a_tool_that_is_switched_off_is_not_asked_for_ever(
    services: Services, mock: responses.RequestsMock
) -> None:
    grant(mock, "old")
    grant(mock, "new")
    mock.add("GET", SERVICE, status=401)
    assert services.request("GET", SERVICE).status == 401
    assert len(mock.calls) == 4


def cases_of_401() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = load("canvas", "services/common_errors")["cases"]
    return [case for case in cases if case["status"] == 401]


OF_THE_TOKEN = {
    "no bearer token", "token is no JWT", "token signature wrong", "token expired",
    "token of another host",
}  # fmt: skip


def test_canvas_is_asked_for_another_token_only_where_one_helps(
    database: Database, settings: Settings, client: Client
) -> None:
    renewed = set()
    for case in cases_of_401():
        with database.write() as session:
            session.execute(delete(LtiToken))
        with responses.RequestsMock() as mock, http.Platform(settings) as platform:
            grant(mock)
            mock.add("GET", SERVICE, status=401, json=case["body_json"])
            services = Services(database, settings, client, (scopes.SCORE,), platform)
            assert services.request("GET", SERVICE).status == 401
            if len(mock.calls) > 2:
                renewed.add(case["when"])
    assert renewed == OF_THE_TOKEN


def test_a_second_call_does_not_ask_for_a_third_token(
    services: Services, mock: responses.RequestsMock
) -> None:
    grant(mock)
    mock.add("GET", SERVICE, status=401)
    services.request("GET", SERVICE)
    before = len(mock.calls)
    services.request("GET", SERVICE)
    assert len(mock.calls) == before + 1
