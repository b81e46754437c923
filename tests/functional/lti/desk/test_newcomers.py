"""Who looks after the LMS without a role in our office: what they see, and what they cannot."""

import pytest

from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.people import grants
from careerlink.people.actors import system
from careerlink.people.models import OfficeRole
from tests.factories.lti import LIS, Platform, institution
from tests.pages import Visitor

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where only the other side's answers differ."""
ADMINISTRATOR = (
    f"{LIS}institution/person#Administrator",
    f"{LIS}system/person#SysAdmin",
)


def test_an_administrator_of_the_lms_is_told_what_to_ask_of_whom(
    client: Visitor, platform: Platform
) -> None:
    launched = platform.launch(client, platform.claims(*ADMINISTRATOR))
    home = client.get(launched.location)
    assert home.role == "none"
    page = home.follow("See whom to ask")

    assert page.page_id == "desk.newcomer"
    assert "careerlink staff grant platformuser@example.edu --role admin" in page.html
    for path in ("/office/platforms", f"/office/platforms/{platform.registration_id}"):
        client.get(path, status=404)


@on_one_database
def test_without_an_address_the_page_says_why_the_role_cannot_find_them(
    client: Visitor, platform: Platform
) -> None:
    claims = platform.claims(*ADMINISTRATOR)
    del claims["email"]
    platform.launch(client, claims)
    assert "does not tell CareerLink your mail address" in client.get("/home/lms").text


def test_with_the_role_the_desk_opens(
    client: Visitor, platform: Platform, database: Database
) -> None:
    with database.write() as session:
        school = session.get_one(Institution, institution(database))
        grants.grant(
            session,
            school,
            email="platformuser@example.edu",
            role=OfficeRole.ADMIN,
            actor=system(school.id),
        )
    platform.launch(client, platform.claims(*ADMINISTRATOR))
    assert client.get("/home/lms").page_id == "desk.list"


@on_one_database
def test_teachers_are_not_sent_to_the_desk(client: Visitor, platform: Platform) -> None:
    launched = platform.launch(client)
    assert "See whom to ask" not in client.get(launched.location).text
