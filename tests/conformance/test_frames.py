"""Inside the platform's page: cookies get lost, errors are posted, and who may frame."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from time_machine import Traveller

from careerlink.db import Database
from careerlink.web import frames
from careerlink.web.session import LIFETIME
from lti.models import Family, LtiRegistration
from lti.views import BROWSER_COOKIE
from tests.conformance.traces import assert_refused, spent_logins
from tests.factories.lti import LTI, PUBLIC_URL, Platform
from tests.pages import Page, Visitor

HOST = "careerlink.example.edu"


def login_form(platform: Platform) -> dict[str, str]:
    return {
        "iss": platform.issuer,
        "client_id": platform.client_id,
        "login_hint": "hint & more",
        "lti_message_hint": '{"cmid":2}',
        "target_link_uri": f"{PUBLIC_URL}/lti/launch",
        "lti_deployment_id": platform.deployment_id,
    }


def test_the_first_login_sets_a_cookie_that_frames_keep_and_tries_it_once(
    client: Visitor, platform: Platform
) -> None:
    response = client.raw.post("/lti/login", base_url=PUBLIC_URL, data=login_form(platform))

    assert response.status_code == 303
    assert urlsplit(response.location).path == "/lti/login"
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith(f"{BROWSER_COOKIE}=")
    for attribute in ("Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"):
        assert attribute in cookie
    again = client.raw.get(response.location, base_url=PUBLIC_URL)
    assert again.location.startswith(platform.auth_url)
    assert "Set-Cookie" not in again.headers


def test_a_lost_cookie_offers_the_same_login_in_a_new_tab(
    visitors: Callable[[], Visitor], platform: Platform, database: Database
) -> None:
    frame = visitors()
    response = frame.raw.post("/lti/login", base_url=PUBLIC_URL, data=login_form(platform))
    frame.raw.delete_cookie(BROWSER_COOKIE, domain="careerlink.example.edu")

    page = frame.get(response.location, status=400)

    assert_refused(page, database, "cookie-lost")
    [link] = page.soup.select("main a[target=_blank]")
    tab = visitors()
    asked = tab.raw.get(str(link["href"]), base_url=PUBLIC_URL)
    answered = tab.raw.get(asked.location, base_url=PUBLIC_URL)
    begun = dict(parse_qsl(urlsplit(answered.location).query))
    assert (begun["login_hint"], begun["lti_message_hint"]) == ("hint & more", '{"cmid":2}')
    assert platform.launch(tab, login=begun).status == 303


def test_the_page_about_the_lost_cookie_is_shown_in_the_platform_s_frame(
    client: Visitor, database: Database
) -> None:
    school = Platform().register(database, frame_origins=["https://school.example.org"])
    query = {**login_form(school), "checked": "1"}

    page = client.get(
        "/lti/login",
        status=400,
        query_string=query,
        headers={"Referer": "https://ref.example/x"},
    )

    ancestors = frame_ancestors(page)
    assert {"https://school.example.org", school.issuer, "https://ref.example"} <= ancestors


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("login_required", "login-required"),
        ("launch_no_longer_valid", "launch-over"),
        ("unauthorized_client", "platform-denied"),
        ("access_denied", "platform-denied"),
        ("invalid_request", "platform-error"),
        ("<script>", "platform-error"),
    ],
)
def test_x_26_an_error_in_place_of_a_launch(
    error: str, reason: str, client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client)

    page = client.post(
        "/lti/launch",
        {"error": error, "error_description": "<b>no</b>", "state": begun["state"]},
        status=403 if reason == "platform-denied" else 400,
    )

    assert_refused(page, database, reason)
    assert "<b>" not in page.html
    assert platform.issuer in frame_ancestors(page)


def test_who_must_sign_in_first_can_try_the_same_login_in_a_new_tab(
    client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client)

    page = client.post(
        "/lti/launch", {"error": "login_required", "state": begun["state"]}, status=400
    )

    [link] = page.soup.select("main a[target=_blank]")
    assert dict(parse_qsl(urlsplit(str(link["href"])).query))["login_hint"] == "hint-29123"
    assert spent_logins(database) == 0


def test_nobody_else_s_login_is_offered(
    client: Visitor, visitors: Callable[[], Visitor], platform: Platform
) -> None:
    begun = platform.begin(client)
    other = visitors()

    page = other.post(
        "/lti/launch", {"error": "login_required", "state": begun["state"]}, status=400
    )

    assert page.reason == "login-required"
    assert page.soup.select("main a[target=_blank]") == []


def test_pages_may_be_framed_by_the_platform_that_launched_and_nobody_else(
    client: Visitor, platform: Platform, database: Database
) -> None:
    claims = platform.claims(
        **{
            f"{LTI}custom": {"canvas_api_base_url": "https://school.example.org/api"},
            f"{LTI}launch_presentation": {
                "return_url": "https://lms.example.org:8443/back?x=1"
            },
        }
    )
    known = {"'self'", platform.issuer, "https://lms.example.org:8443"}

    def told() -> set[str]:
        platform.launch(client, claims)
        return frame_ancestors(
            Page(client, "/x", client.raw.get("/nowhere", base_url=PUBLIC_URL))
        )

    # On Moodle a teacher can write any custom parameter into an activity.
    assert told() == known
    with database.write() as session:
        session.get_one(LtiRegistration, platform.registration_id).family = Family.CANVAS
    assert told() == known | {"https://school.example.org"}


def test_a_return_address_cannot_smuggle_anything_into_the_policy(
    client: Visitor, platform: Platform
) -> None:
    presentation = {"return_url": "https://a.example/ ;script-src *"}
    platform.launch(client, platform.claims(**{f"{LTI}launch_presentation": presentation}))

    page = Page(client, "/x", client.raw.get("/nowhere", base_url=PUBLIC_URL))

    assert frame_ancestors(page) == {"'self'", platform.issuer}


def test_when_the_session_has_ended_the_frame_says_so_with_what_was_typed(
    client: Visitor, platform: Platform, clock: Traveller
) -> None:
    home = platform.launch(client, platform.claims()).location
    client.get(home)
    clock.shift(LIFETIME + timedelta(minutes=1))

    page = client.post(f"{home.rstrip('/')}/credit", {"note": "Two hours more."}, status=401)

    assert page.reason == "not-signed-in"
    assert "Two hours more." in page.text
    assert frame_ancestors(page) == {"'self'", platform.issuer}
    client.raw.set_cookie(
        frames.COOKIE, "https://a.example; script-src *", domain=HOST, secure=True
    )
    assert frame_ancestors(client.get(home, status=401)) == {"'self'"}


def frame_ancestors(page: Page) -> set[str]:
    policy = page.response.headers["Content-Security-Policy"]
    [directive] = [part for part in policy.split("; ") if part.startswith("frame-ancestors ")]
    return set(directive.split()[1:])
