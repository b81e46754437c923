"""The demo LMS launches as Canvas is documented to: claims, forms and refusals."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from lti.demo_lms import Lms, launching
from lti.demo_lms.forms import ErrorPage, FormPost
from tests import documented_canvas as canvas
from tests import sample_tool
from tests.recordings import load, names, steady

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
PLACEMENT = "https://www.instructure.com/placement"
VOLATILE = ("nonce", "iat", "exp")
NOT_APPLIED = {
    "account_navigation_admin": "the demo has courses only, no account page",
    "assignment_student_old_members": "an older Canvas",
    "assignment_ta_lower_case_sub_role": "an older Canvas",
    "custom_substitutions_student": "asks for terms, sections and dates that the demo has not",
    "speedgrader_submission_teacher_with_link": "needs homework submissions by deep linking",
    "login_initiation": "its variants are other hosts; the form is checked with each launch",
    "lti_storage_target": "a description; the field is checked with each launch",
}
SHORT = [name.split("/")[-1] for name in names("canvas", "launches")]
ERRORS = [name for name in SHORT if name.startswith("error_")]
LAUNCHES = [name for name in SHORT if name not in (*NOT_APPLIED, *ERRORS)]
FURTHER_CUSTOM = {
    "full_name": "$Person.name.full",
    "observees": "$com.instructure.User.observees",
    "student_view": "$com.instructure.User.student_view",
    "masquerading_sub": "$Canvas.masqueradingUser.userId",
    "module_id": "$Canvas.module.id",
    "module_item_id": "$Canvas.moduleItem.id",
}


def situation(name: str) -> Lms:
    lms = canvas.build()
    claims = load("canvas", f"launches/{name}").get("claims", {})
    add_link(lms, claims)
    custom = claims.get(CLAIM + "custom", {})
    extra = {key: text for key, text in FURTHER_CUSTOM.items() if key in custom}
    lms.tool().custom |= extra
    if name.startswith("privacy_"):
        level = name.removeprefix("privacy_").removesuffix("_no_sis_ids")
        canvas.set_privacy(lms, level)
    if name == "assignment_observer_linked":
        lms.person("grace").observes = [2041]
    if custom.get("due_at", "").startswith("$"):
        lms.activity("case").due_at = ""
    return lms


def add_link(lms: Lms, claims: dict[str, Any]) -> None:
    custom = claims.get(CLAIM + "custom", {})
    modules = {"$Canvas.module.id": 310, "$Canvas.moduleItem.id": custom.get("module_item_id")}
    if claims.get(PLACEMENT) == "course_navigation":
        target = claims[CLAIM + "target_link_uri"]
        lms.add_activity(
            "case", "In the navigation", kind="course_navigation", maximum=None,
            target_link_uri=target,
        )  # fmt: skip
    elif claims.get(CLAIM + "resource_link", {}).get("title") == "Week 3 reading":
        lms.add_activity(
            "case", "Week 3 reading", kind="module_item", maximum=None, variables=modules,
            uuid=claims[CLAIM + "resource_link"]["id"], custom={"listing": "78"},
            target_link_uri=claims[CLAIM + "target_link_uri"],
        )  # fmt: skip
    else:
        canvas.add_assignment(lms, variables=modules if "module_id" in custom else {})


def begin(lms: Lms, name: str, claims: dict[str, Any]) -> FormPost:
    custom = claims[CLAIM + "custom"]
    acting = custom.get("masquerading_user_id", "$")
    from_grader = name.startswith("speedgrader")
    return launching.begin(
        lms,
        claims.get("sub"),
        "case",
        acting_person=None if acting.startswith("$") else acting,
        from_grader=from_grader,
        target=claims[CLAIM + "target_link_uri"] if from_grader else "",
        mobile=name.endswith("mobile_app"),
    )


def comparable(claims: dict[str, Any]) -> dict[str, Any]:
    return {n: v for n, v in steady(claims).items() if n not in VOLATILE}


@pytest.mark.parametrize("name", LAUNCHES)
def test_claims_are_the_documented_ones(name: str) -> None:
    payload = load("canvas", f"launches/{name}")
    lms, claims = situation(name), payload["claims"]
    with time_machine.travel(datetime.fromtimestamp(claims["iat"], UTC), tick=False):
        form = begin(lms, name, claims)
        answer = launching.authorize(lms, sample_tool.request_for(lms, form))

    ours = sample_tool.claims_of(lms, answer)
    assert comparable(ours) == comparable(claims)
    assert (ours["iat"], ours["exp"]) == (claims["iat"], claims["exp"])
    assert isinstance(answer, FormPost)
    assert answer.url == payload["posted_to"]
    assert answer.fields.keys() == {"id_token", *payload["form_fields"]}


@pytest.mark.parametrize("name", LAUNCHES)
def test_the_login_form_is_the_documented_one(name: str) -> None:
    payload = load("canvas", f"launches/{name}")
    form = begin(situation(name), name, payload["claims"])

    hints = {"lti_message_hint"} | ({"login_hint"} if "no_user" in name else set())
    documented = payload["login_initiation"]
    assert form.url == documented["url"]
    assert form.fields.keys() == documented["form"].keys()
    assert {n: v for n, v in form.fields.items() if n not in hints} == {
        n: v for n, v in documented["form"].items() if n not in hints
    }


@pytest.mark.parametrize("name", ERRORS)
def test_an_authentication_request_is_refused_as_documented(name: str) -> None:
    payload = load("canvas", f"launches/{name}")
    lms = situation(name)
    form = launching.begin(lms, "dana", "case")
    request = sample_tool.request_for(lms, form)
    match name:
        case "error_launch_no_longer_valid":
            launching.authorize(lms, request)
        case "error_login_required":
            request["login_hint"] = lms.person("maria").legacy_id
        case "error_missing_parameters":
            del request["nonce"], request["prompt"]
        case "error_scope":
            request["scope"] = "openid profile"
        case "error_unauthorized_client":
            lms.tool().active = False
        case "error_page_bad_hint":
            request["lti_message_hint"] = "nonsense"
        case "error_page_bad_redirect_uri":
            request["redirect_uri"] = "https://tool.example.edu/elsewhere"

    answer = launching.authorize(lms, request)

    if "response" in payload:
        assert answer == ErrorPage(
            payload["response"]["status"], payload["response"]["body_contains"]
        )
    else:
        assert answer == FormPost(payload["posted_to"], payload["form_fields"])


def test_after_an_error_the_same_login_still_works() -> None:
    lms = situation("assignment_student")
    request = sample_tool.request_for(lms, launching.begin(lms, "dana", "case"))
    refused = launching.authorize(lms, request | {"login_hint": "another"})

    assert isinstance(refused, FormPost)
    assert refused.fields["error"] == "login_required"
    assert sample_tool.claims_of(lms, launching.authorize(lms, request))["nonce"] == "nonce-1"


def test_files_left_out_exist() -> None:
    assert set(NOT_APPLIED) <= set(SHORT)
