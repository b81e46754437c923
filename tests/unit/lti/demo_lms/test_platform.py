"""The demo LMS as a person and as a tool meet it."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from lti.demo_lms import Lms, create_platform, keys, launching
from lti.demo_lms.demo_course import (
    CAST,
    CastMember,
    context_ids,
    fill,
    person_ids,
    read_class,
)
from lti.demo_lms.forms import ErrorPage, FormPost
from lti.demo_lms.tools import FamilyName
from tests import sample_tool as fake

PERSONS = ["student1", "student2", "student3", "instructor", "assistant", "staff", "admin"]
LINKS = ["board", "credit", "listing"]
ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
ROLES = "https://purl.imsglobal.org/spec/lti/claim/roles"


@pytest.fixture(params=["moodle", "canvas"])
def lms(request: pytest.FixtureRequest) -> Lms:
    lms = fill(Lms(), "http://127.0.0.1:8000")
    lms.school.family = request.param
    lms.fetch_keys = lambda url: {"keys": [keys.key_set([fake.KEY])["keys"][0]]}
    return lms


@pytest.fixture
def client(lms: Lms) -> FlaskClient:
    return create_platform(lms).test_client()


def post_score(client: FlaskClient, lms: Lms, **changes: Any) -> int:
    claims = fake.claims_of(lms, fake.open_link(lms, "student1", "credit"))
    address = claims[ENDPOINT]["lineitem"].removeprefix(lms.url)
    path, _, query = address.partition("?")
    body = {
        "userId": claims["sub"],
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": lms.now().isoformat(),
        "scoreGiven": 1,
        "scoreMaximum": 1,
        **changes,
    }
    return client.post(
        f"{path}/scores",
        query_string=query,
        data=json.dumps(body),
        content_type="application/vnd.ims.lis.v1.score+json",
        headers={"Authorization": f"Bearer {fake.bearer(client, lms, lms.tool())}"},
    ).status_code


def the_grade(client: FlaskClient) -> dict[str, Any]:
    (grade,) = client.get("/gradebook.json").get_json()["grades"]
    assert isinstance(grade, dict)
    return grade


def test_the_course_page_leads_to_every_link_as_every_person(client: FlaskClient) -> None:
    page = client.get("/").text

    assert [
        f"/launch/{p}/{link}"
        for p in PERSONS
        for link in LINKS
        if f'"/launch/{p}/{link}"' not in page
    ] == []


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("person", PERSONS)
def test_a_launch_opens_the_tool_in_the_course(
    client: FlaskClient, lms: Lms, person: str, link: str
) -> None:
    page = client.get(f"/launch/{person}/{link}").text
    (frame,) = re.findall(r'<iframe src="([^"]+)"', page)
    form = client.get(frame).text

    assert 'action="http://127.0.0.1:8000/lti/login"' in form
    claims = fake.claims_of(lms, fake.open_link(lms, person, link))
    assert claims["nonce"] == "nonce-1"
    assert claims["name"] == lms.person(person).name


@pytest.mark.parametrize(
    ("person", "teaches"),
    [("instructor", True), ("assistant", True), ("student1", False), ("staff", False)],
)
def test_only_teaching_people_launch_as_instructors(
    lms: Lms, person: str, teaches: bool
) -> None:
    roles = fake.claims_of(lms, fake.open_link(lms, person, "credit"))[ROLES]

    assert any(role.endswith("membership#Instructor") for role in roles) is teaches


def test_an_unknown_person_or_link_is_not_found(client: FlaskClient) -> None:
    assert client.get("/launch/nobody/credit").status_code == 404
    assert client.get("/launch/student1/nothing").status_code == 404


def test_a_login_is_answered_once(lms: Lms) -> None:
    query = fake.request_for(lms, launching.begin(lms, "student1", "credit"))

    assert isinstance(launching.authorize(lms, query), FormPost)
    again = launching.authorize(lms, query)
    assert isinstance(again, ErrorPage) or "error" in again.fields


def test_a_score_reaches_the_gradebook(client: FlaskClient, lms: Lms) -> None:
    assert post_score(client, lms, scoreGiven=0.5) == 200

    grade = the_grade(client)
    assert (grade["person"], grade["link"], grade["score"]) == ("student1", "credit", 50)
    assert (grade["attempts"], grade["applied"]) == (1, 1)
    assert "50.00" in client.get("/gradebook").text


def test_a_score_is_refused_while_the_platform_is_down(client: FlaskClient, lms: Lms) -> None:
    assert post_score(client, lms) == 200
    client.post("/control", data={"fail": "down"})
    token = client.post("/mod/lti/token.php")

    assert token.status_code == 503
    assert the_grade(client)["applied"] == 1


def test_a_lost_answer_leaves_the_score_stored(client: FlaskClient, lms: Lms) -> None:
    lms.failure.set("lost", times=1)

    assert post_score(client, lms) == 504
    assert the_grade(client)["applied"] == 1
    assert post_score(client, lms, timestamp="2999-01-01T00:00:00Z") == 200


def test_a_slow_answer_comes_after_the_score_is_stored(client: FlaskClient, lms: Lms) -> None:
    lms.failure.set("slow", delay=3600)
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(post_score, client, lms)
        while not lms.school.results and not lms.school.grades:
            assert not answer.done()
        lms.failure.set("none")

        assert answer.result() == 200
    assert the_grade(client)["applied"] == 1


def test_a_busy_platform_refuses_as_its_family_does(client: FlaskClient, lms: Lms) -> None:
    lms.failure.set("throttle")

    assert post_score(client, lms) == {"moodle": 429, "canvas": 403}[lms.school.family]
    assert lms.school.grades == []


@pytest.mark.parametrize("family", ["moodle", "canvas"])
def test_control_switches_the_family(client: FlaskClient, lms: Lms, family: FamilyName) -> None:
    reply = client.post("/control", json={"behave": family, "fail": "slow", "delay": 3})

    assert (reply.get_json()["behave"], reply.get_json()["delay"]) == (family, 3)
    claims = fake.claims_of(lms, fake.open_link(lms, "student1", "credit"))
    assert claims["aud"] == f"demo-{family}"


def test_control_refuses_unknown_words(client: FlaskClient) -> None:
    assert client.post("/control", data={"behave": "blackboard"}).status_code == 400
    assert client.post("/control", data={"fail": "perhaps"}).status_code == 400


def test_a_new_key_signs_and_the_old_one_stays_published(client: FlaskClient, lms: Lms) -> None:
    old = lms.signing_key.kid
    new = lms.add_key()

    published = [key["kid"] for key in client.get("/mod/lti/certs.php").get_json()["keys"]]
    assert published == [old, new.kid]
    fake.claims_of(lms, fake.open_link(lms, "student1", "credit"))


def test_mail_is_shown_with_its_links_newest_first(tmp_path: Path) -> None:
    lms = fill(Lms(mail_dir=tmp_path), "http://127.0.0.1:8000")
    client = create_platform(lms).test_client()
    (tmp_path / "1.eml").write_text(
        "From: a@x.example\nTo: b@x.example\nSubject: Évaluation <now>\n"
        "Content-Type: text/plain; charset=utf-8\n\n"
        "Open http://127.0.0.1:8000/s/abc-1. Thanks.\n"
    )

    (mail,) = client.get("/mail.json").get_json()
    assert mail["links"] == ["http://127.0.0.1:8000/s/abc-1"]
    page = client.get("/mail").text
    assert '<a href="http://127.0.0.1:8000/s/abc-1"' in page
    assert "&lt;now&gt;" in page


def test_the_state_survives_a_restart(tmp_path: Path, client: FlaskClient, lms: Lms) -> None:
    lms.path = tmp_path / "lms.json"
    assert post_score(client, lms) == 200

    again = fill(Lms(path=lms.path), "http://127.0.0.1:8000")

    assert again.school == lms.school
    assert the_grade(create_platform(again).test_client())["score"] == 100


def test_a_large_class_is_all_on_the_course_page() -> None:
    class_of_40 = [CastMember(f"s{n}", "Student", f"No{n}", "student") for n in range(40)]
    lms = fill(Lms(), "http://127.0.0.1:8000", cast=[*CAST, *class_of_40])

    page = create_platform(lms).test_client().get("/").text

    assert all(f'"/launch/s{n}/credit"' in page for n in range(40))


def test_a_class_comes_from_a_file_with_the_ids_known_before(tmp_path: Path) -> None:
    path = tmp_path / "class.json"
    two = {"courses": [{"label": "A", "title": "One"}, {"label": "B", "title": "Two"}]}
    people = [
        {"key": "i", "given_name": "I", "family_name": "N", "role": "instructor"},
        {
            "key": "s",
            "given_name": "S",
            "family_name": "T",
            "role": "student",
            "courses": ["B"],
        },
    ]
    path.write_text(json.dumps({**two, "people": people}))

    courses, cast = read_class(path)
    lms = fill(Lms(), "http://127.0.0.1:8000", cast=cast, courses=courses)

    for family in ("moodle", "canvas"):
        lms.school.family = family
        claims = fake.claims_of(lms, fake.open_link(lms, "s", "credit", course=3))
        context = claims["https://purl.imsglobal.org/spec/lti/claim/context"]
        assert claims["sub"] == getattr(person_ids(cast)["s"], family)
        assert context["id"] == getattr(context_ids(courses)["B"], family)
