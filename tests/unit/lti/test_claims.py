"""Reading claims: variables left as they were, odd types, and addresses that are none."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti import claims, id_token, landing
from lti.claim_values import Launch, Message
from lti.reading import origin_of
from lti.refusals import LaunchRefused
from tests.factories.lti import LTI, PUBLIC_URL, Platform

PLATFORM = Platform()


def read(**changes: Any) -> Launch:
    return claims.read(PLATFORM.claims(**changes), own_origin=PUBLIC_URL)


def test_variables_that_the_platform_did_not_know_are_absent() -> None:
    custom = {
        "context_history": "$Context.id.history",
        "empty": "",
        "price": "$5",
        "number": 7,
        "yes": True,
        "nothing": None,
        "inside": "course $Canvas.course.id",
    }

    found = read(**{f"{LTI}custom": custom})

    assert found.custom == {
        "price": "$5",
        "number": "7",
        "yes": "true",
        "inside": "course $Canvas.course.id",
    }
    assert found.context is not None
    assert found.context.history == ()


def test_the_history_of_a_copied_course_is_a_list() -> None:
    found = read(**{f"{LTI}custom": {"context_history": "3, 2,"}})

    assert found.context is not None
    assert found.context.history == ("3", "2")


def test_names_for_the_screen_lose_what_no_database_takes() -> None:
    assert read(name="Jane\x00 \ud800Doe\n").user.name == "Jane  Doe"
    assert len(read(name="x" * 5000).user.name) == 1000


def test_a_deep_linking_request_needs_neither_target_nor_roles() -> None:
    settings = {
        "deep_link_return_url": "https://lms.example.org/return",
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe"],
        "data": "opaque",
    }
    body = PLATFORM.claims(
        **{
            f"{LTI}message_type": "LtiDeepLinkingRequest",
            "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings": settings,
        }
    )
    for name in ("target_link_uri", "roles", "resource_link"):
        del body[f"{LTI}{name}"]

    found = claims.read(body, own_origin=PUBLIC_URL)

    assert found.message == Message.DEEP_LINKING
    assert found.deep_linking is not None
    assert found.deep_linking.data == "opaque"
    assert not found.deep_linking.accept_multiple
    assert "https://lms.example.org" in found.frame_origins


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://lms.example.org/x?y", "https://lms.example.org"),
        ("https://LMS.example.org:443/", "https://lms.example.org"),
        ("http://localhost:8001", "http://localhost:8001"),
        ("https://[::1]:8443/x", "https://[::1]:8443"),
        ("https://a@lms.example.org/", ""),
        ("https://lms.example.org;script-src *", ""),
        ("https://lms.example.org\\@evil.example", ""),
        ("https://lms.example.org:port/", ""),
        ("javascript:alert(1)", ""),
        ("//lms.example.org/", ""),
        ("https:///x", ""),
        ("https://*.example.org/", ""),
        ("https://lms.example.org./", ""),
        ("", ""),
    ],
)
def test_origins_of_addresses(address: str, origin: str) -> None:
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    ("content", "target", "path"),
    [
        ("", "/lti/launch", "/home"),
        ("", "/lti/launch?listing=77", "/home"),
        ("", "", "/home"),
        ("", "/courses/abc/board?page=2", "/courses/abc/board?page=2"),
        ("", "//evil.example/x", "/home"),
        ("", "/\\evil.example", "/home"),
        ("", "/courses/../lti/login", "/home"),
        ("", "/auth/logout", "/home"),
        ("board", "", "/home"),
    ],
)
def test_the_page_of_a_launch_without_course(content: str, target: str, path: str) -> None:
    found = read(**{f"{LTI}custom": {"content": content}})

    assert landing.path(replace(found, target_link_uri=f"{PUBLIC_URL}{target}"), None) == path


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(name=st.sampled_from(sorted(PLATFORM.claims())), value=JSON)
def test_whatever_a_claim_holds_it_is_read_or_refused(name: str, value: Any) -> None:
    body = PLATFORM.claims(**{name: value})

    try:
        id_token.check_times(body)
        claims.read(body, own_origin=PUBLIC_URL)
    except LaunchRefused as refusal:
        assert refusal.reason.value.status < 500


@given(raw=st.text() | st.lists(st.text(), min_size=3, max_size=3).map(".".join))
def test_whatever_is_posted_is_a_token_or_refused(raw: str) -> None:
    try:
        token = id_token.take_apart(raw)
        _ = (token.issuer, token.client_id, token.kid)
    except LaunchRefused as refusal:
        assert refusal.reason.value.status < 500
