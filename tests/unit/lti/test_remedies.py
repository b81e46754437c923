"""What helps, told from the recorded and documented words of both families."""

import json
from pathlib import Path

import pytest
from requests.structures import CaseInsensitiveDict

from lti import answers
from lti.desk import granted
from lti.self_test import remedies

FIXTURES = Path(__file__).parents[2] / "fixtures"
EXPECTED = {
    "canvas/services/token/error_bad_audience": "audience",
    "canvas/services/token/error_bad_signature": "our-keys",
    "canvas/services/token/error_expired": "clocks",
    "canvas/services/token/error_iat_in_future": "clocks",
    "canvas/services/token/error_key_set_not_json": "reads-no-keys",
    "canvas/services/token/error_scope_not_granted": "scope",
    "canvas/services/token/error_unknown_client": "client-unknown",
    "moodle-4.5/services/token/error_bad_kid": "our-keys",
    "moodle-4.5/services/token/error_bad_signature": "our-keys",
    "moodle-4.5/services/token/error_expired": "clocks",
    "moodle-4.5/services/token/error_iat_in_future": "clocks",
    "moodle-4.5/services/token/error_no_kid": "our-keys",
    "moodle-4.5/services/token/error_unknown_client": "client-unknown",
    "moodle-4.5/services/token/error_unknown_scope": "scope",
}


@pytest.mark.parametrize(("name", "remedy"), EXPECTED.items())
def test_an_lms_that_refuses_a_token(name: str, remedy: str) -> None:
    recorded = json.loads((FIXTURES / f"{name}.json").read_text())["response"]
    body = recorded.get("body") or json.dumps(recorded["body_json"])
    answer = answers.Answer(recorded["status"], CaseInsensitiveDict(), body.encode(), "")
    assert remedies.of_token_answer(answer) == remedy
    assert remedy in remedies.REMEDIES


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [
        (answers.ForbiddenAddress("leads to a private address"), "private-address"),
        (answers.TimedOut("did not answer in time"), "address"),
        (answers.NotJson("answered something that is not JSON"), "wrong-address"),
        (answers.TooLarge("answered more than 10 bytes"), "look-again"),
    ],
)
def test_an_address_that_fails(fault: answers.PlatformFault, remedy: str) -> None:
    assert remedies.of_fault(fault) == remedies.of_service(fault) == remedy


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, "no-header"), (403, "no-permission"), (404, "gone"), (500, "lms-broken")],
)
def test_a_service_that_refuses_our_token(status: int, remedy: str) -> None:
    answer = answers.Answer(status, CaseInsensitiveDict(), b"", "")
    assert remedies.of_service(answers.BadStatus(answer)) == remedy


def test_what_is_granted_is_said_in_words() -> None:
    found = granted.of_scopes(["https://purl.imsglobal.org/spec/lti-ags/scope/score"])
    assert (found.words, found.words_missing) == ("Grades", "Roster, columns, results")
    assert not granted.of_scopes([]).is_known
