"""Every documented and recorded request for content is answered as its placement takes it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import responses

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from lti.landing import LAUNCH_PATH
from lti.models import Family
from tests.conformance.replay import Replay, load, names
from tests.factories.deep_linking import DL, SETTINGS, Sent, choose_credit, sent
from tests.pages import Page, Visitor

CANVAS, MOODLE = "canvas/deep_linking", "moodle-4.5/deep_linking"


@dataclass(frozen=True)
class Taken:
    """What the placement takes: several links, a column, and in which shape."""

    several: bool = True
    column: bool = True
    kind: str = "ltiResourceLink"


REQUESTS = {
    f"{CANVAS}/request_assignment_selection": Taken(several=False),
    f"{CANVAS}/request_course_assignments_menu": Taken(),
    f"{CANVAS}/request_editor_button": Taken(column=False, kind="link"),
    f"{CANVAS}/request_link_selection": Taken(),
    f"{CANVAS}/request_module_index_menu_modal": Taken(),
    f"{CANVAS}/request_return_url_older": Taken(several=False),
    f"{CANVAS}/request_submission_type_selection": Taken(several=False),
    f"{MOODLE}/request_first": Taken(),
    f"{MOODLE}/request_later": Taken(),
}
REFUSED = {f"{CANVAS}/request_homework_submission": "Only instructors add CareerLink"}
LAUNCHES = (
    "launch_of_one",
    "launch_of_one_with_url",
    "launch_of_several_1",
    "launch_of_several_2",
    "submission_review_of_one_with_url",
)
NOT_APPLIED = {
    f"{CANVAS}/cancel": "an address of Canvas; an empty answer works in every version",
    f"{CANVAS}/errors": "what Canvas answers; tried in test_demo_lms_deep_linking",
    f"{CANVAS}/item_members": "a list, which the answers below are held to",
    f"{CANVAS}/placements": "a list, whose requests are the files above",
    f"{CANVAS}/response_course_assignments_menu": "its claims are held to ours below",
    f"{CANVAS}/response_empty": "Canvas's page; ours are in test_answers_with_links",
    f"{CANVAS}/response_messages": "the names of its claims are held to ours below",
    f"{CANVAS}/response_several_mixed": "another tool's items; tried in test_demo_lms_*",
    f"{MOODLE}/error": "the names of its claims are held to ours below",
    f"{MOODLE}/expired_response": "Moodle's refusal of an old answer",
    f"{MOODLE}/link": "another tool's item of a type that we never send to Moodle",
    f"{MOODLE}/login_initiation": "Moodle's page; the form is that of request_first",
    f"{MOODLE}/none": "the names of its claims are held to ours below",
    f"{MOODLE}/one": "the names of its claims are held to ours below",
    f"{MOODLE}/one_fractional_maximum": "a maximum that we never send: test_content_items",
    f"{MOODLE}/one_maximum_250": "a maximum that we never send: test_content_items",
    f"{MOODLE}/one_with_url": "another tool's item",
    f"{MOODLE}/several": "another tool's items",
    f"{MOODLE}/several_with_bad_maximum": "another tool's items",
    f"{MOODLE}/wrong_audience": "an answer that we never send",
}
ANSWERS = [
    f"{CANVAS}/response_course_assignments_menu",
    f"{CANVAS}/response_messages",
    f"{MOODLE}/error",
    f"{MOODLE}/none",
    f"{MOODLE}/one",
]


def test_every_file_is_accounted_for() -> None:
    found = {f"{folder}/{name}" for folder in (CANVAS, MOODLE) for name in names(folder)}
    launches = {f"{MOODLE}/{name}" for name in LAUNCHES}

    assert found == {*REQUESTS, *REFUSED, *launches, *NOT_APPLIED}


def recording_of(name: str) -> dict[str, Any]:
    folder, _, file = name.rpartition("/")
    found = load(folder, file)
    if "claims" not in found:
        # An older Canvas: the same request with plain parameters in its return address.
        settings = found["deep_linking_settings"]
        found = load(folder, "request_assignment_selection")
        found["claims"][SETTINGS] = settings
    # The recorded tool took these messages at an address of their own; ours has one for all.
    here = urlsplit(found["posted_to"])
    found["auth_request"]["query"]["redirect_uri"] = (
        f"{here.scheme}://{here.netloc}{LAUNCH_PATH}"
    )
    return found


def first_page(
    name: str, client: Visitor, database: Database, network: responses.RequestsMock
) -> tuple[Replay, Page]:
    recording = recording_of(name)
    family = Family.CANVAS if name.startswith("canvas") else Family.MOODLE
    replay = Replay.of(recording, client, database, network, family=family)
    landed = replay.launch(recording)
    assert landed.status == 303, landed.summary()
    return replay, client.get(landed.location)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_is_answered_as_its_placement_takes_it(
    name: str, client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    expected, settings = REQUESTS[name], recording_of(name)["claims"][SETTINGS]
    replay, page = first_page(name, client, database, network)
    assert page.follow("Choose projects").page_id == "links.choose"
    assert ("You are adding an assignment" in page.text) == (not expected.several)

    found = sent(choose_credit(page), replay.platform)

    assert found.to == settings["deep_link_return_url"]
    assert settings["accept_multiple"] == expected.several
    (item,) = found.items
    assert (item["type"], "lineItem" in item) == (expected.kind, expected.column)
    assert item["type"] in settings["accept_types"]
    assert not {"iframe", "window"} & set(item)
    assert f"{DL}data" not in found.claims
    assert set(found.claims) <= known_claims()
    if name.startswith("canvas") and expected.kind == "ltiResourceLink":
        assert members_of(found) <= known_members()


@pytest.mark.parametrize("name", REFUSED)
def test_a_student_s_request_goes_back_empty(
    name: str, client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    replay, page = first_page(name, client, database, network)

    assert (page.page_id, page.role) == ("links.nothing", CourseRole.STUDENT)
    assert REFUSED[name] in page.text
    back = sent(page.submit("Go back without adding anything"), replay.platform)
    assert back.items == []


@pytest.mark.parametrize("name", LAUNCHES)
def test_what_another_tool_s_items_say_opens_the_course(
    name: str, client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    recording = load(MOODLE, name)
    replay = Replay.of(recording, client, database, network, family=Family.MOODLE)

    landed = replay.launch(recording)

    assert landed.status == 303, landed.summary()
    assert landed.location.startswith("/courses/")


def known_claims() -> set[str]:
    """The claims of answers that Canvas documents and Moodle took."""
    return {claim for name in ANSWERS for claim in load(*name.rsplit("/", 1))["claims"]}


def known_members() -> set[str]:
    rows = load(CANVAS, "item_members")["members"]
    return {"type", *(part for row in rows for part in row["member"].split(", "))}


def members_of(found: Sent) -> set[str]:
    (item,) = found.items
    inner = {f"lineItem.{name}" for name in item["lineItem"]}
    return (set(item) - {"lineItem"}) | inner
