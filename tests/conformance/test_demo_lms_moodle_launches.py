"""The demo LMS launches as the recorded Moodle did: the same claims, forms and refusals."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine

from lti.demo_lms import Lms, create_platform, launching
from lti.demo_lms.forms import ErrorPage, FormPost
from lti.demo_lms.tools import Tool
from tests import recorded_moodle, sample_tool
from tests.recordings import load, names, replay, steady

FAMILY = "moodle-4.5"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
NOT_APPLIED = {
    "launches/auth_signed_out_after_repost": "the demo has no sign-in, so no page that reposts",
    "launches/auth_signed_out_repost_page": "the same",
    "launches/browser_requests": "headers of a browser, not of the platform",
}
VOLATILE = ("nonce", "iat", "exp")
ERRORS = [n for n in names(FAMILY, "launches") if "/error_" in n or "/auth_redirect" in n]
LOGINS = [n for n in names(FAMILY, "launches") if "/login_initiation" in n]
LAUNCHES = [n for n in names(FAMILY, "launches") if n not in (*NOT_APPLIED, *ERRORS, *LOGINS)]


def situation(name: str) -> Lms:
    recorded = load(FAMILY, recorded_moodle.PARAMETERS)["activity_custom_parameters"]
    lms = recorded_moodle.build(parameters=recorded)
    short = name.split("/")[-1]
    if short == "teacher_as_student":
        lms.switch_role("prof", "student")
    if short in ("after_posted_line_item", "course_copy_taken_over"):
        recorded_moodle.add_posted_columns(lms, up_to=9)
    if short == "after_posted_line_item_no_own_column":
        recorded_moodle.add_posted_columns(lms, up_to=10)
    if short == "after_own_line_item_deleted":
        lms.remove_line_item("a11")
    if short.startswith("after_line_item_moved"):
        lms.line_item("a58").link = 59
    if short.startswith("course_copy"):
        copy_courses(lms)
    return lms


def copy_courses(lms: Lms) -> None:
    """The copy and the copy of the copy, with the numbers that Moodle gave out."""
    lms.school.last_id |= {"activity": 19, "line_item": 23}
    lms.copy_course(2, "BUS310S", "BUS-310 Applied Analytics (spring)")
    lms.school.last_id |= {"activity": 38, "line_item": 43}
    lms.copy_course(3, "BUS310F", "BUS-310 Applied Analytics (fall)")


def begin(lms: Lms, recording: dict[str, Any]) -> FormPost:
    claims = recording["claims"]
    for_user = claims.get(CLAIM + "for_user", {}).get("user_id")
    return launching.begin(
        lms,
        claims["sub"],
        int(claims[CLAIM + "resource_link"]["id"]),
        message_type=claims[CLAIM + "message_type"],
        for_user=for_user,
    )


def comparable(claims: dict[str, Any]) -> dict[str, Any]:
    return {n: v for n, v in steady(claims).items() if n not in VOLATILE}


@pytest.mark.parametrize("name", LAUNCHES)
def test_claims_are_the_recorded_ones(name: str) -> None:
    recording = load(FAMILY, name)
    lms = situation(name)
    claims = recording["claims"]
    with time_machine.travel(datetime.fromtimestamp(claims["iat"], UTC), tick=False):
        form = begin(lms, recording)
        answer = launching.authorize(lms, sample_tool.request_for(lms, form))

    ours = sample_tool.claims_of(lms, answer)
    assert comparable(ours) == comparable(claims)
    assert (ours["iat"], ours["exp"]) == (claims["iat"], claims["exp"])
    assert isinstance(answer, FormPost)
    assert answer.url == recording["posted_to"]
    assert answer.fields.keys() - {"id_token"} == recording["form_fields"].keys()


@pytest.mark.parametrize("name", [n for n in LAUNCHES if "login_initiation" in load(FAMILY, n)])
def test_the_login_form_is_the_recorded_one(name: str) -> None:
    recording = load(FAMILY, name)
    form = begin(situation(name), recording)

    assert form.url == recording["login_initiation"]["url"]
    assert without_hint(form.fields) == without_hint(recording["login_initiation"]["form"])


@pytest.mark.parametrize("name", LOGINS)
def test_the_login_comes_before_moodle_knows_who_is_there(name: str) -> None:
    recording = load(FAMILY, name)
    person = None if "signed_out" in name else "ana"

    form = launching.begin(situation(name), person, "a1")

    assert form.url == recording["posted_to"]
    assert without_hint(form.fields) == without_hint(recording["form_fields"])


def without_hint(fields: dict[str, str]) -> dict[str, Any]:
    """The form, of its hint only the members: the values are new each time."""
    return {**fields, "lti_message_hint": list(json.loads(fields["lti_message_hint"]))}


@pytest.mark.parametrize("name", ERRORS)
def test_an_authentication_request_is_refused_as_recorded(name: str) -> None:
    recording = load(FAMILY, name)
    lms = situation(name)
    form = launching.begin(lms, "ana", "a6" if "auth_redirect" in name else "a1")
    if name.endswith("hint_reused"):
        launching.authorize(lms, sample_tool.request_for(lms, form))
    request = recording_request(recording, form.fields["lti_message_hint"])
    client = create_platform(lms).test_client()
    page = client.get("/mod/lti/auth.php", query_string=request)

    expected = recording["response"]
    assert page.status_code == expected["status"]
    assert page.headers["Content-Type"] == expected["headers"]["Content-Type"]
    if recording.get("form_fields"):
        lms = situation(name)
        hint = launching.begin(lms, "ana", "a1").fields["lti_message_hint"]
        answer = launching.authorize(lms, recording_request(recording, hint))
        assert answer == FormPost(recording["posted_to"], recording["form_fields"])


def recording_request(recording: dict[str, Any], hint: str) -> dict[str, str]:
    """The recorded request, with a hint of this launch where it had one."""
    query = recording["request"].get("query")
    if query is None:
        query = query_of(recording["request"]["url"])
    return {n: hint if n == "lti_message_hint" else v for n, v in query.items()}


def query_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def test_a_line_item_is_named_until_the_tool_posts_another() -> None:
    lms = situation("launches/before_posted_line_item")
    lms.school.last_id["line_item"] = 8
    client = create_platform(lms).test_client()
    token = sample_tool.bearer(client, lms, lms.tool())
    posted = replay(
        client, load(FAMILY, "services/lineitems/post_with_resource_link")["request"], token
    )

    assert posted.status_code == 201
    after = load(FAMILY, "launches/after_posted_line_item")
    ours = sample_tool.claims_of(lms, sample_tool.open_link(lms, "ana", "a9"))
    assert comparable(ours) == comparable(after["claims"])


def test_a_tool_that_may_not_know_names_gets_none() -> None:
    lms = situation("launches/student")
    private: Tool = lms.tool("private")

    answer = sample_tool.open_link(lms, "ana", "a2")

    assert not isinstance(answer, ErrorPage)
    claims = sample_tool.claims_of(lms, answer)
    assert claims["aud"] == private.client_id
    assert not {"name", "given_name", "family_name", "email"} & claims.keys()
