"""Logins with anything in their parameters: the way to the platform, or a page that says no."""

from collections import Counter
from urllib.parse import urlencode, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from careerlink.db import Database
from lti.models import LtiLogin
from lti.views import BROWSER_COOKIE
from tests.conformance.mutations import mutated, texts
from tests.conformance.traces import assert_left_nothing
from tests.factories.lti import PUBLIC_URL, Platform
from tests.pages import Visitor

GOOD = {
    "iss": Platform.issuer,
    "client_id": Platform.client_id,
    "login_hint": "hint",
    "target_link_uri": f"{PUBLIC_URL}/lti/launch",
    "lti_message_hint": '{"cmid":2}',
    "lti_deployment_id": Platform.deployment_id,
}
NAMES = (
    *GOOD,
    "deployment_id",
    "lti_storage_target",
    "canvas_region",
    "checked",
    "\x00",
    "état",
)
parameters = st.dictionaries(st.sampled_from(NAMES), st.none() | texts, max_size=3)
cookies = st.sampled_from(
    ["", "a" * 48, "a" * 48, "a" * 48, "A" * 48, "a" * 47 + "\n", "é" * 48]
)


def test_whatever_asks_to_sign_in_is_answered(
    client: Visitor, platform: Platform, database: Database
) -> None:
    came: Counter[str] = Counter()

    @mutated
    @given(parameters, cookies, st.booleans())
    def throw(changes: dict[str, str | None], cookie: str, posted: bool) -> None:
        client.raw.set_cookie(BROWSER_COOKIE, cookie, domain="careerlink.example.edu")
        given = {n: v for n, v in {**GOOD, **changes}.items() if v is not None}
        query = urlencode(given, errors="surrogatepass")
        how = {"query_string": "" if posted else query, "base_url": PUBLIC_URL}
        before = logins(database)

        response = client.raw.open(
            "/lti/login",
            method="POST" if posted else "GET",
            data=query if posted else None,
            content_type="application/x-www-form-urlencoded" if posted else None,
            **how,
        )

        if response.status_code >= 400:
            came[assert_left_nothing(response, {}, database)] += 1
        else:
            here = urlsplit(response.location)
            ours, theirs = urlsplit(f"{PUBLIC_URL}/lti/login"), urlsplit(platform.auth_url)
            wanted = theirs if response.status_code == 302 else ours
            assert (here.netloc or ours.netloc, here.path) == (wanted.netloc, wanted.path)
            came[str(response.status_code)] += 1
        assert logins(database) == before + (response.status_code == 302)

    throw()
    print(came)  # noqa: T201 - shown by -rP after a large run
    assert {"302", "303", "login-malformed", "registration-unknown"} <= set(came)


def logins(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(LtiLogin.id))) or 0
