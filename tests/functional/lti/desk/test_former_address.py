"""CareerLink under a new host name, while an LMS still names the old one."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest

from careerlink.config import Settings
from lti.models import LtiRegistration
from tests.factories.lti import LTI, PUBLIC_URL, Platform
from tests.pages import Page, Visitor

OLD = "https://old.example.edu"
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where only the other side's answers differ."""
Stored = Callable[[], LtiRegistration]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    server = settings.server.model_copy(update={"former_urls": [OLD]})
    return settings.model_copy(update={"server": server})


def old_target(platform: Platform) -> dict[str, object]:
    return platform.claims(**{f"{LTI}target_link_uri": f"{OLD}/lti/launch"})


def test_a_link_with_the_old_address_opens_the_new_one(
    client: Visitor, platform: Platform, stored: Stored
) -> None:
    opened = platform.launch(client, old_target(platform))
    assert (opened.status, opened.location[:9]) == (303, "/courses/")
    assert stored().old_address_seen_at is not None


@on_one_database
def test_launches_by_the_new_address_are_not_noted(
    client: Visitor, platform: Platform, stored: Stored
) -> None:
    platform.launch(client)
    assert stored().old_address_seen_at is None


@on_one_database
def test_a_third_address_is_still_refused(client: Visitor, platform: Platform) -> None:
    foreign = platform.claims(**{f"{LTI}target_link_uri": "https://other.example.edu/"})
    assert platform.launch(client, foreign).reason == "target-foreign"


def test_an_lms_with_all_the_old_values_lands_on_the_new_address(
    client: Visitor, platform: Platform, stored: Stored
) -> None:
    """The login goes to the old host, and so does the launch: the LMS knows no other."""
    asked = {"iss": platform.issuer, "client_id": platform.client_id, "login_hint": "5"}
    led = client.raw.post(
        "/lti/login", base_url=OLD, data={**asked, "target_link_uri": f"{OLD}/lti/launch"}
    )
    assert led.status_code == 307
    assert led.location.startswith(f"{PUBLIC_URL}/lti/login?")
    there = led.location.removeprefix(PUBLIC_URL)
    checked = client.raw.post(there, data=asked)
    sent = client.raw.get(checked.location)
    query = dict(parse_qsl(urlsplit(sent.location).query))
    assert query["redirect_uri"] == f"{OLD}/lti/launch"

    token = platform.sign({"nonce": query["nonce"], **old_target(platform)})
    form = {"id_token": token, "state": query["state"]}
    passed = client.raw.post("/lti/launch", base_url=OLD, data=form)
    assert (passed.status_code, passed.location) == (307, f"{PUBLIC_URL}/lti/launch")
    opened = client.raw.post("/lti/launch", data=form)
    assert opened.status_code == 303
    client.get(opened.location)
    assert stored().old_address_seen_at is not None


@on_one_database
def test_nobody_chooses_where_a_launch_goes_back_to(
    client: Visitor, platform: Platform
) -> None:
    begun = platform.begin(client, came_by="https://evil.example.org")
    assert begun["redirect_uri"] == f"{PUBLIC_URL}/lti/launch"


@on_one_database
def test_other_pages_lead_to_the_new_host_and_servers_are_answered(client: Visitor) -> None:
    link = client.raw.get("/s/abc?x=1", base_url=OLD)
    assert (link.status_code, link.location) == (303, f"{PUBLIC_URL}/s/abc?x=1")
    assert client.raw.get("/lti/jwks.json", base_url=OLD).status_code == 200
    assert client.raw.get("/health/live", base_url=OLD).status_code == 200


def test_the_desk_says_what_to_change_and_whether_it_still_matters(
    client: Visitor, platform: Platform, desk: Callable[[], Page]
) -> None:
    assert "No launch has come by an old address so far." in desk().text
    rows = desk().rows()
    for name, path in (("Launch and redirect URL", "/lti/launch"), ("Domain", "")):
        [row] = [cells for cells in rows if cells[0] == name]
        assert [cell.removeprefix("https://") for cell in row[1:]] == [
            f"old.example.edu{path}",
            f"careerlink.example.edu{path}",
        ]
    platform.launch(client, old_target(platform))
    assert "It still uses an address that CareerLink had before" in desk().text
