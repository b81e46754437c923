"""Notices (LTI.md 3.8 and 6.2, G26): what is believed, what is refused, what comes of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import responses
import time_machine
from flask import Flask
from sqlalchemy import func, select

from careerlink import clock as clock_now
from careerlink import worker
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from lti.models import (
    DeploymentState,
    LtiDeployment,
    LtiRegistration,
    RegistrationState,
)
from tests.factories.lti import LTI, Platform, private_key, without
from tests.factories.notices import COPY, Claims, kept, notice, post, send
from tests.pages import Visitor

Change = Callable[[Claims], Claims]


def queued(database: Database) -> int:
    with database.read() as session:
        count = select(func.count()).where(OutboxMessage.kind == "notice")
        return session.scalar(count.select_from(OutboxMessage)) or 0


def moved(name: str, seconds: int) -> Change:
    return lambda claims: {**claims, name: int(clock_now.now().timestamp()) + seconds}


def given(name: str, value: Any) -> Change:
    return lambda claims: {**claims, name: value}


def dropped(*which: str) -> Change:
    return lambda claims: without(claims, *which)


def told(**changes: Any) -> Change:
    def change(claims: Claims) -> Claims:
        return {**claims, f"{LTI}notice": {**claims[f"{LTI}notice"], **changes}}

    return change


REFUSED: dict[str, tuple[Change, str]] = {
    "another issuer": (given("iss", "https://evil.example"), "registration-unknown"),
    "another client": (given("aud", "another"), "registration-unknown"),
    "a second audience": (given("aud", ["careerlink-client", "evil"]), "audience-wrong"),
    "party is another": (given("azp", "evil"), "audience-wrong"),
    "no audience": (dropped("aud"), "claim-missing"),
    "no deployment": (dropped("deployment_id"), "claim-missing"),
    "deployment of another": (given(f"{LTI}deployment_id", "x"), "deployment-pending"),
    "deployment is a number": (given(f"{LTI}deployment_id", 1), "claim-malformed"),
    "no version": (dropped("version"), "claim-missing"),
    "another version": (given(f"{LTI}version", "1.1"), "version-refused"),
    "no start": (dropped("iat"), "claim-missing"),
    "no end": (dropped("exp"), "claim-missing"),
    "over two minutes ago": (moved("exp", -120), "token-expired"),
    "eleven minutes old": (moved("iat", -660), "token-too-old"),
    "two minutes ahead": (moved("iat", 120), "token-from-future"),
    "no nonce": (dropped("nonce"), "claim-missing"),
    "names a user": (given("sub", "somebody"), "notice-is-launch"),
    "names roles": (given(f"{LTI}roles", []), "notice-is-launch"),
    "is a launch": (
        given(f"{LTI}message_type", "LtiResourceLinkRequest"),
        "notice-is-launch",
    ),
    "no notice": (dropped("notice"), "claim-missing"),
    "notice is a text": (given(f"{LTI}notice", COPY), "claim-malformed"),
    "no id": (told(id=None), "claim-missing"),
    "id is a list": (told(id=[]), "claim-malformed"),
    "id without end": (told(id="x" * 256), "claim-malformed"),
    "no type": (told(type=None), "claim-missing"),
    "type is a number": (told(type=7), "claim-malformed"),
    "copy without course": (dropped("context"), "claim-missing"),
    "course without id": (given(f"{LTI}context", {}), "claim-missing"),
    "course is a list": (given(f"{LTI}context", []), "claim-malformed"),
    "origins are a text": (given(f"{LTI}origin_contexts", "course-1"), "claim-malformed"),
    "origin holds a zero byte": (
        given(f"{LTI}origin_contexts", ["a\x00b"]),
        "claim-malformed",
    ),
}


def test_a_good_notice_is_taken_and_acted_upon_later(
    client: Visitor, platform: Platform, database: Database, settings: Settings
) -> None:
    assert send(client, platform, notice(platform)) == (200, {"accepted": 1, "refused": []})

    [found] = kept(database)
    assert (found.kind, found.context_id, found.origins) == (COPY, "course-2", ["course-1"])
    assert found.done_at is None
    while worker.send_next(database, settings):
        pass
    assert kept(database)[0].done_at is not None


def test_each_refusal_changes_one_thing(
    client: Visitor, platform: Platform, database: Database
) -> None:
    wrong = {}
    for name, (change, reason) in REFUSED.items():
        status, answer = send(client, platform, change(notice(platform)))
        got = [one["reason"] for one in answer.get("refused", [])] or [answer.get("reason")]
        if not 400 <= status < 500 or got != [reason]:
            wrong[name] = (status, got)

    assert wrong == {}
    assert kept(database) == []
    assert queued(database) == 0


def test_a_key_that_is_not_the_platform_s_vouches_for_nothing(
    client: Visitor, platform: Platform, database: Database, network: responses.RequestsMock
) -> None:
    send(client, platform, notice(platform, number=9))

    forged = send(client, platform, notice(platform), key=private_key("evil"))
    unknown = [
        send(client, platform, notice(platform), header={"kid": f"made-up-{number}"})
        for number in range(3)
    ]
    unsigned = post(client, {"notices": [{"jwt": "a.b.c"}]})

    assert forged[1]["refused"] == [{"notice": 0, "reason": "signature-wrong"}]
    assert {answer[1]["refused"][0]["reason"] for answer in unknown} == {"key-unknown"}
    assert unsigned[0] == 400
    assert len(kept(database)) == 1
    # No stranger has us call the platform again and again.
    assert len(network.calls) == 1


def test_a_platform_s_new_key_is_fetched(
    client: Visitor,
    platform: Platform,
    network: responses.RequestsMock,
    clock: time_machine.Traveller,
) -> None:
    send(client, platform, notice(platform))
    clock.shift(timedelta(minutes=2))
    platform.kid, platform.key_name = "key-2", "platform-2"
    network.replace(responses.GET, platform.jwks_url, json=platform.key_set())

    assert send(client, platform, notice(platform, number=2))[0] == 200


def test_a_bad_notice_loses_no_good_one_and_each_counts_once(
    client: Visitor, platform: Platform, database: Database
) -> None:
    good = [platform.sign(notice(platform, number=number)) for number in (1, 2)]
    other = platform.sign(notice(platform, "LtiSomethingElse", number=3))
    body = {"notices": [{"jwt": jwt} for jwt in (good[0], "x", None, good[1], other, good[0])]}

    status, answer = post(client, body)
    again = post(client, body)

    assert (status, answer["accepted"]) == (200, 4)
    assert [one["notice"] for one in answer["refused"]] == [1, 2]
    assert again == (status, answer)
    assert [one.kind for one in kept(database)] == [COPY, COPY, "LtiSomethingElse"]
    # What nobody here knows is accepted and asks for nothing.
    assert queued(database) == 2


def test_switched_off_deployments_and_registrations_are_not_heard(
    client: Visitor, platform: Platform, database: Database
) -> None:
    with database.write() as session:
        session.scalars(select(LtiDeployment)).one().state = DeploymentState.INACTIVE
    off = send(client, platform, notice(platform))
    with database.write() as session:
        row = session.get_one(LtiRegistration, platform.registration_id)
        row.state = RegistrationState.INACTIVE
    gone = send(client, platform, notice(platform))

    assert (off[0], off[1]["refused"][0]["reason"]) == (403, "deployment-inactive")
    assert (gone[0], gone[1]["refused"][0]["reason"]) == (403, "registration-inactive")
    assert kept(database) == []


BODIES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "notices-malformed"),
    "no JSON": (b"notices", "notices-malformed"),
    "a list": (b"[]", "notices-malformed"),
    "no notice": (b'{"notices": []}', "notices-malformed"),
    "an object": (b'{"notices": {"jwt": "x"}}', "notices-malformed"),
    "without bottom": (b"[" * 200_000, "notices-malformed"),
    "too many": (json.dumps({"notices": [{}] * 101}).encode(), "notices-too-many"),
    "too large": (b" " * 1_000_001, "notices-too-large"),
    "no text": (b'\xff\xfe{"notices"', "notices-malformed"),
}


def test_what_is_no_batch_is_refused_as_a_whole(
    client: Visitor, app: Flask, database: Database
) -> None:
    got = {name: post(client, body) for name, (body, _) in BODIES.items()}

    wanted = {name: reason for name, (_, reason) in BODIES.items()}
    assert {name: answer[1]["reason"] for name, answer in got.items()} == wanted
    assert {answer[0] for answer in got.values()} == {400, 413}
    assert kept(database) == []
