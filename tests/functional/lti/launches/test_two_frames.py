"""A page of the LMS that holds two of our frames launches both at the same moment."""

import pytest
import time_machine

from careerlink.web.session import COOKIE
from tests.factories.lti import LTI, Platform
from tests.pages import Visitor

SITE = "careerlink.example.edu"
COURSES = {
    name: {"id": name, "label": name, "title": f"Course {name}"} for name in ("one", "two")
}


def cookie(visitor: Visitor) -> str:
    found = visitor.raw.get_cookie(COOKIE, domain=SITE)
    assert found is not None
    return str(found.value)


@pytest.mark.parametrize("has_session", [False, True], ids=["fresh browser", "signed in"])
def test_whichever_cookie_the_browser_keeps_opens_both_courses(
    has_session: bool, client: Visitor, platform: Platform
) -> None:
    if has_session:
        platform.launch(client)
    begun = {name: platform.begin(client) for name in COURSES}
    before = client.raw.get_cookie(COOKIE, domain=SITE)
    homes, cookies = [], []
    for name, context in COURSES.items():
        # Both requests leave before either answer has come.
        client.raw.delete_cookie(COOKIE, domain=SITE)
        if before is not None:
            client.raw.set_cookie(COOKIE, before.value, domain=SITE, secure=True)
        claims = platform.claims(**{f"{LTI}context": context})
        homes.append(platform.launch(client, claims, login=begun[name]).location)
        cookies.append(cookie(client))

    for kept in cookies:
        client.raw.set_cookie(COOKIE, kept, domain=SITE, secure=True)
        for home in homes:
            assert client.get(home).role == "instructor"


def test_a_session_of_long_ago_ends_with_the_next_launch(
    client: Visitor, platform: Platform, clock: time_machine.Traveller
) -> None:
    home = platform.launch(client).location
    old = cookie(client)
    clock.shift(120)

    platform.launch(client)

    client.raw.set_cookie(COOKIE, old, domain=SITE, secure=True)
    client.get(home, status=401)


def test_another_person_in_this_browser_gets_nothing_of_the_first(
    client: Visitor, platform: Platform
) -> None:
    home = platform.launch(client).location
    other = {"id": "two", "label": "two", "title": "Course two"}

    platform.launch(client, platform.claims(sub="another", **{f"{LTI}context": other}))

    client.get(home, status=404)


def test_a_course_that_is_not_opened_any_more_ends_though_another_is(
    client: Visitor, platform: Platform, clock: time_machine.Traveller
) -> None:
    home = platform.launch(client).location
    other = {f"{LTI}context": COURSES["two"]}
    for _ in range(2):
        clock.shift(7 * 3600)
        kept = platform.launch(client, platform.claims(**other)).location

    client.get(kept)
    client.get(home, status=404)
