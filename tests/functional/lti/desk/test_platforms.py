"""The desk's list and pages: what stands there, and what each button does."""

from collections.abc import Callable
from typing import Any

import pytest

from careerlink.db import Database
from careerlink.errors import NotPermitted
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole
from lti import registrations
from lti.desk import operations
from lti.models import DeploymentState, LtiDeployment, LtiRegistration, RegistrationState
from tests.factories.lti import LTI, Platform
from tests.functional.lti.desk.conftest import an_admin
from tests.pages import Page, Visitor

AGS = "https://purl.imsglobal.org/spec/lti-ags/"
SCORES_ONLY = {
    f"{AGS.replace('lti-ags/', 'lti-ags/claim/endpoint')}": {
        "lineitems": "https://lms.example.org/items",
        "scope": [f"{AGS}scope/score"],
    }
}
Desk = Callable[[], Page]
Stored = Callable[[], LtiRegistration]


def deployments(database: Database) -> dict[str, DeploymentState]:
    with database.read() as session:
        return {row.deployment_id: row.state for row in session.query(LtiDeployment)}


def test_a_new_registration_waits_until_an_administrator_approves_it(
    admin: Visitor, client: Visitor, platform: Platform, database: Database, desk: Desk
) -> None:
    with database.write() as session:
        registrations.get(session, platform.registration_id).state = RegistrationState.PENDING

    refused = platform.ask_login(client)
    assert (refused.status_code, "registration-pending" in refused.text) == (403, True)
    listed = admin.get("/office/platforms")
    assert "Waits for your approval" in listed.text
    assert "Approve the LMS “Validator”" in admin.get("/office/").text
    asked = listed.follow("Look at it").follow("Approve registration")
    assert platform.issuer in asked.text
    assert "Active" in asked.submit("Approve Validator").text

    assert platform.launch(client).status == 303
    assert "Nobody’s move" in desk().text


def test_a_platform_that_is_switched_off_says_why_and_works_again_later(
    client: Visitor, platform: Platform, desk: Desk, stored: Stored
) -> None:
    platform.launch(client)
    asked = desk().follow("Switch off this LMS")
    assert "1 person in 1 course" in asked.text.replace("\xa0", " ")
    off = asked.submit("Switch off Validator")
    assert "Switched off since" in off.text

    refused = platform.ask_login(client)
    assert (refused.status_code, "registration-inactive" in refused.text) == (403, True)
    assert "Somebody at your institution has switched CareerLink off" in refused.text
    off.follow("Switch on").submit("Switch on Validator")
    assert platform.launch(client).status == 303
    assert stored().state == RegistrationState.ACTIVE


def test_switching_off_twice_is_switching_off_once(
    admin: Visitor, platform: Platform, desk: Desk, stored: Stored
) -> None:
    asked = desk().follow("Switch off this LMS")
    asked.submit("Switch off Validator")
    since = stored().state_since
    asked.submit("Switch off Validator")

    assert (stored().state, stored().state_since) == (RegistrationState.INACTIVE, since)
    assert desk().text.count("The registration was switched off") == 1


def test_an_unknown_deployment_shows_its_account_and_opens_once_approved(
    admin: Visitor, client: Visitor, platform: Platform, database: Database, desk: Desk
) -> None:
    there: dict[str, Any] = {
        f"{LTI}deployment_id": "106:abc",
        f"{LTI}tool_platform": {"guid": "guid-of-east", "name": "East High"},
    }
    begun = platform.begin(client, lti_deployment_id="106:abc")
    refused = platform.launch(client, platform.claims(**there), login=begun)
    assert refused.reason == "deployment-pending"

    waiting = admin.get("/office/platforms").follow("Decide")
    assert "East High" in waiting.text
    assert "guid-of-east" in waiting.text
    assert "Decide on the deployment “East High”" in admin.get("/office/").text
    waiting.follow("Approve East High").submit("Approve “East High”")
    assert deployments(database)["106:abc"] == DeploymentState.ACTIVE
    begun = platform.begin(client, lti_deployment_id="106:abc")
    assert platform.launch(client, platform.claims(**there), login=begun).status == 303


def test_a_deployment_that_is_switched_off_refuses_its_launches(
    client: Visitor, platform: Platform, database: Database, desk: Desk
) -> None:
    platform.launch(client)
    asked = desk().follow("Switch off Validator")
    asked.submit("Switch off “Validator”")

    assert deployments(database) == {"testdeploy": DeploymentState.INACTIVE}
    assert platform.launch(client).reason == "deployment-inactive"


def test_the_page_says_what_the_lms_lets_us_do(
    client: Visitor, platform: Platform, desk: Desk
) -> None:
    assert "The first launch from a course says what" in desk().text
    platform.launch(client, platform.claims(**SCORES_ONLY))

    text = desk().text
    assert "Grades: sends grades." in text
    assert "Roster, not granted: People are known from their first launch on" in text


def test_the_page_says_why_the_newest_launch_was_refused(
    client: Visitor, platform: Platform, desk: Desk, stored: Stored
) -> None:
    wrong = platform.claims(**{f"{LTI}version": "1.1"})
    assert platform.launch(client, wrong).reason == "version-refused"
    assert "The LTI version must be 1.3.0." in desk().text
    assert stored().last_refusal == "version-refused"

    platform.launch(client)
    assert "The LTI version must be 1.3.0." not in desk().text


def test_refusals_are_noted_at_most_every_ten_seconds(
    client: Visitor, platform: Platform, stored: Stored, clock: Any
) -> None:
    platform.launch(client, platform.claims(**{f"{LTI}version": "1.1"}))
    clock.shift(5)
    platform.launch(client, platform.claims(sub=""))
    assert stored().last_refusal == "version-refused"
    clock.shift(10)
    platform.launch(client, platform.claims(sub=""))
    assert stored().last_refusal == "user-missing"


def test_another_institution_finds_nothing(
    platform: Platform, database: Database, visitors: Callable[[], Visitor]
) -> None:
    other = an_admin(database, visitors(), "westmoor")
    here = f"/office/platforms/{platform.registration_id}"
    assert "No LMS is connected yet" in other.get("/office/platforms").text
    for path in (here, f"{here}/deactivate", f"{here}/activate"):
        other.get(path, status=404)


def test_a_deployment_of_another_registration_is_not_there(
    admin: Visitor, platform: Platform, database: Database
) -> None:
    second = Platform(client_id="second").register(database)
    with database.read() as session:
        own = session.query(LtiDeployment).filter_by(registration_id=second.registration_id)
        number = own.one().id
    admin.get(
        f"/office/platforms/{platform.registration_id}/deployments/{number}/approve", status=404
    )


@pytest.mark.parametrize(
    ("role", "elsewhere"),
    [(OfficeRole.STAFF, 0), (OfficeRole.AUDITOR, 0), (OfficeRole.ADMIN, 1)],
)
def test_only_administrators_of_the_institution_move_a_registration(
    platform: Platform, database: Database, role: OfficeRole, elsewhere: int
) -> None:
    with database.write() as session:
        row = registrations.get(session, platform.registration_id)
        actor = Actor(row.institution_id + elsewhere, person_id=1, office=frozenset({role}))
        with pytest.raises(NotPermitted):
            registrations.deactivate(session, row, actor=actor)
        with pytest.raises(NotPermitted):
            operations.map_roles(session, row, {}, actor=actor)
        assert row.state == RegistrationState.ACTIVE
