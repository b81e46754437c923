"""The admin's pages for registration URLs and for setting an LMS up by hand."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.db import Database
from lti.models import Family, LtiDeployment, LtiRegistration
from tests.functional.lti.desk.conftest import an_admin
from tests.pages import Visitor

INVITATIONS = "/office/platforms/invitations"
BY_HAND = "/office/platforms/set-up"
PUBLIC_URL = "https://careerlink.example.edu"


@pytest.fixture
def chief(app: object, database: Database, visitors: Callable[[], Visitor]) -> Visitor:
    return an_admin(database, visitors())


def test_an_address_is_made_read_out_and_taken_back(
    chief: Visitor, client: Visitor, database: Database
) -> None:
    page = chief.get(INVITATIONS)
    assert "No registration URL yet" in page.text

    page = page.submit("Make a registration URL")
    field = page.soup.find("input", {"id": "address"})
    assert field is not None
    address = str(field["value"])
    assert address.startswith(f"{PUBLIC_URL}/lti/register/")
    assert field.has_attr("readonly")
    for words in ("Developer Keys", "Manage tools", "It works once, until"):
        assert words in page.text
    # Reading it again later gives the same one.
    assert address in chief.get(page.path).html
    assert client.get(address).page_id == "registration.how"

    page = page.submit("Take this address back")
    assert "Revoked" in page.text
    assert client.get(address, status=410).reason == "invitation-revoked"
    with database.read() as session:
        found = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert found == ["lti_registration_invitation:issue", "lti_registration_invitation:revoke"]


def test_another_institution_s_addresses_are_not_there(
    chief: Visitor, database: Database, visitors: Callable[[], Visitor]
) -> None:
    path = chief.get(INVITATIONS).submit("Make a registration URL").path
    stranger = an_admin(database, visitors(), "elsewhere")

    stranger.get(path, status=404)
    assert "No registration URL yet" in stranger.get(INVITATIONS).text


def test_moodle_is_set_up_from_its_address_alone(chief: Visitor, database: Database) -> None:
    page = chief.get(BY_HAND).follow("Moodle")
    for value in ("/lti/launch", "/lti/login", "/lti/jwks.json"):
        assert f'value="{PUBLIC_URL}{value}"' in page.html
    assert "context_history=$Context.id.history" in page.text

    page.submit(
        "Set up this LMS",
        {
            "Name for this LMS": "Campus Moodle",
            "Site address": "moodle.example.edu/learn/",
            "Client ID": "PQOeCwCRLbnwHPo",
            "Deployment ID": "3",
        },
    )

    row = only(database)
    assert (row.issuer, row.family) == ("https://moodle.example.edu/learn", Family.MOODLE)
    assert row.jwks_url == "https://moodle.example.edu/learn/mod/lti/certs.php"
    assert (row.state, row.client_id) == ("active", "PQOeCwCRLbnwHPo")
    with database.read() as session:
        assert session.scalars(select(LtiDeployment.deployment_id)).all() == ["3"]


def test_canvas_has_its_addresses_filled_in(chief: Visitor, database: Database) -> None:
    page = chief.get(f"{BY_HAND}/canvas")
    assert f"{PUBLIC_URL}/lti/canvas.json" in page.html

    typed = {
        "Name for this LMS": "Crestwood Canvas, beta",
        "Canvas": "Hosted by Instructure, beta",
        "Your school’s Canvas address": "https://crestwood.beta.instructure.com",
        "Client ID": "170000000000521",
    }
    page.submit("Set up this LMS", typed)

    row = only(database)
    assert row.issuer == "https://canvas.beta.instructure.com"
    assert row.token_url == "https://sso.beta.canvaslms.com/login/oauth2/token"
    assert row.frame_origins == ["https://crestwood.beta.instructure.com"]

    again = chief.get(f"{BY_HAND}/canvas").submit("Set up this LMS", typed, status=422)
    assert any("has this issuer and client id" in line for line in again.errors)
    own = {**typed, "Canvas": "A Canvas server of our own", "Client ID": "10000000000001"}
    own["Your school’s Canvas address"] = "https://canvas.example.edu"
    chief.get(f"{BY_HAND}/canvas").submit("Set up this LMS", own)
    with database.read() as session:
        assert "https://canvas.example.edu/api/lti/security/jwks" in session.scalars(
            select(LtiRegistration.jwks_url)
        )


def test_values_that_cannot_be_right_come_back_as_typed(
    chief: Visitor, database: Database
) -> None:
    page = chief.get(f"{BY_HAND}/moodle").submit(
        "Set up this LMS",
        {
            "Name for this LMS": "M",
            "Site address": "http://moodle.example.edu",
            "Client ID": "c",
        },
        status=422,
    )
    assert page.errors == ["Enter an address that begins with https://"]
    assert 'value="http://moodle.example.edu"' in page.html

    page = chief.get(f"{BY_HAND}/other").submit(
        "Set up this LMS",
        {
            "Name for this LMS": "O",
            "Client ID": "c",
            "Issuer": "https://lms.example.edu",
            "Authentication request URL": "lms.example.edu/auth",
            "Access token URL": "https://lms.example.edu/token",
            "Key set URL": "https://lms.example.edu/keys",
        },
        status=422,
    )
    assert page.errors == ["Enter a whole address that begins with https://"]
    assert len(chief.get(f"{BY_HAND}/other").submit("Set up this LMS", status=422).errors) == 6
    with database.read() as session:
        assert session.scalars(select(LtiRegistration)).all() == []


def only(database: Database) -> LtiRegistration:
    with database.read() as session:
        return session.scalars(select(LtiRegistration)).one()
