"""What Canvas documents of notices, replayed; and asking platforms for them."""

import json
from datetime import timedelta
from typing import Any

import pytest
import responses
import time_machine
from flask import Flask
from sqlalchemy import select

from careerlink import clock as clock_now
from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.models import Course
from careerlink.db import Database
from lti.models import LtiDeployment
from tests.factories.lti import LEARNER, LTI, PUBLIC_URL, Platform
from tests.factories.notices import COPY, HELLO, kept, notice, send
from tests.pages import Visitor
from tests.recordings import load, names

EXCHANGES = {
    "error_bad_handler": "our handler is always our own address",
    "error_not_found": "covered by error_scope: any refusal is noted alike",
    "error_other_tool": "covered by error_scope: any refusal is noted alike",
    "get_handlers": "we ask for nothing that we set ourselves",
    "put_remove": "a tool that is removed there has no handler left",
}
"""Documented files that do not apply, and why."""
NOTICES = ("notice_context_copy", "notice_context_copy_no_origin", "notice_hello_world")
ANSWERS = ("put_handler", "error_scope", "error_unknown_type")


def test_every_documented_file_is_replayed_or_left_out_for_a_reason() -> None:
    found = {name.rpartition("/")[2] for name in names("canvas", "services/pns")}
    assert found == {*EXCHANGES, *NOTICES, *ANSWERS}


def test_the_documented_notices_are_taken(
    client: Visitor,
    app: Flask,
    database: Database,
    settings: Settings,
    network: responses.RequestsMock,
) -> None:
    recorded = [load("canvas", f"services/pns/{name}") for name in NOTICES]
    claims = recorded[0]["claims"]
    canvas = Platform(
        issuer=claims["iss"],
        client_id=claims["aud"],
        deployment_id=claims[f"{LTI}deployment_id"],
        kid=recorded[0]["jwt_header"]["kid"],
    ).register(database)
    canvas.serve_keys(network)
    now = int(clock_now.now().timestamp())
    ours = [{**one["claims"], "iat": now, "exp": now + 3600} for one in recorded]
    # Both documents of a copy have one id: that they are two is what is tried here.
    for number, one in enumerate(ours):
        one[f"{LTI}notice"] = {**one[f"{LTI}notice"], "id": f"recorded-{number}"}
        one["nonce"] = f"recorded-{number}"

    status, answer = send(client, canvas, *ours)

    assert (status, answer["accepted"]) == (200, 3)
    assert [one.origins for one in kept(database)] == [
        claims[f"{LTI}origin_contexts"],
        [],
        [],
    ]
    while worker.send_next(database, settings):
        pass
    with database.read() as session:
        assert session.scalars(select(LtiDeployment)).one().notices_confirmed_at is not None


SERVICE = {
    f"{LTI}platformnotificationservice": load("canvas", "launches/course_navigation_teacher")[
        "claims"
    ][f"{LTI}platformnotificationservice"]
}
ADDRESS = SERVICE[f"{LTI}platformnotificationservice"]["platform_notification_service_url"]


def asked(network: responses.RequestsMock) -> list[Any]:
    return [
        json.loads(c.request.body or "") for c in network.calls if c.request.method == "PUT"
    ]


@pytest.mark.parametrize("name", ANSWERS)
def test_a_launch_asks_for_notices_once_and_a_no_stands(
    name: str,
    client: Visitor,
    platform: Platform,
    database: Database,
    settings: Settings,
    network: responses.RequestsMock,
    monkeypatch: pytest.MonkeyPatch,
    clock: time_machine.Traveller,
) -> None:
    monkeypatch.setattr("lti.tokens.access_token", lambda *_, **__: "token")
    answer = load("canvas", f"services/pns/{name}")["response"]
    network.put(ADDRESS, json=answer["body_json"], status=answer["status"])

    for _ in range(2):
        platform.launch(client, platform.claims(**SERVICE))
        while worker.send_next(database, settings):
            pass

    with database.read() as session:
        found = session.scalars(select(LtiDeployment)).one()
    handler = f"{PUBLIC_URL}/lti/notices"
    wanted = [{"notice_type": kind, "handler": handler} for kind in (COPY, HELLO)]
    if name == "put_handler":
        assert asked(network) == wanted
        assert (found.notices_problem, found.notices_set_at is None) == ("", False)
        return
    # A refused token is renewed once; nothing is asked a third time.
    assert asked(network) == wanted[:1] * (2 if answer["status"] == 401 else 1)
    assert found.notices_problem == f"The LMS answered {answer['status']}."
    clock.shift(timedelta(days=31))
    network.replace(responses.GET, platform.jwks_url, json=platform.key_set())
    platform.launch(client, platform.claims(**SERVICE))
    with database.read() as session:
        assert session.scalars(select(LtiDeployment)).one().notices_problem == ""


def test_a_copy_is_known_whether_its_notice_or_its_launch_comes_first(
    client: Visitor, platform: Platform, database: Database, settings: Settings
) -> None:
    platform.launch(client)
    send(client, platform, notice(platform))
    later = notice(platform, number=2) | {f"{LTI}context": {"id": "course-3"}}
    for number in (2, 3):
        place = {"id": f"course-{number}", "label": f"B{number}", "title": "Spring"}
        platform.launch(client, platform.claims(LEARNER, **{f"{LTI}context": place}))
    send(client, platform, later)
    while worker.send_next(database, settings):
        pass

    with database.read() as session:
        courses = session.scalars(select(Course).order_by(Course.id)).all()
    assert [one.copied_from_id for one in courses] == [None, courses[0].id, courses[0].id]
