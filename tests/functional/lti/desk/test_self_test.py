"""The self-test: each service fails in turn, with its exact error and what helps."""

from collections.abc import Callable
from typing import Any

import pytest
import responses
from flask import Flask

from careerlink.config import Settings
from careerlink.db import Database
from lti import http, key_sets, keys, scopes
from lti.desk import granted
from lti.models import (
    CheckedService,
    CheckOutcome,
    LtiContext,
    LtiRegistration,
    LtiServiceCheck,
)
from lti.self_test import found, running
from lti.self_test.remedies import REMEDIES
from tests.factories.lti import PUBLIC_URL, Platform, private_key, public_jwk
from tests.factories.platforms import Gradebook
from tests.pages import Page, Visitor
from tests.sample_tool import OTHER_KEY

S = CheckedService
ASKED = (S.PLATFORM_KEYS, S.ACCESS, S.ROSTER, S.GRADES)
Line = tuple[CheckOutcome, str, str]
OWN_KEYS = f"{PUBLIC_URL}/lti/jwks.json"


def tried(book: Gradebook, *services: CheckedService, seconds: float = 30) -> dict[str, Line]:
    """Run the checks, and what is then kept, by service."""
    with book.database.read() as session:
        registration = session.query(LtiRegistration).one()
        known = granted.by_registration(session, [registration])[registration.id]
        asked = found.ask(
            session,
            registration,
            database=book.database,
            settings=book.settings,
            granted=frozenset(known),
            seconds=seconds,
        )
    running.run(asked, services or ASKED)
    with book.database.read() as session:
        return {
            row.service.value: (row.outcome, row.told, row.remedy)
            for row in session.query(LtiServiceCheck)
        }


def test_every_service_of_a_good_platform_works(gradebook: Gradebook) -> None:
    with gradebook.database.write() as session:
        context = session.query(LtiContext).one()
        context.scopes = [*context.scopes, scopes.MEMBERS]
        context.label = "BUS-310"

    lines = tried(gradebook)

    assert {outcome for outcome, _, _ in lines.values()} == {CheckOutcome.WORKS}
    assert lines["access"][1] == "Access is given for roster, columns, grades and results."
    assert lines["roster"][1].startswith("BUS-310 lists ")
    assert lines["grades"][1] == "BUS-310 shows CareerLink 1 column. No grade was sent."
    assert "1 key of 2048 bits" in lines["platform_keys"][1]
    assert gradebook.cell()["attempts"] == 0


def test_a_platform_that_is_down_or_throttles(gradebook: Gradebook) -> None:
    name = "Canvas" if gradebook.family == "canvas" else "Moodle"
    gradebook.lms.failure.set("down")
    lines = tried(gradebook, S.ACCESS, S.GRADES)
    assert lines["access"] == (
        CheckOutcome.FAILS,
        f"{name} gives us no access (503).",
        "lms-broken",
    )
    assert lines["grades"][2] == "lms-broken"

    gradebook.lms.failure.set("none")
    tried(gradebook, S.GRADES)
    gradebook.lms.failure.set("throttle")
    status = 403 if gradebook.family == "canvas" else 429
    assert tried(gradebook, S.GRADES)["grades"] == (
        CheckOutcome.FAILS,
        f"The newest course: {name} answered {status}.",
        "busy",
    )


def test_a_platform_that_knows_other_keys_of_ours(gradebook: Gradebook) -> None:
    with gradebook.database.read() as session:
        [ours] = keys.published(session)
    other = public_jwk(OTHER_KEY.private, ours.kid)
    gradebook.lms.fetch_keys = lambda _url: {"keys": [other]}

    assert tried(gradebook, S.ACCESS)["access"][2] == "our-keys"


def test_a_permission_that_launches_promise_and_the_token_refuses(
    gradebook: Gradebook,
) -> None:
    gradebook.tool.scopes = [scopes.LINE_ITEM, scopes.RESULT_READ]
    outcome, told, remedy = tried(gradebook, S.ACCESS)["access"]

    assert (outcome, remedy) == (CheckOutcome.FAILS, "scope")
    assert told == "Launches promise grades, but there is no access (invalid_scope)."


def test_a_client_id_that_the_platform_no_longer_knows(gradebook: Gradebook) -> None:
    gradebook.tool.client_id = "another"
    assert tried(gradebook, S.ACCESS)["access"][2] == "client-unknown"


def test_nothing_is_kept_of_services_for_which_there_was_no_time(
    gradebook: Gradebook,
) -> None:
    assert tried(gradebook, S.ACCESS, S.GRADES, seconds=-1) == {}


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


@pytest.mark.parametrize(
    ("answer", "told", "remedy"),
    [
        ({"status": 404}, "answered 404", "own-address"),
        ({"json": {"keys": []}}, "does not show the key", "own-keys"),
        ({"body": http.requests.ConnectionError("x")}, "cannot be reached", "own-address"),
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


def test_a_cookie_that_is_lost_in_the_frame(admin: Visitor, page: Callable[[], Page]) -> None:
    path = page()._target("Try Cookie in the frame")
    form = admin.get(path).form("Look whether it came back")
    admin.raw.delete_cookie("__Host-careerlink-probe", domain="careerlink.example.edu")
    admin.post(path, form.data, headers={"Sec-Fetch-Dest": "iframe"})
    assert REMEDIES["new-tab"] in row(page(), "Cookie in the frame")


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
