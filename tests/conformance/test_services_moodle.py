"""Our side of the services against every answer that a real Moodle 4.5 was recorded to give."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import responses
from responses import matchers

from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from lti import http, line_items, results, roster, scopes
from lti.line_items import Column
from lti.models import Family
from lti.page_links import next_page
from lti.products import product_of
from lti.products.base import Product, ScorePost, below
from lti.services import Services
from lti.tokens import Client
from tests.recordings import load, names

FAMILY = "moodle-4.5"
MODULE = "http://localhost:8800/mod/lti"
ROOT = f"{MODULE}/services.php"
MOODLE: Product = product_of(Family.MOODLE)
CLIENT = Client(1, "PQOeCwCRLbnwHPo", f"{MODULE}/token.php", "1", Family.MOODLE)
LINE_ITEM = f"{ROOT}/2/lineitems/15/lineitem?type_id=1"


@pytest.fixture
def mock() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Services]:
    """With a token in hand; a refused one is replaced by another."""
    monkeypatch.setattr("lti.tokens.access_token", lambda *_, **__: "token")
    lti = settings.lti.model_copy(update={"allow_private_hosts": True})
    given = settings.model_copy(update={"lti": lti})
    with http.Platform(given) as platform:
        # Only a token would be looked for in a database.
        yield Services(None, given, CLIENT, scopes.GRADES, platform)  # type: ignore[arg-type]


@pytest.fixture
def database_url() -> str:
    """No database takes part here; the settings want the name of one."""
    return "sqlite:///never-opened.db"


def answer_of(recording: dict[str, Any]) -> http.Answer:
    given = recording["response"]
    return http.Answer(
        given["status"], given.get("headers", {}), given.get("body", "").encode(), ""
    )


def serve(mock: responses.RequestsMock, recording: dict[str, Any]) -> str:
    """Answer as recorded to a request with the recorded address and Accept; the address."""
    request, given = recording["request"], recording["response"]
    accept = request["headers"].get("Accept")
    mock.add(
        request["method"],
        request["url"],
        body=given.get("body", ""),
        status=given["status"],
        headers=given.get("headers", {}),
        match=[matchers.header_matcher({"Accept": accept})] if accept else [],
    )
    return str(request["url"])


@pytest.mark.parametrize("name", names(FAMILY, "services/scores"))
def test_every_answer_to_a_score_is_understood(name: str) -> None:
    recording = load(FAMILY, name)
    answer = answer_of(recording)
    assert MOODLE.throttled_for(answer) is None
    assert MOODLE.knows_a_later_one(answer) == (recording["response"]["status"] == 409)
    assert answer.ok == (200 <= recording["response"]["status"] < 300)
    # Some bodies repeat what was posted: nothing of them is passed on.
    cause = MOODLE.likely_cause(answer)
    assert (
        str(recording["request"]["body_json"].get("userId", "user")) not in cause or not cause
    )


def post(**changes: Any) -> ScorePost:
    values: dict[str, Any] = {
        "user_id": "5",
        "given_thousandths": 30_000,
        "maximum_thousandths": 40_000,
        "comment": "",
        "timestamp": datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
    }
    return ScorePost(**values | changes)


def test_our_score_is_the_one_that_moodle_took() -> None:
    recorded = load(FAMILY, "services/scores/normal_with_comment")
    body = recorded["request"]["body_json"]
    ours = post(
        comment=body["comment"],
        timestamp=datetime.fromisoformat(body["timestamp"]),
    )
    assert MOODLE.score(ours) == body
    assert below(LINE_ITEM, "scores") == recorded["request"]["url"]


def test_zero_is_sent_as_a_score() -> None:
    recorded = load(FAMILY, "services/scores/zero")["request"]["body_json"]
    ours = MOODLE.score(post(given_thousandths=0, maximum_thousandths=10_000))
    assert ours.items() >= {"scoreGiven": 0, "scoreMaximum": 10}.items()
    assert ours.keys() == recorded.keys()


def test_a_withdrawal_carries_no_comment() -> None:
    """With one, Moodle stamps the emptied cell with its own clock and refuses the next."""
    ours = MOODLE.score(post(given_thousandths=None, comment="Withdrawn"))
    assert "comment" not in ours
    assert "scoreGiven" not in ours


RESULTS = {
    "services/results/get_by_user": ("5", 40_000, 30_000),
    "services/results/get_by_user_without_grade": ("8", 40_000, None),
    "services/results/get_after_pending": ("6", 40_000, None),
    "services/results/get_after_pending_manual": ("7", 40_000, None),
    "services/results/get_overridden": ("7", 3_000, 825),
    "services/results/get_zero": ("8", 10_000, 0),
}


@pytest.mark.parametrize("name", RESULTS)
def test_results_are_read_back_on_our_own_scale(
    services: Services, mock: responses.RequestsMock, name: str
) -> None:
    user, maximum, expected = RESULTS[name]
    address = serve(mock, load(FAMILY, name))
    item = address.partition("/results")[0] + "?type_id=1"
    assert results.read(services, item, user, maximum).thousandths == expected


@pytest.mark.parametrize("name", names(FAMILY, "services/results"))
def test_no_answer_with_results_breaks_the_reader(
    services: Services, mock: responses.RequestsMock, name: str
) -> None:
    recording = load(FAMILY, name)
    mock.add(
        "GET",
        below(LINE_ITEM, "results", user_id="5"),
        body=recording["response"].get("body", ""),
        status=recording["response"]["status"],
    )
    if recording["response"]["status"] == 200:
        results.read(services, LINE_ITEM, "5", 40_000)
    else:
        with pytest.raises(http.BadStatus):
            results.read(services, LINE_ITEM, "5", 40_000)


def column(resource_id: str) -> Column:
    return Column(1, f"{ROOT}/2/lineitems?type_id=1", resource_id, "Credit", 100_000)


def test_columns_are_listed_with_the_one_accept_header(
    services: Services, mock: responses.RequestsMock
) -> None:
    serve(mock, load(FAMILY, "services/lineitems/get_all"))
    listed = line_items.listed(services, column("made-1").lineitems_url)
    recorded = load(FAMILY, "services/lineitems/get_all")["response"]["body_json"]
    assert [item["id"] for item in listed] == [item["id"] for item in recorded]


@pytest.mark.parametrize("name", names(FAMILY, "services/lineitems"))
def test_every_list_of_columns_is_one_page_unless_pages_are_asked_for(name: str) -> None:
    """Moodle's Link headers there have typographic quotes and escaped addresses."""
    recording = load(FAMILY, name)
    following = next_page(answer_of(recording), f"{ROOT}/2/lineitems?type_id=1")
    link = recording["response"].get("headers", {}).get("Link", "")
    assert (following is not None) == ("next" in link)
    assert "limit=" in recording["request"]["url"] or following is None
    assert "&amp;" not in (following or "")


@pytest.mark.parametrize(
    "name", [*names(FAMILY, "services/lineitems"), *names(FAMILY, "services/lineitem")]
)
def test_only_success_counts_as_an_answer(
    services: Services, mock: responses.RequestsMock, name: str
) -> None:
    recording = load(FAMILY, name)
    request = recording["request"]
    serve(mock, recording)
    answer = services.request(
        request["method"],
        request["url"],
        accept=request["headers"].get("Accept", ""),
        content_type=request["headers"].get("Content-Type", ""),
        body=request.get("body"),
    )
    if recording["response"]["status"] < 300:
        assert http.successful(answer) is answer
    else:
        with pytest.raises(http.BadStatus) as refused:
            http.successful(answer)
        assert str(refused.value) == f"answered {recording['response']['status']}"


def test_the_roster_of_the_course(services: Services, mock: responses.RequestsMock) -> None:
    recording = load(FAMILY, "services/nrps/all")
    pages = services.pages(serve(mock, recording), accept=roster.ACCEPT)
    members = {m.sub: m for page in pages for m in roster.read_members(page)}
    assert members["3"].roles.course == CourseRole.INSTRUCTOR
    # The non-editing teacher is a learner there.
    assert members["4"].roles.course == CourseRole.STUDENT
    assert members["7"].name == "Chloé O'Brien-Łukasz"
    assert members["8"].sourced_id == ""


def test_withheld_names_are_absent(services: Services, mock: responses.RequestsMock) -> None:
    recording = load(FAMILY, "services/nrps/all_privacy_off")
    pages = services.pages(serve(mock, recording), accept=roster.ACCEPT)
    assert {(m.name, m.email) for page in pages for m in roster.read_members(page)} == {
        ("", "")
    }


def test_pages_are_followed_to_the_end(
    services: Services, mock: responses.RequestsMock
) -> None:
    for number in (1, 2, 3):
        serve(mock, load(FAMILY, f"services/nrps/limit_2_page_{number}"))
    first = load(FAMILY, "services/nrps/limit_2_page_1")["request"]["url"]
    pages = services.pages(first, accept=roster.ACCEPT)
    assert sum(len(roster.read_members(page)) for page in pages) == 6


@pytest.mark.parametrize("name", names(FAMILY, "services/nrps"))
def test_every_answer_with_members_is_read_or_refused(services: Services, name: str) -> None:
    recording = load(FAMILY, name)
    answer = answer_of(recording)
    if recording["response"]["status"] == 200:
        members = roster.read_members(answer.json())
        assert len(members) == len(recording["response"]["body_json"]["members"])
    else:
        with pytest.raises(http.BadStatus):
            http.successful(answer)
