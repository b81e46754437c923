"""One line in the log for each decision about a launch, and nothing kept of what it said."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from careerlink.db import Database
from careerlink.people.actors import system
from lti import registrations
from lti.models import LtiRegistration
from tests.factories.lti import LTI, PUBLIC_URL, Platform
from tests.pages import Visitor

LINE = re.compile(
    r"launch outcome=(accepted|refused) reason=([a-z-]+|-) detail=([\w.]+|-) "
    r"registration=(\d+|-) deployment=(\S+|-) nonce=([0-9a-f]{16}|-)"
)
NAMES = ("Jane", "Doe", "Marie", "platformuser", "a6d5c443", "hint-29123", "BUS 310")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[tuple[str, ...]]]:
    """What was logged so far, each line taken apart."""
    caplog.set_level(logging.INFO, "lti.launch")

    def found() -> list[tuple[str, ...]]:
        told = [r.getMessage() for r in caplog.records if r.name == "lti.launch"]
        assert not [name for name in NAMES for line in told if name in line]
        matches = [LINE.fullmatch(line) for line in told]
        assert all(matches), told
        caplog.clear()
        return [match.groups() for match in matches if match]

    return found


def test_a_launch_that_is_accepted_is_one_line(
    client: Visitor, platform: Platform, lines: Any
) -> None:
    platform.launch(client)

    [(outcome, reason, _detail, registration, deployment, nonce)] = lines()
    assert (outcome, reason) == ("accepted", "-")
    assert (registration, deployment) == (str(platform.registration_id), "testdeploy")
    assert nonce != "-"


def test_a_launch_that_is_refused_is_one_line(
    client: Visitor, platform: Platform, lines: Any
) -> None:
    begun = platform.begin(client)

    platform.launch(client, platform.claims(sub=""), login=begun)
    platform.post(client, "no token", begun["state"])
    platform.post(client, "", begun["state"])
    platform.launch(client, platform.claims(iss="https://stranger.example"))
    platform.launch(client, platform.claims(**{f"{LTI}roles": "x"}))
    client.post("/lti/launch", {"id_token": "x" * 2_200_000, "state": "x"}, status=413)

    found = [(line[1], line[2], line[3]) for line in lines()]
    known = str(platform.registration_id)
    assert found == [
        ("user-missing", "-", known),
        ("token-malformed", "-", "-"),
        ("token-missing", "-", "-"),
        ("registration-unknown", "-", "-"),
        ("claim-malformed", "roles", known),
        ("message-too-large", "-", "-"),
    ]


@pytest.mark.parametrize("error", ["login_required", "access_denied"])
def test_an_error_of_the_platform_is_one_line(
    error: str, client: Visitor, platform: Platform, lines: Any
) -> None:
    state = platform.begin(client)["state"]

    client.raw.post("/lti/launch", base_url=PUBLIC_URL, data={"error": error, "state": state})

    [(outcome, _reason, _detail, registration, *_rest)] = lines()
    assert (outcome, registration) == ("refused", str(platform.registration_id))


def test_a_login_that_is_refused_is_one_line(
    client: Visitor, platform: Platform, database: Database, lines: Any
) -> None:
    query = {
        "iss": platform.issuer,
        "login_hint": "hint-29123",
        "client_id": "careerlink-client",
    }
    client.get("/lti/login", status=400, query_string={**query, "checked": "1"})
    client.get("/lti/login", status=400, query_string={**query, "iss": ""})
    client.get("/lti/login", status=400, query_string={**query, "client_id": "x"})
    with database.write() as session:
        row = session.get_one(LtiRegistration, platform.registration_id)
        registrations.deactivate(session, row, actor=system(row.institution_id))
    page = client.get("/lti/login", status=403, query_string=query)

    known = str(platform.registration_id)
    assert [(line[1], line[3]) for line in lines()] == [
        ("cookie-lost", known),
        ("issuer-missing", "-"),
        ("registration-unknown", "-"),
        ("registration-inactive", known),
    ]
    # It is read in the frame of the platform that asked.
    assert platform.issuer in page.response.headers["Content-Security-Policy"]


def test_nothing_of_the_token_is_kept(
    client: Visitor, platform: Platform, database: Database
) -> None:
    """Names and addresses stand with the person, and the token itself nowhere."""
    begun = platform.begin(client)
    secret = {"https://example.org/claim": "kept-nowhere"}

    platform.launch(client, platform.claims(**secret), login=begun)

    rows = everything(database)
    assert [table for table, text in rows.items() if "kept-nowhere" in text] == []
    assert [table for table, text in rows.items() if begun["nonce"] in text] == []
    assert [table for table, text in rows.items() if begun["state"] in text] == []
    assert [table for table, text in rows.items() if "platformuser" in text] == ["person"]


def everything(database: Database) -> dict[str, str]:
    """The rows of every table, as text."""
    with database.read() as session:
        tables = sa.MetaData()
        tables.reflect(session.connection())
        return {
            table.name: str([tuple(row) for row in session.execute(sa.select(table))])
            for table in tables.sorted_tables
        }
