"""The demo LMS answers as the recorded Moodle did.

It reads no recording: each situation is built through its state, the recorded request is
sent, and answer and gradebook are compared.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti.demo_lms import Lms, create_platform
from lti.demo_lms.families.moodle.addresses import services
from lti.demo_lms.school import AccessToken
from lti.demo_lms.tools import LINE_ITEM_READ, SCORE
from tests import recorded_moodle, sample_tool
from tests.recordings import assertion_parts, body_of, load, names, replay, steady

FAMILY = "moodle-4.5"
SERVICES = [
    f"services/{kind}" for kind in ("token", "lineitems", "lineitem", "nrps", "results")
]
NOT_APPLIED = {
    "services/lineitems/get_all_in_copied_course": (
        "lists what deep linking and four later recordings left in the course"
    ),
}
BEFORE = {
    "services/lineitem/get_after_put": ["services/lineitem/put_standalone"],
    "services/lineitem/get_after_put_coupled": ["services/lineitem/put_coupled"],
    "services/lineitem/get_after_put_other_resource_link": [
        "services/lineitem/put_other_resource_link"
    ],
    "services/lineitem/delete_again": ["services/lineitem/delete_standalone"],
    "services/lineitem/get_after_delete": ["services/lineitem/delete_standalone"],
    "services/lineitems/get_after_post_dates": ["services/lineitems/post_dates"],
}
POSTED = {
    "services/lineitems/post_with_resource_link": 8,
    "services/lineitems/post_with_resource_link_no_column": 9,
    "services/lineitems/post_standalone": 10,
    "services/lineitems/post_again_same_resource_id": 11,
    "services/lineitems/post_dates": 12,
    "services/lineitems/get_after_post_dates": 12,
    "services/lineitems/post_zero_maximum": 13,
}
"""The last column that the tool had posted before; 10 where a file is not named."""
HTML_PAGES = ("services/results/get_limit_1", "services/scores/user_id_not_numeric")


def situation(name: str) -> tuple[Lms, FlaskClient]:
    parameters = load(FAMILY, recorded_moodle.PARAMETERS)["activity_custom_parameters"]
    listing = name.startswith("services/lineitems/")
    lms = recorded_moodle.build(parameters=parameters, later=not listing)
    standalone = (
        name.startswith("services/lineitem/") and "11" in load(FAMILY, name)["request"]["url"]
    )
    recorded_moodle.add_posted_columns(lms, up_to=POSTED.get(name, 11 if standalone else 10))
    if name.endswith("one_suspended"):
        lms.suspend("ben")
    return lms, create_platform(lms).test_client()


def token_for(lms: Lms, name: str) -> str:
    if "bad_token" in name:
        return "no-such-token"
    scopes = lms.tool().scopes
    if "wrong_scope" in name:
        scopes = [SCORE if "nrps" in name else LINE_ITEM_READ]
    tool = lms.tool("private") if "all_privacy_off" in name else lms.tool()
    life = timedelta(hours=-1 if "expired_token" in name else 1)
    expires = (lms.now() + life).timestamp()
    lms.school.tokens.append(AccessToken("t" * 32, tool.client_id, scopes, expires))
    return "t" * 32


def check(name: str, answer: TestResponse) -> None:
    expected = load(FAMILY, name)["response"]
    status, _, reason = answer.status.partition(" ")
    assert int(status) == expected["status"]
    assert answer.headers["Content-Type"] == expected["headers"]["Content-Type"]
    if name in HTML_PAGES:
        return
    assert reason == expected["reason"]
    assert answer.headers.get("Link") == expected["headers"].get("Link")
    ours, recorded = body_of(answer), steady(expected.get("body_json", expected["body"]))
    if name.startswith("services/results/") and isinstance(recorded, list):
        # Moodle reads them without an order.
        ours, recorded = (sorted(body, key=lambda r: r["userId"]) for body in (ours, recorded))
    assert ours == recorded


@pytest.mark.parametrize(
    "name",
    [n for n in names(FAMILY, *SERVICES[1:]) if n not in NOT_APPLIED]
    + ["services/token/use_expired_token"],
)
def test_services_answer_as_recorded(name: str) -> None:
    lms, client = situation(name)
    with time_machine.travel(recorded_moodle.CLOCK, tick=False):
        token = token_for(lms, name)
        if name.startswith("services/results/"):
            put_results_in_place(lms, name)
        for earlier in BEFORE.get(name, []):
            assert replay(client, load(FAMILY, earlier)["request"], token).status_code < 300
        check(name, replay(client, load(FAMILY, name)["request"], token))


def put_results_in_place(lms: Lms, name: str) -> None:
    """The grades that the recorded answer tells of, and those of others beside them."""
    lms.line_item(15).maximum = 40
    lms.add_line_item("Overridden by the teacher", 40, id=16, own_activity=1, link=1)
    answered = load(FAMILY, name)["response"].get("body_json")
    if not isinstance(answered, list) or "user_id" in load(FAMILY, name)["request"]["url"]:
        lms.set_grade(15, "ben", 1, at=recorded_moodle.CLOCK)
    if name.endswith("get_after_pending"):
        lms.set_grade(15, "ben", None)
    for entry in answered if isinstance(answered, list) else []:
        at = entry.get("timestamp")
        item = 16 if "/16/" in entry["id"] else 15
        lms.set_grade(
            item,
            entry["userId"],
            entry.get("resultScore"),
            feedback=entry.get("comment"),
            at=datetime.fromisoformat(at) if at else recorded_moodle.CLOCK,
        )


@pytest.mark.parametrize("name", names(FAMILY, "services/scores"))
def test_scores_do_to_the_gradebook_what_was_recorded(name: str) -> None:
    recording = load(FAMILY, name)
    lms, client = situation(name)
    item_id = int(recording["request"]["url"].split("/lineitems/")[1].split("/")[0])
    person = str(recording["request"]["body_json"]["userId"])
    prepare_column(lms, item_id, recording)
    if name.endswith("suspended_student"):
        lms.suspend("ben")
    with time_machine.travel(recorded_moodle.CLOCK, tick=False):
        check(name, replay(client, recording["request"], token_for(lms, name)))

    assert row(lms, item_id, person) == expected_row(recording["gradebook_after"])


def prepare_column(lms: Lms, item_id: int, recording: dict[str, Any]) -> None:
    before = recording["gradebook_before"]
    if recording["response"]["status"] == 404:
        return
    if lms.find_line_item(item_id) is None:
        own = None if item_id == 11 else 1
        lms.add_line_item("Column", 20, id=item_id, own_activity=own, link=own)
    item = lms.line_item(item_id)
    item.maximum = (before or recording["gradebook_after"] or {"item_max": 40})["item_max"]
    item.locked = "onto_locked" in str(recording["about"]) or item_id == 17
    if before is not None:
        time = before["timemodified"]
        grade = lms.set_grade(
            item,
            str(recording["request"]["body_json"]["userId"]),
            before["final"],
            feedback=before["feedback"],
            at=datetime.fromisoformat(time) if time else None,
        )
        grade.raw, grade.overridden = before["raw"], before["overridden"]


def row(lms: Lms, item_id: int, person: str) -> dict[str, Any] | None:
    found = lms.find_person(person)
    grade = lms.find_grade(item_id, found.id) if found else None
    if grade is None:
        return None
    return {
        "raw": grade.raw,
        "final": grade.final,
        "feedback": grade.feedback,
        "timemodified": (
            grade.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            if grade.modified
            else None
        ),
        "overridden": grade.overridden,
    }


def expected_row(recorded: dict[str, Any] | None) -> dict[str, Any] | None:
    if recorded is None:
        return None
    kept = ("raw", "final", "feedback", "timemodified", "overridden")
    return {name: recorded[name] for name in kept}


@pytest.mark.parametrize(
    "name",
    [n for n in names(FAMILY, "services/token") if not n.endswith("use_expired_token")],
)
def test_tokens_are_given_and_refused_as_recorded(name: str) -> None:
    recording = load(FAMILY, name)
    lms, client = situation(name)
    form = dict(recording["request"]["form"])
    time = recorded_moodle.CLOCK
    if "client_assertion" in form:
        header, claims = assertion_parts(form["client_assertion"])
        key = sample_tool.OTHER_KEY if name.endswith("bad_signature") else sample_tool.KEY
        form["client_assertion"] = sample_tool.signed(claims, key, header.get("kid"))
        ahead = {"error_iat_in_future": -30, "error_expired": 120}.get(name.split("/")[-1], 0)
        time = datetime.fromtimestamp(claims["iat"] + ahead, UTC)
    with time_machine.travel(time, tick=False):
        answer = replay(client, {**recording["request"], "form": form})

    expected = recording["response"]
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        expected["status"],
        expected["headers"]["Content-Type"],
    )
    body = body_of(answer)
    if answer.status_code == 200:
        body["access_token"] = expected["body_json"]["access_token"]
    assert body == expected.get("body_json", expected["body"])


def test_public_keys_have_the_recorded_form() -> None:
    recording = load(FAMILY, "jwks")
    _, client = situation("services/nrps/all")

    answer = client.get("/mod/lti/certs.php")

    assert answer.headers["Content-Type"] == recording["response"]["headers"]["Content-Type"]
    (recorded,) = json.loads(recording["response"]["body"])["keys"]
    (ours,) = answer.get_json()["keys"]
    assert ours.keys() == recorded.keys()
    assert {n: v for n, v in ours.items() if n != "n"} == {
        n: v for n, v in recorded.items() if n != "n"
    }


def test_files_left_out_exist() -> None:
    assert set(NOT_APPLIED) <= set(names(FAMILY, *SERVICES))
    assert services(Lms("http://x")).startswith("http://x/")
