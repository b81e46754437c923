"""Our side of the services against what Canvas's source and documentation say it answers."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import responses

from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from lti import http, results, roster, scopes
from lti.models import Family
from lti.products import product_of
from lti.products.base import ScorePost, below
from lti.products.canvas import SUBMISSION
from lti.services import Services
from lti.tokens import Client
from tests.recordings import load, names

FAMILY = "canvas"
ROOT = "https://crestwood.instructure.com/api/lti/courses/1201"
LINE_ITEM = f"{ROOT}/line_items/455"
CANVAS = product_of(Family.CANVAS)
CLIENT = Client(1, "1", "https://sso.canvaslms.com/login/oauth2/token", "1:a", Family.CANVAS)
STUDENT = "6f0e9c1a-53b7-4d28-9a44-0c7be1d2f301"
LATER = {"services/scores/error_timestamp_older"}
NO_ATTEMPT = {"services/scores/error_attempts_used_up"}


@pytest.fixture
def mock() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Services]:
    """With a token in hand; a refused one is replaced by another."""
    monkeypatch.setattr("lti.tokens.access_token", lambda *_, **__: "token")
    with http.Platform(settings) as platform:
        # Only a token would be looked for in a database.
        yield Services(None, settings, CLIENT, scopes.GRADES, platform)  # type: ignore[arg-type]


@pytest.fixture
def database_url() -> str:
    """No database takes part here; the settings want the name of one."""
    return "sqlite:///never-opened.db"


def body_of(recording: dict[str, Any]) -> str:
    given = recording["response"]
    return json.dumps(given["body_json"]) if "body_json" in given else given.get("body", "")


def answer_of(recording: dict[str, Any]) -> http.Answer:
    given = recording["response"]
    headers = given.get("headers") or {}
    return http.Answer(given["status"], headers, body_of(recording).encode(), "")


def serve(mock: responses.RequestsMock, recording: dict[str, Any], url: str = "") -> str:
    address = url or recording["request"]["url"]
    mock.add(
        recording["request"]["method"],
        address,
        body=body_of(recording),
        status=recording["response"]["status"],
        headers=recording["response"].get("headers") or {},
    )
    return str(address)


def exchanges(*folders: str) -> list[str]:
    return [name for name in names(FAMILY, *folders) if "response" in load(FAMILY, name)]


def answered(*folders: str) -> list[str]:
    """Exchanges of which the sources say what Canvas answers."""
    return [name for name in exchanges(*folders) if "status" in load(FAMILY, name)["response"]]


@pytest.mark.parametrize("name", answered("services/scores"))
def test_every_answer_to_a_score_is_understood(name: str) -> None:
    answer = answer_of(load(FAMILY, name))
    assert CANVAS.throttled_for(answer) is None
    assert CANVAS.knows_a_later_one(answer) == (name in LATER)
    assert CANVAS.wants_no_attempt(answer) == (name in NO_ATTEMPT)


def test_the_time_that_canvas_holds_is_read() -> None:
    answer = answer_of(load(FAMILY, "services/scores/error_timestamp_older"))
    assert CANVAS.held_time(answer) == datetime(2026, 11, 21, 20, tzinfo=UTC)


@pytest.mark.parametrize("name", ["forbidden_403", "too_many_429"])
def test_both_ways_of_asking_for_a_pause_are_understood(name: str) -> None:
    recording = load(FAMILY, f"services/throttling/{name}")
    assert CANVAS.throttled_for(answer_of(recording)) == timedelta(minutes=1)


def test_another_refusal_with_403_is_none() -> None:
    assert CANVAS.throttled_for(http.Answer(403, {}, b'{"errors": "forbidden"}', "")) is None


def test_a_concluded_course_is_named() -> None:
    answer = answer_of(load(FAMILY, "services/scores/error_concluded_course"))
    assert CANVAS.likely_cause(answer) == "the course is concluded there"


def post(**changes: Any) -> ScorePost:
    values: dict[str, Any] = {
        "user_id": STUDENT,
        "given_thousandths": 10_000,
        "maximum_thousandths": 12_500,
        "comment": "",
        "timestamp": datetime(2026, 11, 21, 20, tzinfo=UTC),
    }
    return ScorePost(**values | changes)


def extension(ours: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = ours[SUBMISSION]
    return found


def test_our_score_is_the_documented_one_with_its_extension() -> None:
    recorded = load(FAMILY, "services/scores/comment")["request"]
    ours = CANVAS.score(post(comment="Well done."))
    assert ours.items() >= recorded["body_json"].items()
    assert extension(ours) == {"new_submission": True, "prioritize_non_tool_grade": True}
    assert below(LINE_ITEM, "scores") == recorded["url"]


def test_a_correction_is_no_new_work_and_is_not_blocked_by_our_own_grade() -> None:
    ours = CANVAS.score(post(is_first=False, is_new_work=False))
    assert extension(ours) == {"new_submission": False}


def test_a_repeat_makes_no_attempt_and_no_second_comment() -> None:
    ours = CANVAS.score(post(is_uncertain=True, comment="Well done."))
    assert extension(ours)["new_submission"] is False
    assert "comment" not in ours


def test_a_withdrawal_clears_without_an_attempt() -> None:
    ours = CANVAS.score(post(given_thousandths=None, is_first=False))
    assert extension(ours) == {"new_submission": False}
    assert "scoreGiven" not in ours


def test_no_post_that_sets_a_grade_preserves_the_old_one() -> None:
    for changes in ({}, {"is_first": False}, {"is_uncertain": True}):
        assert "preserve_score" not in extension(CANVAS.score(post(**changes)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one_user", 8_000),
        ("one_user_cleared", None),
        ("user_without_result", None),
        ("not_a_student", None),
    ],
)
def test_results_are_shares_of_the_last_post(
    services: Services, mock: responses.RequestsMock, name: str, expected: int | None
) -> None:
    recording = load(FAMILY, f"services/results/{name}")
    address = serve(mock, recording)
    user = address.rpartition("user_id=")[2]
    assert results.read(services, LINE_ITEM, user, 10_000).thousandths == expected


def test_columns_come_in_pages_joined_by_a_bare_comma(
    services: Services, mock: responses.RequestsMock
) -> None:
    first = load(FAMILY, "services/line_items/list_page_1")
    serve(mock, first)
    empty = load(FAMILY, "services/line_items/list_empty")
    serve(mock, empty, f"{ROOT}/line_items?page=2&per_page=10")
    pages = services.pages(f"{ROOT}/line_items", accept="application/json")
    assert len(pages) == 2
    assert pages[0] == first["response"]["body_json"]


def test_bookmarks_of_the_next_page_keep_their_capitals(
    services: Services, mock: responses.RequestsMock
) -> None:
    first = load(FAMILY, "services/nrps/bookmark_page")
    address = serve(mock, first)
    last = load(FAMILY, "services/nrps/page_beyond_end")
    serve(mock, last, f"{ROOT}/names_and_roles?page=bookmark:WyJiIiwxMTA3XQ&per_page=2")
    assert len(services.pages(address, accept=roster.ACCEPT)) == 2


def test_a_next_page_on_another_host_gets_no_token(
    services: Services, mock: responses.RequestsMock
) -> None:
    elsewhere = '<https://elsewhere.example/page>; rel="next"'
    mock.add("GET", f"{ROOT}/x", json={}, headers={"Link": elsewhere})
    with pytest.raises(http.ForbiddenAddress):
        services.pages(f"{ROOT}/x", accept=roster.ACCEPT)


def test_pages_in_a_circle_are_no_list(
    services: Services, mock: responses.RequestsMock
) -> None:
    circle = f'<{ROOT}/x>; rel="next"'
    mock.add("GET", f"{ROOT}/x", json={}, headers={"Link": circle})
    with pytest.raises(http.PlatformFault, match="without end"):
        services.pages(f"{ROOT}/x", accept=roster.ACCEPT)


@pytest.mark.parametrize("name", exchanges("services/nrps"))
def test_every_answer_with_members_is_read_or_refused(name: str) -> None:
    recording = load(FAMILY, name)
    answer = answer_of(recording)
    if answer.ok:
        members = roster.read_members(answer.json())
        assert len(members) == len(recording["response"]["body_json"]["members"])
    else:
        with pytest.raises(http.BadStatus):
            http.successful(answer)


def test_the_roster_of_the_course() -> None:
    page = load(FAMILY, "services/nrps/all_public")["response"]["body_json"]
    members = {member.name: member for member in roster.read_members(page)}
    assert members["Maria Lindqvist"].roles.course == CourseRole.INSTRUCTOR
    assert members["Maria Lindqvist"].sourced_id == "T1107"
    assert any(member.roles.is_test for member in members.values())


def test_a_page_that_is_damaged_is_no_shorter_list() -> None:
    for page in ({}, {"members": None}, {"members": ["x"]}, {"members": [{"user_id": 5}]}):
        with pytest.raises(http.NotJson):
            roster.read_members(page)
