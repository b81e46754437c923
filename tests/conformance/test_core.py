"""Certification guide 6.1.1: known bad payloads, each one change away from a good launch."""

from collections.abc import Callable
from typing import Any

import pytest

from careerlink.db import Database
from tests.conformance.traces import assert_refused
from tests.factories.lti import INSTRUCTOR, LEARNER, LTI, Platform, without
from tests.pages import Visitor

Claims = dict[str, Any]
Change = Callable[[Claims], Claims]


def wrong_version(claims: Claims) -> Claims:
    return {**claims, f"{LTI}version": "11.3"}


def timestamps_incorrect(claims: Claims) -> Claims:
    return {**claims, "iat": 11111, "exp": 22222}


def dropped(*names: str) -> Change:
    return lambda claims: without(claims, *names)


BAD_PAYLOADS: dict[str, tuple[Change, str]] = {
    "BAD-03 wrong LTI version": (wrong_version, "version-refused"),
    "BAD-04 no LTI version": (dropped("version"), "claim-missing"),
    "BAD-06a missing LTI claims": (
        dropped("message_type", "version", "roles"),
        "claim-missing",
    ),
    "BAD-06b missing LTI claims": (
        dropped("aud", "iss", "sub", "deployment_id", "roles"),
        "claim-missing",
    ),
    "BAD-07 timestamps incorrect": (timestamps_incorrect, "token-expired"),
    "BAD-08 message_type claim missing": (dropped("message_type"), "claim-missing"),
    "BAD-09 role claim missing": (dropped("roles"), "claim-missing"),
    "BAD-10 deployment_id claim missing": (dropped("deployment_id"), "claim-missing"),
    "BAD-11 resource_link claim missing": (dropped("resource_link"), "claim-missing"),
    "BAD-11 resource_link id missing": (
        lambda claims: {**claims, f"{LTI}resource_link": {"title": "CareerLink"}},
        "claim-missing",
    ),
    "BAD-12 user claim missing": (dropped("sub"), "user-missing"),
    "BAD-12 user claim empty": (lambda claims: {**claims, "sub": ""}, "user-missing"),
}
BASES = {"teacher": INSTRUCTOR, "student": LEARNER}


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("case", BAD_PAYLOADS)
def test_a_bad_payload_is_refused(
    case: str, base: str, client: Visitor, platform: Platform, database: Database
) -> None:
    change, reason = BAD_PAYLOADS[case]
    good = platform.claims(BASES[base])

    page = platform.launch(client, change(good))

    assert_refused(page, database, reason)
    assert platform.launch(client, good).status == 303


@pytest.mark.parametrize("base", BASES)
def test_bad_01_no_kid_in_the_header(
    base: str, client: Visitor, platform: Platform, database: Database
) -> None:
    good = platform.claims(BASES[base])

    page = platform.launch(client, good, header={})

    assert_refused(page, database, "key-id-missing")
    assert platform.launch(client, good).status == 303


@pytest.mark.parametrize("base", BASES)
def test_bad_02_wrong_kid_after_at_most_one_refetch(
    base: str, client: Visitor, platform: Platform, database: Database, network: Any
) -> None:
    good = platform.claims(BASES[base])
    assert platform.launch(client, {**good, "sub": ""}).reason == "user-missing"
    fetched = len(network.calls)

    page = platform.launch(client, good, header={"kid": "imstester_66067"})

    assert_refused(page, database, "key-unknown")
    assert len(network.calls) == fetched + 1
    assert platform.launch(client, good).status == 303


@pytest.mark.parametrize("header", [None, {"kid": None}], ids=["header", "no-header"])
def test_bad_05_invalid_lti_message(
    header: dict[str, Any] | None, client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client)
    token = platform.sign({"name": "badltilaunch"}, header=header)

    page = platform.post(client, token, begun["state"])

    assert_refused(page, database)
    assert platform.launch(client, login=begun).status == 303
