"""Dynamic registration at the demo LMS, held to recorded Moodle and documented Canvas."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from flask.testing import FlaskClient

from lti.demo_lms import Lms, create_platform, registration
from tests import documented_canvas, recorded_moodle, sample_tool
from tests.recordings import load, names

MOODLE, FOLDER = "moodle-4.5", "registration"
TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
REJECTED = [n.split("/")[-1] for n in names(MOODLE, FOLDER) if "/rejected_" in n]
NOT_APPLIED = {
    "second_tool_same_domain": "the demo does not offer to update a registration",
    "update_accepted": "the same",
    "update_get": "the same",
}


@pytest.fixture
def lms() -> Lms:
    lms = recorded_moodle.build()
    lms.school.tools.clear()
    return lms


@pytest.fixture
def client(lms: Lms) -> FlaskClient:
    return create_platform(lms).test_client()


def token_of(lms: Lms) -> str:
    url = registration.start(lms, "http://localhost:9002/lti/register")
    return parse_qs(urlsplit(url).query)["registration_token"][0]


def post(client: FlaskClient, url: str, body: dict[str, Any], token: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post(urlsplit(url).path, json=body, headers=headers)


def test_the_tool_is_opened_with_configuration_and_token(lms: Lms) -> None:
    recorded = load(MOODLE, f"{FOLDER}/start_redirect")["response"]["headers"]["Location"]
    ours = registration.start(lms, "http://localhost:9002/lti/register")

    theirs, mine = parse_qs(urlsplit(recorded).query), parse_qs(urlsplit(ours).query)
    assert urlsplit(ours).path == urlsplit(recorded).path
    assert mine.keys() == theirs.keys()
    assert mine["openid_configuration"] == theirs["openid_configuration"]
    claims = jwt.decode(mine["registration_token"][0], options={"verify_signature": False})
    assert (claims["scope"], claims["exp"] - claims["iat"]) == ("reg", 3600)


def test_moodle_s_configuration_is_the_recorded_one(client: FlaskClient) -> None:
    recorded = load(MOODLE, f"{FOLDER}/openid_configuration")["response"]["body_json"]
    ours = client.get("/mod/lti/openid-configuration.php").get_json()

    assert ours.keys() == recorded.keys()
    compared = [name for name, value in ours.items() if isinstance(value, str)]
    assert {n: ours[n] for n in compared} == {n: recorded[n] for n in compared}
    assert set(ours["scopes_supported"]) <= set(recorded["scopes_supported"])


def test_moodle_accepts_what_was_accepted_and_no_token_twice(
    lms: Lms, client: FlaskClient
) -> None:
    recording = load(MOODLE, f"{FOLDER}/accepted")
    token = token_of(lms)
    url, body = recording["request"]["url"], recording["request"]["body_json"]

    answer = post(client, url, body, token)

    expected = recording["response"]
    assert answer.status_code == expected["status"]
    ours, theirs = answer.get_json(), expected["body_json"]
    for one in (ours, theirs):
        one.pop("client_id")
        one["scope"] = set(one["scope"].split())
        one[TOOL]["claims"] = set(one[TOOL]["claims"])
    assert ours == theirs
    again = post(client, url, body, token)
    reused = load(MOODLE, f"{FOLDER}/token_reuse")["response"]
    assert (again.status_code, again.text) == (reused["status"], reused["body"])


@pytest.mark.parametrize("name", REJECTED)
def test_moodle_rejects_as_recorded(lms: Lms, client: FlaskClient, name: str) -> None:
    recording = load(MOODLE, f"{FOLDER}/{name}")
    token = token_of(lms)
    if name == "rejected_bad_signature":
        token = sample_tool.signed({"sub": "x", "exp": 9999999999})
    if name == "rejected_no_token":
        token = ""
    answer = post(client, recording["request"]["url"], recording["request"]["body_json"], token)

    expected = recording["response"]
    assert answer.status_code == expected["status"]
    assert answer.headers["Content-Type"] == expected["headers"]["Content-Type"]
    if expected["status"] != 404:
        assert answer.text == expected["body"]
    assert lms.school.tools == []


def test_canvas_tells_its_addresses_to_whom_it_gave_a_token() -> None:
    lms = documented_canvas.build()
    client = create_platform(lms).test_client()
    opened = registration.start(lms, "https://tool.example.edu/lti/register")
    where = parse_qs(urlsplit(opened).query)["openid_configuration"][0]

    documented = load("canvas", f"{FOLDER}/openid_configuration")["response"]["body_json"]
    ours = client.get(f"{urlsplit(where).path}?{urlsplit(where).query}").get_json()

    addresses = [n for n, v in documented.items() if str(v).startswith("https://")]
    assert {n: ours[n] for n in addresses} == {n: documented[n] for n in addresses}
    assert client.get(urlsplit(where).path).status_code == 401


def test_canvas_registers_the_documented_request() -> None:
    lms = documented_canvas.build()
    client = create_platform(lms).test_client()
    request = load("canvas", f"{FOLDER}/registration_request")["request"]

    answer = post(client, request["url"], request["body_json"], token_of(lms))

    assert answer.status_code == 200
    tool = lms.find_tool(answer.get_json()["client_id"])
    assert tool is not None
    assert (tool.family, tool.privacy, tool.active) == ("canvas", "public", False)


def test_files_left_out_exist() -> None:
    assert {f"{FOLDER}/{name}" for name in NOT_APPLIED} <= set(names(MOODLE, FOLDER))
