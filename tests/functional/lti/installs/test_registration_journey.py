"""From a registration URL to a launch, with the demo LMS behaving as each family."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import select

from careerlink.config import Settings
from careerlink.db import Database
from careerlink.people.actors import system
from lti import registrations
from lti.demo_lms import Lms, launching, registration
from lti.demo_lms.forms import FormPost
from lti.models import DeploymentState, Family, LtiDeployment
from tests.conftest import PUBLIC_URL
from tests.factories.platforms import served
from tests.factories.registering import Registering
from tests.pages import Page, Visitor


@pytest.fixture
def lms(family: Family) -> Iterator[Lms]:
    with served(family) as lms:
        yield lms


def open_link(lms: Lms, client: Visitor) -> Page:
    """What the browser shows after a click on the course's link."""
    begun = launching.begin(lms, "instructor", "credit")
    response = client.raw.post("/lti/login", data=begun.fields)
    if response.status_code == 303:
        response = client.raw.get(response.location)
    if response.status_code != 302:
        return Page(client, "/lti/login", response)
    answer = launching.authorize(lms, dict(parse_qsl(urlsplit(response.location).query)))
    assert isinstance(answer, FormPost)
    return Page(client, "/lti/launch", client.raw.post("/lti/launch", data=answer.fields))


def test_invite_register_approve_launch(
    lms: Lms,
    family: Family,
    client: Visitor,
    database: Database,
    loopback_settings: Settings,
) -> None:
    lms.fetch_keys = lambda url: dict(client.raw.get("/lti/jwks.json").get_json())
    desk = Registering.on(database, loopback_settings)
    opened = registration.start(lms, f"{PUBLIC_URL}{desk.invite()}")

    page = client.get(opened.removeprefix(PUBLIC_URL))
    assert page.page_id == "registration.done"
    assert lms.url in page.response.headers["Content-Security-Policy"]
    row = desk.only()
    tool = lms.find_tool(row.client_id)
    assert tool is not None
    assert (row.family, tool.privacy) == (family, "public")

    # Both administrators have to say yes: theirs turns the tool on, ours approves.
    tool.active = True
    lms.activity("credit").tool = tool.key
    assert open_link(lms, client).reason == "registration-pending"
    with database.write() as session:
        found = registrations.get(session, row.id)
        registrations.activate(session, found, actor=system(found.institution_id))
    if family == Family.CANVAS:
        assert open_link(lms, client).reason == "deployment-pending"
        with database.write() as session:
            waiting = session.scalars(select(LtiDeployment)).one()
            assert waiting.state == DeploymentState.PENDING
            assert (waiting.platform_guid, waiting.platform_name) == (
                lms.school.guid,
                lms.school.name,
            )
            registrations.approve_deployment(
                session,
                registrations.get(session, row.id),
                waiting.deployment_id,
                actor=system(waiting.institution_id),
            )
    assert open_link(lms, client).location.startswith("/courses/")
    assert client.get(opened.removeprefix(PUBLIC_URL), status=410).reason == "invitation-used"
