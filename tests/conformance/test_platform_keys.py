"""LTI.md 2.7, X-24 and X-25: the platform's keys change, and its server fails."""

from datetime import timedelta
from typing import Any

import pytest
import requests
import responses
import time_machine
from flask import Flask

from careerlink.app import create_app
from careerlink.config import Settings
from careerlink.db import Database
from tests.conformance.traces import assert_refused, spent_logins, traces
from tests.factories.lti import PUBLIC_URL, Platform, private_key, public_jwk
from tests.pages import Visitor


@pytest.fixture
def silent(app: Flask, database: Database) -> Platform:
    """A registered platform that nobody has answered for yet."""
    return Platform().register(database)


def fetches(network: responses.RequestsMock, platform: Platform) -> int:
    return sum(call.request.url == platform.jwks_url for call in network.calls)


def rotate(network: responses.RequestsMock, platform: Platform) -> None:
    platform.kid, platform.key_name = "key-2", "platform-2"
    network.replace(responses.GET, platform.jwks_url, json=platform.key_set())


def test_x_24_a_new_key_is_accepted_after_one_fetch(
    client: Visitor, platform: Platform, network: responses.RequestsMock
) -> None:
    platform.launch(client)
    rotate(network, platform)

    assert platform.launch(client).status == 303
    assert platform.launch(client).status == 303
    assert fetches(network, platform) == 2


def test_a_known_key_set_is_not_fetched_again(
    client: Visitor,
    platform: Platform,
    network: responses.RequestsMock,
    clock: time_machine.Traveller,
) -> None:
    for _ in range(3):
        assert platform.launch(client).status == 303
        clock.shift(timedelta(minutes=15))

    assert fetches(network, platform) == 1


def test_all_servers_share_the_fetched_keys(
    client: Visitor, platform: Platform, settings: Settings, network: responses.RequestsMock
) -> None:
    platform.launch(client)
    second = create_app(settings)

    assert platform.launch(Visitor(second, PUBLIC_URL)).status == 303
    assert fetches(network, platform) == 1
    second.extensions["careerlink"].database.dispose()


@pytest.mark.parametrize(
    ("cache_control", "minutes", "fetched"),
    [
        ("max-age=1", 4, 1),
        ("max-age=1", 6, 2),
        ("public, max-age=7200", 119, 1),
        ("public, max-age=7200", 121, 2),
        ("max-age=99999999", 23 * 60, 1),
        ("max-age=99999999", 25 * 60, 2),
        ("no-store", 6, 2),
    ],
)
def test_keys_live_as_long_as_the_platform_says_within_limits(
    cache_control: str,
    minutes: int,
    fetched: int,
    client: Visitor,
    silent: Platform,
    network: responses.RequestsMock,
    clock: time_machine.Traveller,
) -> None:
    silent.serve_keys(network, json=silent.key_set(), headers={"Cache-Control": cache_control})
    silent.launch(client)
    clock.shift(timedelta(minutes=minutes))

    assert silent.launch(client).status == 303
    assert fetches(network, silent) == fetched


FAILURES: dict[str, dict[str, Any]] = {
    "500": {"status": 500},
    "HTML": {"body": "<html>", "content_type": "text/html"},
    "nothing listens": {"body": requests.ConnectionError()},
    "time-out": {"body": requests.Timeout()},
    "a list": {"json": []},
    "no keys": {"json": {"keys": []}},
    "keys are a text": {"json": {"keys": "x"}},
    "only a curve": {"json": {"keys": [{"kty": "EC", "kid": "key-1"}]}},
    "two megabytes": {"body": b" " * 2_000_000},
    "elsewhere": {"status": 302, "headers": {"Location": "https://evil.example/jwks"}},
}


@pytest.mark.parametrize("case", FAILURES)
def test_x_25_a_platform_without_keys(
    case: str,
    client: Visitor,
    silent: Platform,
    database: Database,
    network: responses.RequestsMock,
) -> None:
    silent.serve_keys(network, **FAILURES[case])

    page = silent.launch(client)

    assert (page.status, page.reason) == (502, "keys-unreachable")
    assert spent_logins(database) == 0
    assert traces(database) == {}


def test_a_failed_fetch_blocks_the_next_for_eight_seconds(
    client: Visitor,
    silent: Platform,
    network: responses.RequestsMock,
    clock: time_machine.Traveller,
) -> None:
    silent.serve_keys(network, status=503)
    begun = silent.begin(client)
    assert silent.launch(client, login=begun).reason == "keys-unreachable"
    network.replace(responses.GET, silent.jwks_url, json=silent.key_set())

    page = silent.launch(client, login=begun)
    assert (page.status, page.reason) == (503, "keys-wait")
    assert fetches(network, silent) == 1

    clock.shift(8)
    assert silent.launch(client, login=begun).status == 303


def test_old_keys_serve_for_a_day_while_the_platform_fails(
    client: Visitor,
    platform: Platform,
    network: responses.RequestsMock,
    clock: time_machine.Traveller,
) -> None:
    platform.launch(client)
    network.replace(responses.GET, platform.jwks_url, status=500)

    clock.shift(timedelta(hours=20))
    assert platform.launch(client).status == 303

    clock.shift(timedelta(hours=6))
    assert platform.launch(client).reason == "keys-unreachable"


def test_a_short_key_is_no_key(
    client: Visitor, silent: Platform, database: Database, network: responses.RequestsMock
) -> None:
    short = private_key("short", bits=1024)
    keys = [public_jwk(short, "short"), *silent.key_set()["keys"]]
    silent.serve_keys(network, json={"keys": keys})

    page = silent.launch(client, header={"kid": "short"}, key=short)

    assert_refused(page, database, "key-unknown")


def test_keys_in_the_token_itself_count_for_nothing(
    client: Visitor, platform: Platform, database: Database
) -> None:
    forger = private_key("forger")
    header = {
        "kid": "forged",
        "jwk": public_jwk(forger, "forged"),
        "jku": "https://evil.example/jwks",
        "x5u": "https://evil.example/x5u",
    }

    page = platform.launch(client, header=header, key=forger)

    assert_refused(page, database, "key-unknown")


def test_nobody_makes_us_call_a_platform_without_a_login(
    client: Visitor, silent: Platform, database: Database, network: responses.RequestsMock
) -> None:
    silent.serve_keys(network)

    page = silent.launch(client, login={**silent.begin(client), "state": "f" * 48})

    assert_refused(page, database, "state-unknown")
    assert fetches(network, silent) == 0
