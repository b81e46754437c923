"""Names and roles: the certification's cases by HTTP, and every answer on record."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from careerlink.config import Settings
from careerlink.courses.models import CourseRoster
from careerlink.db import Database
from careerlink.institutions.models import Institution
from lti import http, roster
from lti.answers import Answer
from lti.demo_lms import launching
from lti.models import Family, LtiContext
from lti.page_links import next_page
from tests.conftest import PUBLIC_URL
from tests.factories.lti import institution
from tests.factories.platforms import Gradebook, served
from tests.pages import Visitor
from tests.recordings import load, names

MEDIA_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"


class TestOverHttp:
    """A launch from the demo LMS, and the reading that follows it."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        lti = settings.lti.model_copy(update={"allow_private_hosts": True})
        return settings.model_copy(update={"lti": lti})

    @pytest.fixture(params=[Family.MOODLE, Family.CANVAS], ids=str)
    def gradebook(
        self,
        request: pytest.FixtureRequest,
        database: Database,
        settings: Settings,
        clock: time_machine.Traveller,
    ) -> Iterator[Gradebook]:
        with served(request.param) as lms:
            yield Gradebook(lms, request.param, database, settings)

    @pytest.fixture
    def calls(self, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        really = http.Platform.request

        def noted(self: Any, method: str, url: str, **sent: Any) -> Answer:
            answer = really(self, method, url, **sent)
            made.append({"method": method, "url": url, **sent, "answer": answer})
            return answer

        monkeypatch.setattr(http.Platform, "request", noted)
        return made

    def test_nrp_01_to_05_the_roster_of_an_instructors_launch(
        self,
        gradebook: Gradebook,
        calls: list[dict[str, Any]],
        app: Flask,
        client: Visitor,
    ) -> None:
        university = institution(gradebook.database)
        with gradebook.database.write() as session:
            gradebook.register(session, session.get_one(Institution, university))
        self.launch(client, gradebook)
        with gradebook.database.read() as session:
            address = session.scalars(select(LtiContext.memberships_url)).one()
        assert address == gradebook.memberships_url(), "NRP-01: its address is kept"
        calls.clear()
        gradebook.work()
        # Gradebooks are asked in the same round.
        place = urlsplit(address).path
        readings = [call for call in calls if urlsplit(call["url"]).path == place]
        assert [(call["method"], call["url"]) for call in readings] == [("GET", address)], (
            "NRP-02: one GET of the address as it was told"
        )
        headers, answer = readings[0]["headers"], readings[0]["answer"]
        assert headers["Accept"] == MEDIA_TYPE, "NRP-03: this media type and no other"
        scope_of = {
            f"Bearer {call['answer'].json()['access_token']}": parse_qs(call["body"])["scope"]
            for call in calls
            if call["method"] == "POST" and call["url"].endswith(("token", "token.php"))
        }
        assert headers["Authorization"] in scope_of, "NRP-04: a token of the platform"
        assert scope_of[headers["Authorization"]] == [SCOPE], "NRP-05: this scope and no other"
        assert answer.status == 200
        with gradebook.database.read() as session:
            told = session.scalars(select(CourseRoster)).one()
        assert told.answered_at is not None
        assert (told.problem, told.members) == ("", len(gradebook.lms.school.enrollments))

    def launch(self, visitor: Visitor, gradebook: Gradebook) -> None:
        begun = launching.begin(gradebook.lms, "instructor", "credit")
        asked = visitor.raw.post("/lti/login", base_url=PUBLIC_URL, data=begun.fields)
        while asked.location.startswith(("/", PUBLIC_URL)):
            asked = visitor.raw.get(asked.location, base_url=PUBLIC_URL)
        query = dict(parse_qsl(urlsplit(asked.location).query))
        told: Any = launching.authorize(gradebook.lms, query)
        opened = visitor.raw.post("/lti/launch", base_url=PUBLIC_URL, data=told.fields)
        assert opened.status_code == 303


MOODLE: dict[str, int | str] = {
    "accept_any": 6,
    "accept_json": "answered 400",
    "all": 6,
    "all_privacy_off": 6,
    "error_bad_token": "answered 401",
    "error_no_token": "answered 401",
    "error_other_tools_url": "answered 401",
    "error_unknown_course": "answered 404",
    "error_wrong_scope": "answered 401",
    "limit_2_beyond_end": 0,
    "limit_2_page_1": 2,
    "limit_2_page_2": 2,
    "limit_2_page_3": 2,
    "limit_6_exact": 6,
    "one_suspended": 5,
    "rlid": 6,
    "rlid_custom_parameters": 1,
    "rlid_limit_2": 2,
    "rlid_unknown": "answered 404",
    "role_instructor_uri": 1,
    "role_learner": 5,
    "role_learner_limit_2": 2,
    "role_unknown": 6,
}
CANVAS: dict[str, int | str] = {
    "all_anonymous": 7,
    "all_email_only": 7,
    "all_name_only": 7,
    "all_public": 7,
    "bookmark_page": 2,
    "error_rlid_assignment_changed": "answered 400",
    "error_rlid_other_tool": "answered 400",
    "error_rlid_unknown": "answered 400",
    "limit_2_page_1": 2,
    "limit_2_page_4": 1,
    "limit_above_cap": 7,
    "page_beyond_end": 0,
    "rlid": 1,
    "rlid_course": 1,
    "role_instructor": 1,
    "role_short_name": 0,
    "role_test_user": 1,
    "two_roles": 1,
}
"""How many people the reader sees on the page, or how it refuses the answer."""
READ = {"moodle-4.5": MOODLE, "canvas": CANVAS}
GOES_ON = {
    "moodle-4.5": {
        "limit_2_page_1", "limit_2_page_2", "rlid_custom_parameters", "rlid_limit_2",
        "role_learner_limit_2",
    },
    "canvas": {"bookmark_page", "limit_2_page_1", "limit_above_cap", "role_instructor"},
}  # fmt: skip
"""Pages that another one follows; from all others the list ends."""
WHY_NOT_ASKED = {
    "limit": "Moodle sends everybody unless asked for pages, Canvas fifty a page as it is",
    "role": "everybody is wanted; Moodle's next page forgets the role, Canvas wants full URIs",
    "rlid": "who may open one link is not who is in the course",
    "accept": "one media type is asked for, which both take",
}
"""Requests that are not ours. Their answers are read all the same: the links of others lead
to them, and a platform may send them unasked."""
FIXTURES = [(family, name) for family, expected in READ.items() for name in expected]


@pytest.mark.parametrize("family", READ)
def test_the_table_names_every_answer_there_is(family: str) -> None:
    there = {name.rpartition("/")[2] for name in names(family, "services/nrps")}
    assert there == set(READ[family])


@pytest.mark.parametrize(("family", "name"), FIXTURES, ids=[f"{f} {n}" for f, n in FIXTURES])
def test_every_answer_is_read_whole_or_refused(family: str, name: str) -> None:
    recording = load(family, f"services/nrps/{name}")
    given, expected = recording["response"], READ[family][name]
    body = given.get("body") or json.dumps(given.get("body_json"))
    answer = Answer(given["status"], given.get("headers") or {}, body.encode(), "")
    if isinstance(expected, str):
        with pytest.raises(http.BadStatus, match=expected):
            http.successful(answer)
        return
    # Either media type: Canvas's older code names another one.
    assert "membershipcontainer+json" in answer.headers["Content-Type"]
    members = roster.read_members(http.successful(answer).json())
    assert len(members) == expected
    assert (next_page(answer, recording["request"]["url"]) is not None) == (
        name in GOES_ON[family]
    )
    assert _as_we_ask(recording["request"]) or _reason(recording["request"])


def _as_we_ask(request: dict[str, Any]) -> bool:
    return (
        not urlsplit(request["url"]).query
        and request["headers"].get("Accept", MEDIA_TYPE) == MEDIA_TYPE
    )


def _reason(request: dict[str, Any]) -> str:
    asked = set(parse_qs(urlsplit(request["url"]).query)) - {"from", "page", "per_page"}
    found = asked or ({"accept"} if request["headers"].get("Accept") else {"limit"})
    return "; ".join(WHY_NOT_ASKED[name] for name in sorted(found))
