"""What the certification leaves out and the specifications ask (LTI.md 2.7): the claims."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from careerlink import clock
from careerlink.courses.models import CourseMember
from careerlink.db import Database
from tests.conformance.traces import assert_refused, traces
from tests.factories.lti import INSTRUCTOR, LIS, LTI, Platform, without
from tests.pages import Visitor

Claims = dict[str, Any]
Change = Callable[[Claims], Claims]


def moved(name: str, seconds: int) -> Change:
    return lambda claims: {**claims, name: int(clock.now().timestamp()) + seconds}


def given(name: str, value: Any) -> Change:
    return lambda claims: {**claims, name: value}


def dropped(*names: str) -> Change:
    return lambda claims: without(claims, *names)


CLIENT = Platform.client_id
HOME = "https://careerlink.example.edu"
REFUSED: dict[str, tuple[Change, str]] = {
    "X-01 no exp": (dropped("exp"), "claim-missing"),
    "X-02 no iat": (dropped("iat"), "claim-missing"),
    "X-03 iat years old": (moved("iat", -100_000_000), "token-too-old"),
    "X-03 iat eleven minutes old": (moved("iat", -660), "token-too-old"),
    "X-04 iat two minutes ahead": (moved("iat", 120), "token-from-future"),
    "X-05 exp two minutes ago": (moved("exp", -120), "token-expired"),
    "X-06 a second audience": (given("aud", [CLIENT, "evil"]), "audience-wrong"),
    "X-07 a first audience": (given("aud", ["evil", CLIENT]), "audience-wrong"),
    "X-07 the same with azp": (
        lambda claims: {**claims, "aud": ["evil", CLIENT], "azp": CLIENT},
        "audience-wrong",
    ),
    "X-08 azp is another": (given("azp", "evil"), "audience-wrong"),
    "X-08 azp is no text": (given("azp", [CLIENT]), "audience-wrong"),
    "no audience in a list": (given("aud", []), "audience-wrong"),
    "audience is a number": (given("aud", 7), "audience-wrong"),
    "X-14 no target": (dropped("target_link_uri"), "claim-missing"),
    "X-15 foreign target": (
        given(f"{LTI}target_link_uri", "https://evil.example/lti/launch"),
        "target-foreign",
    ),
    "X-15 target with our name before": (
        given(f"{LTI}target_link_uri", f"{HOME}@evil.example/lti/launch"),
        "target-foreign",
    ),
    "X-15 target with our name within": (
        given(f"{LTI}target_link_uri", f"{HOME}.evil.example/lti/launch"),
        "target-foreign",
    ),
    "X-15 target without encryption": (
        given(f"{LTI}target_link_uri", "http://careerlink.example.edu/lti/launch"),
        "target-foreign",
    ),
    "X-16 roles are a text": (given(f"{LTI}roles", INSTRUCTOR), "claim-malformed"),
    "roles hold a number": (given(f"{LTI}roles", [INSTRUCTOR, 7]), "claim-malformed"),
    "X-17 resource link is a text": (
        given(f"{LTI}resource_link", "link-1"),
        "claim-malformed",
    ),
    "resource link id is a number": (
        given(f"{LTI}resource_link", {"id": 7}),
        "claim-malformed",
    ),
    "resource link id is too long": (
        given(f"{LTI}resource_link", {"id": "x" * 256}),
        "claim-malformed",
    ),
    "context is a list": (given(f"{LTI}context", ["course-1"]), "claim-malformed"),
    "context without id": (given(f"{LTI}context", {"title": "BUS"}), "claim-missing"),
    "context id holds a zero byte": (
        given(f"{LTI}context", {"id": "a\x00b"}),
        "claim-malformed",
    ),
    "X-13 deployment of another": (given(f"{LTI}deployment_id", "other"), "deployment-changed"),
    "deployment id is a number": (given(f"{LTI}deployment_id", 1), "claim-malformed"),
    "user is a number": (given("sub", 7), "claim-malformed"),
    "user is not ASCII": (given("sub", "jäne"), "claim-malformed"),
    "user is too long": (given("sub", "x" * 256), "claim-malformed"),
    "exp is a text": (given("exp", "soon"), "claim-malformed"),
    "exp is true": (given("exp", True), "claim-malformed"),
    "exp never comes": (given("exp", float("inf")), "claim-malformed"),
    "iat has a thousand digits": (given("iat", 10**1000), "claim-malformed"),
    "not before tomorrow": (moved("nbf", 86_400), "token-from-future"),
    "unknown message": (given(f"{LTI}message_type", "LtiOther"), "message-unsupported"),
    "message is a list": (given(f"{LTI}message_type", []), "message-unsupported"),
    "version is a number": (given(f"{LTI}version", 1.3), "version-refused"),
    "nonce is a number": (given("nonce", 7), "claim-malformed"),
    "nonce of nobody": (given("nonce", "0" * 48), "nonce-wrong"),
}
ACCEPTED: dict[str, Change] = {
    "X-04 iat ten seconds ahead": moved("iat", 10),
    "X-05 exp five seconds ago": moved("exp", -5),
    "iat nine minutes old": moved("iat", -540),
    "one audience in a list": given("aud", [CLIENT]),
    "azp is ours": given("azp", CLIENT),
    "fractions of seconds": lambda claims: {**claims, "iat": claims["iat"] + 0.5},
    "unknown claims": given("https://example.org/claim", {"deep": [1, {"x": None}]}),
    "odd but harmless claims": lambda claims: {
        **claims,
        "name": ["Jane"],
        "email": 7,
        f"{LTI}custom": "x",
        f"{LTI}lis": [],
        f"{LTI}launch_presentation": "iframe",
        f"{LTI}tool_platform": None,
    },
}


@pytest.mark.parametrize("case", REFUSED)
def test_one_wrong_thing_is_refused(
    case: str, client: Visitor, platform: Platform, database: Database
) -> None:
    change, reason = REFUSED[case]
    good = platform.claims()

    page = platform.launch(client, change(good))

    assert_refused(page, database, reason)
    assert platform.launch(client, good).status == 303


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_is_unusual_and_allowed_is_accepted(
    case: str, client: Visitor, platform: Platform
) -> None:
    assert platform.launch(client, ACCEPTED[case](platform.claims())).status == 303


ROLES: dict[str, tuple[tuple[str, ...], str]] = {
    "X-20 a learner who helps": (("membership/Learner#Instructor",), "student"),
    "X-21 a vocabulary of nobody": (("unknown/unknown#Instructor",), "none"),
    "X-22 only the sub-role": (("membership/Instructor#PrimaryInstructor",), "instructor"),
    "X-23 a teacher elsewhere": (
        ("institution/person#Instructor", "membership#Learner"),
        "student",
    ),
    "only an assistant": (("membership/Instructor#TeachingAssistant",), "assistant"),
    "an older name": (("person#Administrator",), "none"),
    "a teacher of the institution": (("institution/person#Instructor",), "none"),
}


@pytest.mark.parametrize("case", ROLES)
def test_roles_give_no_more_than_they_say(
    case: str, client: Visitor, platform: Platform, database: Database
) -> None:
    names, rights = ROLES[case]

    page = platform.launch(client, platform.claims(*(f"{LIS}{name}" for name in names)))

    assert launched_as(database) == rights
    assert client.get(page.location).role == rights
    assert traces(database)["course_member"] == 1


def launched_as(database: Database) -> str:
    with database.read() as session:
        return str(session.scalars(select(CourseMember.launch_role)).one())
