"""AGS-01 to AGS-05 of the certification: a launch, and each grade service called once.

The suite drives no service, so the command ``careerlink lti certify-ags`` does; here it calls
the demo LMS as Moodle and as Canvas, whose answers are checked against recordings elsewhere.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from careerlink.config import Settings
from careerlink.db import Database
from lti import http
from lti.answers import Answer
from lti.models import Family, LtiContext, LtiLineItem
from lti.scopes import LINE_ITEM, RESULT_READ, SCORE
from tests.command_line import CommandLine, Printed, usual_tables, write_config
from tests.factories.lti import LEARNER, Platform
from tests.factories.platforms import Gradebook, served
from tests.pages import Visitor

CLAIM = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
LINE_ITEMS = "https://ltiadvantagevalidator.example.org/lineitems"
TYPES = "application/vnd.ims.lis."
REQUIRED = {"userId", "activityProgress", "gradingProgress", "timestamp"}


def test_ags_01_a_launch_without_a_line_item_keeps_the_address_of_all(
    client: Visitor, platform: Platform, database: Database
) -> None:
    endpoint = {"scope": [LINE_ITEM, RESULT_READ, SCORE], "lineitems": LINE_ITEMS}
    page = platform.launch(client, platform.claims(LEARNER, **{CLAIM: endpoint}))
    assert page.status == 303, page.summary()
    with database.read() as session:
        context = session.scalars(select(LtiContext)).one()
        assert session.scalars(select(LtiLineItem)).all() == []
    assert context.lineitems_url == LINE_ITEMS
    assert set(context.scopes) == {LINE_ITEM, RESULT_READ, SCORE}


@pytest.fixture(params=[Family.MOODLE, Family.CANVAS], ids=str)
def gradebook(
    request: pytest.FixtureRequest,
    database: Database,
    settings: Settings,
    clock: time_machine.Traveller,
) -> Iterator[Gradebook]:
    with served(request.param) as lms:
        yield Gradebook(lms, request.param, database, settings).set_up()


@pytest.fixture
def careerlink(
    tmp_path: Path, database_url: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    tables = usual_tables(tmp_path, database_url)
    tables["server"]["secret_key"] = settings.server.secret
    tables.setdefault("lti", {})["allow_private_hosts"] = True
    return CommandLine(write_config(tmp_path / "careerlink.toml", tables), capsys)


Sent = list[tuple[str, str, dict[str, str], Any]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Every service call with its headers; those for tokens are left out."""
    seen: Sent = []
    request = http.Platform.request

    def noted(self: http.Platform, method: str, url: str, **how: Any) -> Answer:
        if "token" not in url:
            seen.append((method, url, dict(how["headers"]), how.get("body")))
        return request(self, method, url, **how)

    monkeypatch.setattr(http.Platform, "request", noted)
    return seen


def certify(gradebook: Gradebook, careerlink: CommandLine, **how: Any) -> Printed:
    user = ("--user", gradebook.sub("student1"))
    return careerlink("lti", "certify-ags", "1", gradebook.lineitems_url(), *user, **how)


def test_ags_02_to_05_each_service_is_called_as_the_standard_says(
    gradebook: Gradebook, careerlink: CommandLine, sent: Sent
) -> None:
    told = certify(gradebook, careerlink).out.splitlines()
    assert [line.split()[:2] for line in told] == [
        [f"AGS-0{number}", "passed"] for number in (2, 3, 4, 5)
    ]
    listing, making, scoring, reading = sent
    assert {call[2]["Authorization"].split()[0] for call in sent} == {"Bearer"}

    method, url, headers, _body = listing
    assert (method, url) == ("GET", gradebook.lineitems_url())
    assert headers["Accept"] == f"{TYPES}v2.lineitemcontainer+json"

    method, url, headers, body = making
    assert (method, url) == ("POST", gradebook.lineitems_url())
    assert headers["Content-Type"] == f"{TYPES}v2.lineitem+json"
    assert {"label", "scoreMaximum", "resourceId", "tag"} <= json.loads(body).keys()
    made = gradebook.lms.school.line_items[-1]
    assert made.label == json.loads(body)["label"]

    item = gradebook.line_item_url(made)
    path, _, query = item.partition("?")
    method, url, headers, body = scoring
    # Below the path of the id that was returned, with its query kept.
    assert (method, url) == ("POST", f"{path}/scores{'?' if query else ''}{query}")
    assert headers["Content-Type"] == f"{TYPES}v1.score+json"
    score = json.loads(body)
    assert REQUIRED | {"scoreGiven", "scoreMaximum"} <= score.keys()
    assert gradebook.cell(column=made.label)["score"] == 100

    method, url, headers, _body = reading
    assert (method, url) == ("GET", f"{path}/results{'?' if query else ''}{query}")
    assert headers["Accept"] == f"{TYPES}v2.resultcontainer+json"


def test_a_service_that_fails_is_named_and_the_rest_left_out(
    gradebook: Gradebook, careerlink: CommandLine
) -> None:
    gradebook.lms.unenroll("student1")
    told = certify(gradebook, careerlink, code=1).out.splitlines()
    assert [line.split()[:2] for line in told] == [
        ["AGS-02", "passed"], ["AGS-03", "passed"], ["AGS-04", "FAILED"],
    ]  # fmt: skip
    assert "answered 4" in told[-1]


def test_without_a_learner_or_a_deployment_it_says_what_is_missing(
    careerlink: CommandLine, database: Database, platform: Platform
) -> None:
    number = str(platform.registration_id)
    assert "--user" in careerlink.refused("lti", "certify-ags", number, LINE_ITEMS)
    careerlink.refused("lti", "certify-ags", "99", LINE_ITEMS, "--user", "5")
