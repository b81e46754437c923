"""Dynamic registration, replayed from recorded Moodle and documented Canvas."""

import json
from typing import Any

import pytest
import responses

from careerlink.config import Settings
from careerlink.db import Database
from lti.models import DeploymentState, Family, RegistrationState
from tests.factories.registering import MOODLE, TOKEN, Registering, recorded
from tests.pages import Visitor
from tests.recordings import names

TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
CANVAS = "https://canvas.instructure.com/lti/"
HOST = "careerlink.example.edu"
REPLIES = ("registration_reply", "registration_reply_no_deployment")
REJECTED = {
    ("moodle-4.5", "rejected_auth_method"): "platform-refused",
    ("moodle-4.5", "rejected_bad_signature"): "registration-token-refused",
    ("moodle-4.5", "rejected_domain_mismatch"): "platform-refused",
    ("moodle-4.5", "rejected_no_client_name"): "platform-refused",
    ("moodle-4.5", "rejected_no_domain"): "platform-refused",
    ("moodle-4.5", "rejected_no_jwks_uri"): "platform-refused",
    ("moodle-4.5", "rejected_no_token"): "registration-token-refused",
    ("moodle-4.5", "token_reuse"): "registration-token-used",
}
CANVAS_ERRORS = {
    "scope that Canvas does not know": "platform-refused",
    "required member missing, for example target_link_uri": "platform-refused",
    "token used before (newest)": "registration-token-used",
    "token without the expected contents": "registration-token-refused",
    "account gone": "registration-token-refused",
}
REPLAYED = {
    "moodle-4.5": {"accepted", "openid_configuration", "start_redirect", "update_accepted"},
    "canvas": {
        "initiation", "openid_configuration", "openid_configuration_errors",
        "registration_errors", "registration_reply", "registration_reply_no_deployment",
        "registration_request", "developer_key_configuration", "close_message",
    },
}  # fmt: skip
NOT_APPLIED = {
    "moodle-4.5/second_tool_same_domain": "a page of Moodle's own: the tool is not asked",
    "moodle-4.5/update_get": "an update posts the whole, so nothing has to be read first",
}


@pytest.fixture
def canvas(
    app: object, database: Database, settings: Settings, network: responses.RequestsMock
) -> Registering:
    found = Registering(network, database, settings, "canvas")
    found.serve()
    return found


def test_moodle_registers_and_waits(moodle: Registering, client: Visitor) -> None:
    path = moodle.invite()
    assert "moodle" in recorded("moodle-4.5", "start_redirect")["about"].lower()

    client.raw.head(moodle.opened(path))
    assert moodle.posted() == []
    done = client.get(moodle.opened(path))

    ancestors = done.response.headers["Content-Security-Policy"].partition("frame-ancestors")[2]
    assert MOODLE in ancestors
    assert (done.page_id, "registered.js" in done.html) == ("registration.done", True)
    assert "approve" in done.text
    (request,) = moodle.posted()
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    told = json.loads(request.body)
    assert told[TOOL]["domain"] == HOST
    assert {m["type"] for m in told[TOOL]["messages"]} == {
        "LtiResourceLinkRequest",
        "LtiDeepLinkingRequest",
    }
    row = moodle.only()
    assert (row.client_id, row.state) == (moodle.reply["client_id"], RegistrationState.PENDING)
    assert (row.issuer, row.family) == (MOODLE, Family.MOODLE)
    assert set(row.scopes) == set(moodle.reply["scope"].split())
    assert moodle.deployments() == [("1", DeploymentState.ACTIVE)]
    assert moodle.verbs() == [
        "lti_registration_invitation:issue",
        "lti_registration:add",
        "lti_deployment:approve",
        "lti_registration_invitation:use",
    ]


def test_what_moodle_is_sent_holds_all_that_it_took_from_another_tool(
    moodle: Registering, client: Visitor
) -> None:
    moodle.register(client, moodle.invite())

    accepted = recorded("moodle-4.5", "accepted")["request"]["body_json"]
    ours = json.loads(moodle.posted()[0].body)
    optional = {"contacts", "tos_uri", "policy_uri"}
    assert accepted.keys() - ours.keys() <= optional
    assert accepted[TOOL].keys() == ours[TOOL].keys()
    for name in ("response_types", "grant_types", "token_endpoint_auth_method"):
        assert ours[name] == accepted[name]
    assert set(ours["scope"].split()) <= set(moodle.document["scopes_supported"])
    assert set(ours[TOOL]["claims"]) == set(accepted[TOOL]["claims"])


@pytest.mark.parametrize("reply", REPLIES)
def test_canvas_registers_and_shows_its_account(
    canvas: Registering, client: Visitor, reply: str
) -> None:
    canvas.reply = recorded("canvas", reply)["response"]["body_json"]
    canvas.serve()

    around = {"Referer": "https://learn.crestwood.example/accounts/1"}
    done = client.get(canvas.opened(canvas.invite()), headers=around)
    assert done.page_id == "registration.done"
    # A school may show Canvas under a name of its own, which no document tells.
    assert "https://learn.crestwood.example" in done.response.headers["Content-Security-Policy"]

    assert canvas.network.calls[0].request.headers["Authorization"] == f"Bearer {TOKEN}"
    documented = recorded("canvas", "registration_request")["request"]["body_json"]
    ours = json.loads(canvas.posted()[0].body)
    assert ours.keys() == documented.keys()
    assert ours[TOOL].keys() == documented[TOOL].keys()
    assert ours[TOOL][f"{CANVAS}privacy_level"] == "public"
    assert ours["scope"] == documented["scope"]
    places = {place for m in ours[TOOL]["messages"] for place in m["placements"]}
    assert {"course_navigation", "assignment_selection", "editor_button"} <= places
    row = canvas.only()
    assert (row.name, row.account_name) == ("Crestwood State University",) * 2
    assert row.account_guid.endswith(":canvas-lms")
    assert "https://crestwood.instructure.com" in row.frame_origins
    named = canvas.reply.get("deployment_id")
    assert [d for d, _ in canvas.deployments()] == ([named] if named else [])


def test_a_platform_of_no_known_family_registers_by_the_specification(
    moodle: Registering, client: Visitor
) -> None:
    for name in ("scopes_supported", "claims_supported"):
        del moodle.document[name]
    moodle.document = {n: v for n, v in moodle.document.items() if "platform-conf" not in n}
    moodle.reply = {"client_id": "c-1"}
    moodle.serve()

    moodle.register(client, moodle.invite())

    row = moodle.only()
    assert (row.family, row.client_id, row.name) == (Family.OTHER, "c-1", "moodle.example.edu")
    assert len(row.scopes) == 4


def test_a_refusal_of_the_platform_keeps_nothing_and_the_address_works(
    moodle: Registering, client: Visitor
) -> None:
    path = moodle.invite()
    answers = [
        (recorded(family, name)["response"], code) for (family, name), code in REJECTED.items()
    ]
    documented = recorded("canvas", "registration_errors")["cases"]
    answers += [(case["response"], CANVAS_ERRORS[case["when"]]) for case in documented]
    assert {case["when"] for case in documented} == set(CANVAS_ERRORS)
    for answer, code in answers:
        body = answer.get("body") or json.dumps(answer.get("body_json", ""))
        moodle.serve(status=answer["status"], body=body)
        status = {"registration-token-used": 409, "registration-token-refused": 403}.get(
            code, 422
        )
        page = moodle.register(client, path, status=status)
        assert page.reason == code, answer
    assert moodle.registrations() == []
    assert moodle.open_invitations() == 1

    moodle.serve()
    assert moodle.register(client, path).page_id == "registration.done"


def test_canvas_s_refusals_of_its_document_are_told(
    canvas: Registering, client: Visitor
) -> None:
    path = canvas.invite()
    for case in recorded("canvas", "openid_configuration_errors")["cases"]:
        if not isinstance(case["response"]["status"], int):
            continue
        canvas.network.reset()
        canvas.network.get(
            canvas.configuration_url,
            status=case["response"]["status"],
            json=case["response"]["body_json"],
        )
        page = client.get(canvas.opened(path), status=400)
        assert page.reason == "configuration-refused"


def test_an_update_keeps_the_one_registration(moodle: Registering, client: Visitor) -> None:
    moodle.register(client, moodle.invite())
    updated = recorded("moodle-4.5", "update_accepted")
    moodle.reply = updated["response"]["body_json"]
    moodle.serve()

    moodle.register(client, moodle.invite())

    assert moodle.only().client_id == moodle.reply["client_id"]
    assert len(moodle.deployments()) == 1


def test_canvas_s_developer_key_is_the_documented_one(client: Visitor, app: object) -> None:
    documented = recorded("canvas", "developer_key_configuration")["configuration"]

    response = client.raw.get("/lti/canvas.json")

    ours: dict[str, Any] = response.get_json()
    assert ours.keys() == documented.keys()
    assert ours["scopes"] == documented["scopes"]
    assert ours["public_jwk_url"] == f"https://{HOST}/lti/jwks.json"
    (extension,) = ours["extensions"]
    assert extension.keys() == documented["extensions"][0].keys()
    places = {place["placement"] for place in extension["settings"]["placements"]}
    assert places >= {
        p["placement"] for p in documented["extensions"][0]["settings"]["placements"]
    }
    assert client.raw.get("/lti/icon.svg").headers["Cross-Origin-Resource-Policy"] == (
        "cross-origin"
    )


def test_every_recording_is_replayed_or_left_out_for_a_reason() -> None:
    for family in ("moodle-4.5", "canvas"):
        known = {f"{family}/{name}" for name in REPLAYED[family]}
        known |= {f"{f}/{name}" for f, name in REJECTED if f == family}
        known |= {name for name in NOT_APPLIED if name.startswith(family)}
        assert known == {
            f"{family}/{name.rpartition('/')[2]}" for name in names(family, "registration")
        }
