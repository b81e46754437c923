"""LTI.md 2.7 and worse: the form of the token and its signature."""

import jwt
import pytest

from careerlink.db import Database
from tests.conformance.traces import assert_refused, spent_logins
from tests.factories.lti import LTI, Platform, private_key
from tests.pages import Visitor


def test_x_18_algorithm_none(client: Visitor, platform: Platform, database: Database) -> None:
    begun = platform.begin(client)
    token = jwt.encode(
        {**platform.claims(), "nonce": begun["nonce"]},
        key="",
        algorithm="none",
        headers={"kid": platform.kid},
    )

    page = platform.post(client, token, begun["state"])

    assert_refused(page, database, "algorithm-refused")
    assert platform.launch(client, login=begun).status == 303


def test_x_18_hs256_with_the_public_key(
    client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client)
    public = str(platform.key_set()["keys"][0]["n"])
    claims = {**platform.claims(), "nonce": begun["nonce"]}
    token = platform.sign(claims, key=public, algorithm="HS256")

    page = platform.post(client, token, begun["state"])

    assert_refused(page, database, "algorithm-refused")
    assert platform.launch(client, login=begun).status == 303


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
def test_other_signatures_of_the_right_key_are_refused(
    algorithm: str, client: Visitor, platform: Platform, database: Database
) -> None:
    page = platform.launch(client, algorithm=algorithm)

    assert_refused(page, database, "algorithm-refused")


def test_a_forged_signature_spends_nothing(
    client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client)

    page = platform.launch(client, login=begun, key=private_key("forger"))

    assert_refused(page, database, "signature-wrong")
    assert spent_logins(database) == 0
    assert platform.launch(client, login=begun).status == 303


NO_TOKENS = {
    "nothing": "",
    "one part": "x",
    "two parts": "a.b",
    "four parts": "e30.e30.x.x",
    "no base64": "e30.e!0.x",
    "no base64 in the header": "a.b.c",
    "base64 of another alphabet": "e30.e/+=.x",
    "no letters at all": "é.é.é",
    "empty parts": "..",
    "X-17 header is a list": "W10.e30.x",
    "X-17 body is a list": "e30.W10.x",
    "a megabyte": "x" * 500_000 + "." + "x" * 500_000 + ".x",
}


@pytest.mark.parametrize("case", NO_TOKENS)
def test_what_is_no_token_is_refused(
    case: str, client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client)

    page = platform.post(client, NO_TOKENS[case], begun["state"])

    assert_refused(page, database, "token-malformed" if NO_TOKENS[case] else "token-missing")
    assert platform.launch(client, login=begun).status == 303


def test_more_than_two_megabytes_are_not_read(
    client: Visitor, platform: Platform, database: Database
) -> None:
    begun = platform.begin(client)

    page = platform.post(client, "x" * 2_200_000, begun["state"])

    assert_refused(page, database, "message-too-large")
    assert platform.launch(client, login=begun).status == 303


UNSTORABLE: dict[str, tuple[str, list[object]]] = {
    "iss": ("claim-malformed", ["\ud800", "a\x00b"]),
    "aud": ("audience-wrong", ["\ud800", "a\x00b", {}, [[]], [{}], ["careerlink-client", 7]]),
    "nonce": ("claim-malformed", ["\ud800", "a\x00b"]),
    "sub": ("claim-malformed", ["\ud800", "a\x00b"]),
    f"{LTI}deployment_id": ("claim-malformed", ["\ud800", "a\x00b"]),
    f"{LTI}message_type": ("message-unsupported", ["\ud800", "a\x00b", {}, [[]]]),
}


def test_what_no_database_takes_is_refused_before_it_is_asked(
    client: Visitor, platform: Platform, database: Database
) -> None:
    for name, (reason, values) in UNSTORABLE.items():
        for value in values:
            page = platform.launch(client, platform.claims(**{name: value}))

            assert_refused(page, database, reason)
    assert platform.launch(client).status == 303
