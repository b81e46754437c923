"""The demo LMS takes subscriptions to notices as Canvas's documentation says Canvas does."""

import pytest
import time_machine

from lti.demo_lms import create_platform
from lti.demo_lms.families.canvas.token import access_token
from tests import documented_canvas as canvas
from tests.recordings import assert_like, body_of, load, names, replay

NOT_APPLIED = {
    "error_other_tool": "the other tool of the files has the same deployment number",
    "get_handlers": "compared after the handler was set, below",
    "notice_context_copy": "replayed against the tool in test_documented_notices",
    "notice_context_copy_no_origin": "replayed against the tool in test_documented_notices",
    "notice_hello_world": "replayed against the tool in test_documented_notices",
}
ASKED = ("put_handler", "put_remove", "error_bad_handler", "error_not_found", "error_scope",
         "error_unknown_type")  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_handlers_are_set_and_refused_as_documented(name: str) -> None:
    recording, lms = load("canvas", f"services/pns/{name}"), canvas.build()
    if name == "error_not_found":
        recording["request"]["url"] = recording["request"]["url"].replace("/106", "/107")
    scopes = lms.tool().scopes if name != "error_scope" else lms.tool().grade_scopes
    client = create_platform(lms).test_client()
    with time_machine.travel(canvas.CLOCK, tick=False):
        answer = replay(client, recording["request"], access_token(lms, lms.tool(), scopes))

    assert answer.status_code == recording["response"]["status"]
    assert_like(recording["response"]["body_json"], body_of(answer))


def test_the_catalogue_shows_what_is_set() -> None:
    recording, lms = load("canvas", "services/pns/get_handlers"), canvas.build()
    put = load("canvas", "services/pns/put_handler")["request"]
    client = create_platform(lms).test_client()
    with time_machine.travel(canvas.CLOCK, tick=False):
        token = access_token(lms, lms.tool(), lms.tool().scopes)
        replay(client, put, token)
        answer = replay(client, recording["request"], token)

    assert body_of(answer) == recording["response"]["body_json"]


def test_every_file_is_compared_or_left_out_for_a_reason() -> None:
    found = {name.rpartition("/")[2] for name in names("canvas", "services/pns")}
    assert found == {*NOT_APPLIED, *ASKED}
