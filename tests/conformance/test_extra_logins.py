"""LTI.md 2.7: a launch belongs to one login, one browser and one registration, once."""

from collections.abc import Callable

import pytest
import responses
import time_machine

from careerlink.db import Database
from lti.views import BROWSER_COOKIE
from tests.conformance.traces import assert_refused, spent_logins, traces
from tests.factories.lti import LTI, Platform
from tests.pages import Page, Visitor


def test_x_09_the_same_nonce_with_another_state(
    client: Visitor, platform: Platform, database: Database
) -> None:
    first, second = platform.begin(client), platform.begin(client)

    page = platform.launch(client, login={**second, "nonce": first["nonce"]})

    assert_refused(page, database, "nonce-wrong")
    assert platform.launch(client, login=second).status == 303


def test_x_09_a_used_nonce_with_another_state(client: Visitor, platform: Platform) -> None:
    first = platform.begin(client)
    platform.launch(client, login=first)

    page = platform.launch(client, login={**platform.begin(client), "nonce": first["nonce"]})

    assert (page.status, page.reason) == (401, "nonce-wrong")


def test_x_10_the_same_post_again(
    client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client)
    token = platform.sign({**platform.claims(), "nonce": begun["nonce"]})
    assert platform.post(client, token, begun["state"]).status == 303
    before = traces(database)

    page = platform.post(client, token, begun["state"])

    assert (page.status, page.reason) == (401, "login-spent")
    assert traces(database) == before


def test_x_10_the_same_post_from_elsewhere(
    client: Visitor, visitors: Callable[[], Visitor], platform: Platform
) -> None:
    begun = platform.begin(client)
    token = platform.sign({**platform.claims(), "nonce": begun["nonce"]})
    platform.post(client, token, begun["state"])

    page = platform.post(visitors(), token, begun["state"])

    assert (page.status, page.reason) == (401, "browser-changed")


def test_x_11_the_state_of_another_browser(
    client: Visitor, visitors: Callable[[], Visitor], platform: Platform, database: Database
) -> None:
    begun, other = platform.begin(client), visitors()
    platform.begin(other)

    page = platform.launch(other, login=begun)

    assert_refused(page, database, "browser-changed")
    assert spent_logins(database) == 0
    assert platform.launch(client, login=begun).status == 303


def test_x_11b_an_invented_state_with_planted_cookies(
    visitors: Callable[[], Visitor], platform: Platform, database: Database
) -> None:
    visitor = visitors()
    invented = "a" * 48
    for name in (invented, f"lti1p3-{invented}", BROWSER_COOKIE):
        visitor.raw.set_cookie(name, invented, domain="careerlink.example.edu", secure=True)

    page = platform.launch(visitor, login={"state": invented, "nonce": "b" * 48})

    assert_refused(page, database, "state-unknown")
    assert platform.launch(visitor).status == 303


def test_x_11c_the_state_of_one_login_with_the_nonce_of_the_next(
    client: Visitor, platform: Platform, database: Database
) -> None:
    first, second = platform.begin(client), platform.begin(client)

    page = platform.launch(client, login={"state": first["state"], "nonce": second["nonce"]})

    assert_refused(page, database, "nonce-wrong")
    assert platform.launch(client, login=first).status == 303
    assert platform.launch(client, login=second).status == 303


def test_x_12_a_token_of_another_registration(
    client: Visitor,
    platform: Platform,
    database: Database,
    network: responses.RequestsMock,
) -> None:
    other = Platform(
        issuer="https://other.example.org",
        jwks_url="https://other.example.org/jwks",
        key_name="other",
    ).register(database)
    other.serve_keys(network)
    begun = platform.begin(client)

    page = other.launch(client, login=begun)

    assert_refused(page, database, "state-unknown")
    assert platform.launch(client, login=begun).status == 303


def test_x_13_another_deployment_than_the_login_named(
    client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client, lti_deployment_id="another")

    assert_refused(platform.launch(client, login=begun), database, "deployment-changed")
    assert platform.launch(client).status == 303


def test_a_login_without_deployment_takes_the_token_s(
    client: Visitor, platform: Platform
) -> None:
    begun = platform.begin(client, lti_deployment_id=None)

    assert platform.launch(client, login=begun).status == 303


def test_the_older_name_of_the_deployment_counts_as_well(
    client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client, lti_deployment_id=None, deployment_id="another")

    assert_refused(platform.launch(client, login=begun), database, "deployment-changed")


def test_a_login_is_good_for_ten_minutes(
    client: Visitor,
    platform: Platform,
    database: Database,
    clock: time_machine.Traveller,
) -> None:
    begun = platform.begin(client)
    clock.shift(601)

    assert_refused(platform.launch(client, login=begun), database, "login-expired")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": None}, "issuer-missing"),
        ({"login_hint": None}, "login-hint-missing"),
        ({"iss": "https://stranger.example.org"}, "registration-unknown"),
        ({"client_id": "stranger"}, "registration-unknown"),
        ({"iss": "https://ltiadvantagevalidator.example.org/"}, "registration-unknown"),
        ({"lti_deployment_id": "x" * 256}, "login-malformed"),
        ({"client_id": "a\x00b"}, "login-malformed"),
    ],
)
def test_x_19_a_login_that_nobody_is_registered_for(
    changes: dict[str, str | None],
    reason: str,
    client: Visitor,
    platform: Platform,
    database: Database,
) -> None:
    page = Page(client, "/lti/login", platform.ask_login(client, **changes))

    assert_refused(page, database, reason)
    assert platform.ask_login(client).status_code == 302


@pytest.mark.parametrize("changes", [{"iss": "https://stranger.example"}, {"aud": "stranger"}])
def test_x_19_a_launch_that_nobody_is_registered_for(
    changes: dict[str, str], client: Visitor, platform: Platform, database: Database
) -> None:
    page = platform.launch(client, platform.claims(**changes))

    assert_refused(page, database, "registration-unknown")
    assert platform.launch(client).status == 303


def test_x_19_a_new_deployment_waits_for_approval(
    client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client, lti_deployment_id=None)

    page = platform.launch(
        client, platform.claims(**{f"{LTI}deployment_id": "new"}), login=begun
    )

    assert_refused(page, database, "deployment-pending")
    assert platform.launch(client).status == 303
