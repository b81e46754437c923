"""The self-test's page: what each button asks, what it then says, and what helps."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
import responses
from flask import Flask

from careerlink.config import Settings
from careerlink.db import Database
from lti import key_sets, keys
from lti.self_test.remedies import REMEDIES
from tests.factories.lti import PUBLIC_URL, Platform, private_key, public_jwk
from tests.pages import Page, Visitor

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where only the other side's answers differ."""
OWN_KEYS = f"{PUBLIC_URL}/lti/jwks.json"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    lti = settings.lti.model_copy(update={"private_hosts": ["careerlink.example.edu"]})
    return settings.model_copy(update={"lti": lti})


@pytest.fixture
def page(
    admin: Visitor, platform: Platform, database: Database, settings: Settings
) -> Callable[[], Page]:
    with database.write() as session:
        keys.ensure(session, secret=settings.server.secret)
    return lambda: admin.get(f"/office/platforms/{platform.registration_id}/self-test")


def row(page: Page, name: str) -> str:
    [found] = [" ".join(cells) for cells in page.rows() if cells[0] == name]
    return found.replace("\xa0", " ")


@on_one_database
def test_nothing_is_tried_before_somebody_asks(page: Callable[[], Page]) -> None:
    shown = page()
    assert shown.heading == "0 of 10 services are known to work"
    assert row(shown, "Keys of the LMS").count("Not tried yet") == 1
    assert "Open CareerLink from a course as its teacher" in row(shown, "Launch")


def test_all_are_tried_by_one_button(
    app: Flask, page: Callable[[], Page], network: responses.RequestsMock
) -> None:
    network.get(OWN_KEYS, json=app.test_client().get("/lti/jwks.json").get_json())

    shown = page().submit("Try all")

    assert "and https://careerlink.example.edu/lti/jwks.json shows it" in row(
        shown, "CareerLink’s keys"
    )
    assert "shows 1 key of 2048 bits" in row(shown, "Keys of the LMS")
    assert "Fails" in row(shown, "Access token")
    assert "cannot be reached" in row(shown, "Access token")
    assert REMEDIES["address"] in row(shown, "Access token")
    assert "No course has told the address of its roster yet" in row(shown, "Roster")
    assert "Mail is written to files here" in row(shown, "Mail")
    assert shown.heading == "1 of 10 services fails"


@on_one_database
@pytest.mark.parametrize(
    ("answer", "told", "remedy"),
    [
        ({"status": 404}, "answered 404", "own-address"),
        ({"json": {"keys": []}}, "does not show the key", "own-keys"),
        ({"body": requests.ConnectionError("x")}, "cannot be reached", "own-address"),
    ],
)
def test_our_keys_as_the_world_sees_them(
    page: Callable[[], Page],
    network: responses.RequestsMock,
    answer: dict[str, Any],
    told: str,
    remedy: str,
) -> None:
    network.get(OWN_KEYS, **answer)
    line = row(page().submit("Try CareerLink’s keys"), "CareerLink’s keys")
    assert told in line
    assert REMEDIES[remedy] in line


@on_one_database
@pytest.mark.parametrize(
    ("answer", "told", "remedy"),
    [
        ({"status": 500}, "answered 500", "lms-broken"),
        ({"body": "<html>"}, "not JSON", "wrong-address"),
        ({"json": {"keys": [{"kty": "RSA", "kid": "x", "n": "AQAB", "e": "AQAB"}]}},
         "shows no usable key", "weak-keys"),
    ],
)  # fmt: skip
def test_keys_of_the_platform(
    page: Callable[[], Page],
    platform: Platform,
    network: responses.RequestsMock,
    answer: dict[str, Any],
    told: str,
    remedy: str,
) -> None:
    network.replace(responses.GET, platform.jwks_url, **answer)
    line = row(page().submit("Try Keys of the LMS"), "Keys of the LMS")
    assert told in line
    assert REMEDIES[remedy] in line


@on_one_database
def test_mail_that_nobody_takes(
    app: Flask, page: Callable[[], Page], settings: Settings
) -> None:
    nowhere = settings.mail.model_copy(update={"url": "smtp://127.0.0.1:1"})
    services = app.extensions["careerlink"]
    app.extensions["careerlink"] = type(services)(
        settings.model_copy(update={"mail": nowhere}), services.database
    )
    line = row(page().submit("Try Mail"), "Mail")
    assert "The mail server cannot be reached (ConnectionRefusedError)" in line
    assert REMEDIES["mail-server"] in line


@on_one_database
@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"Sec-Fetch-Dest": "iframe"}, "Your browser keeps our cookie in the LMS’s page."),
        ({}, "The page was open in a tab of its own."),
    ],
)
def test_the_cookie_of_the_frame(
    admin: Visitor, page: Callable[[], Page], headers: dict[str, str], told: str
) -> None:
    path = page()._target("Try Cookie in the frame")
    form = admin.get(path, headers=headers).form("Look whether it came back")
    admin.post(path, form.data, headers=headers)
    assert told in row(page(), "Cookie in the frame")


@on_one_database
def test_a_cookie_that_is_lost_in_the_frame(admin: Visitor, page: Callable[[], Page]) -> None:
    path = page()._target("Try Cookie in the frame")
    form = admin.get(path).form("Look whether it came back")
    admin.raw.delete_cookie("__Host-careerlink-probe", domain="careerlink.example.edu")
    admin.post(path, form.data, headers={"Sec-Fetch-Dest": "iframe"})
    assert REMEDIES["new-tab"] in row(page(), "Cookie in the frame")


@on_one_database
def test_a_login_that_lost_its_cookie_is_told(
    page: Callable[[], Page], platform: Platform, client: Visitor
) -> None:
    asked = {"iss": platform.issuer, "client_id": platform.client_id, "login_hint": "x"}
    client.raw.get("/lti/login", query_string={**asked, "checked": "1"})
    assert "A browser lost our cookie" in row(page(), "Cookie in the frame")


def test_launches_and_their_refusals_stand_there_by_themselves(
    page: Callable[[], Page], platform: Platform, client: Visitor
) -> None:
    platform.launch(client)
    assert "The newest was accepted." in row(page(), "Launch")
    platform.launch(client, platform.claims(sub=""))
    assert "The newest launch was refused: user-missing." in row(page(), "Launch")


def test_small_keys_of_a_platform_are_none(network: responses.RequestsMock) -> None:
    small = public_jwk(private_key("small", 1024), "s")
    assert key_sets.kids({"keys": [small]}) == []
