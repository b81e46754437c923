"""What an administrator says of role names, and of visitors without sign-in."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Base, Database
from careerlink.institutions.models import Institution
from careerlink.listings.models import ListingRelease
from lti import roster
from lti.models import LtiRegistration
from tests.factories.listings import listing
from tests.factories.lti import INSTRUCTOR, LIS, LTI, Platform, institution
from tests.factories.partners import partner
from tests.pages import Page, Visitor

COORDINATOR = "https://lms.example.org/roles#Coordinator"
ASSISTANT = f"{LIS}membership/Instructor#TeachingAssistant"
Desk = Callable[[], Page]


def map_role(
    desk: Desk, name: str, gives: str, *, status: int = 200, sure: bool = False
) -> Page:
    """In the first row; the map was empty."""
    typed = {"rows-0-name": name, "rows-0-gives": gives, "is_sure": sure}
    return desk().follow("Roles").submit("Save roles", typed, status=status)


def role(database: Database) -> CourseRole | None:
    with database.read() as session:
        return session.scalars(select(CourseMember.launch_role)).one()


def test_a_role_of_the_platforms_own_gives_what_is_written(
    client: Visitor, platform: Platform, database: Database, desk: Desk
) -> None:
    platform.launch(client, platform.claims(COORDINATOR))
    assert role(database) == CourseRole.NONE

    saved = map_role(desk, COORDINATOR, "observer")
    assert "Role names mapped 1" in saved.text
    platform.launch(client, platform.claims(COORDINATOR.upper()))
    assert role(database) == CourseRole.OBSERVER


def test_rosters_follow_the_same_map(platform: Platform) -> None:
    page = {"members": [{"user_id": "5", "roles": [COORDINATOR]}]}
    mapped = {COORDINATOR.lower(): CourseRole.STUDENT}
    assert roster.read_members(page)[0].roles.course == CourseRole.NONE
    assert roster.read_members(page, mapped)[0].roles.course == CourseRole.STUDENT


def test_rights_over_students_need_a_second_word(
    client: Visitor, platform: Platform, database: Database, desk: Desk
) -> None:
    refused = map_role(desk, ASSISTANT, "instructor", status=422)
    assert "may have these rights in every course of this LMS" in refused.errors[0]
    assert platform.row(database).role_map == {}
    map_role(desk, ASSISTANT, "instructor", sure=True)

    platform.launch(client, platform.claims(INSTRUCTOR, ASSISTANT))
    assert role(database) == CourseRole.INSTRUCTOR


def test_a_mapped_sub_role_speaks_for_the_role_that_comes_with_it(
    client: Visitor, platform: Platform, database: Database, desk: Desk
) -> None:
    map_role(desk, ASSISTANT, "none")
    platform.launch(client, platform.claims(INSTRUCTOR, ASSISTANT))
    assert role(database) == CourseRole.NONE


def test_roles_of_the_institution_give_nothing_in_a_course(
    client: Visitor, platform: Platform, database: Database, desk: Desk
) -> None:
    name = f"{LIS}institution/person#Instructor"
    refused = map_role(desk, name, "instructor", sure=True, status=422)
    assert "is a role at the institution, not in a course" in refused.text

    # Nor where such a line got into the database by another way.
    with database.write() as session:
        session.get_one(LtiRegistration, platform.registration_id).role_map = {
            name: "instructor"
        }
    platform.launch(client, platform.claims(name))
    assert role(database) != CourseRole.INSTRUCTOR


def test_two_who_write_the_map_at_once_do_not_undo_each_other(
    platform: Platform, database: Database, desk: Desk
) -> None:
    first, second = desk().follow("Roles"), desk().follow("Roles")
    first.submit("Save roles", {"rows-0-name": COORDINATOR})
    second.submit("Save roles", {"rows-0-name": "Tutor"}, status=409)
    assert platform.row(database).role_map == {COORDINATOR: "student"}


def test_name_and_frame_are_changed_and_noted(
    admin: Visitor, client: Visitor, platform: Platform, desk: Desk
) -> None:
    page, late = desk().follow("Settings"), desk().follow("Settings")
    wrong = page.submit("Save", {"Addresses that may": "lms.example.edu"}, status=422)
    assert "is not like https://lms.example.edu" in wrong.errors[0]
    page.submit(
        "Save",
        {"Name": "Campus LMS", "Addresses that may": "https://frame.example.edu/x"},
    )
    # What somebody else has set since is not undone unseen.
    late.submit("Save", {"Name": "Other"}, status=409)
    assert desk().heading == "Campus LMS"
    assert "Settings were changed" in desk().text
    launched = platform.launch(client)
    policy = launched.visitor.get(launched.location).response.headers
    assert "https://frame.example.edu" in policy["Content-Security-Policy"]


@pytest.fixture
def open_projects(platform: Platform, database: Database) -> None:
    """One for every course, one for none yet."""
    school = institution(database)
    with database.write() as session:
        found = session.get_one(Institution, school)
        host = partner(session, found)
        shown = listing(session, host, title="Ticket dashboard")
        session.add(ListingRelease(listing_id=shown.id))
        listing(session, host, title="Not released")


def counts(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name not in ("lti_login", "lti_key_cache")
        }


def test_visitors_without_sign_in_are_refused_unless_allowed(
    client: Visitor, platform: Platform, desk: Desk
) -> None:
    anonymous = platform.claims(sub="")
    assert platform.launch(client, anonymous).reason == "user-missing"
    desk().follow("Settings").submit("Save", {"Let visitors without": True})
    assert platform.launch(client, anonymous).page_id == "launch.visitor"


def test_visitors_see_projects_and_leave_no_trace(
    client: Visitor, platform: Platform, database: Database, open_projects: None
) -> None:
    with database.write() as session:
        session.get_one(LtiRegistration, platform.registration_id).allows_anonymous = True
    before = counts(database)
    claims = platform.claims(INSTRUCTOR)
    del claims["sub"]

    page = platform.launch(client, claims)

    assert page.status == 200
    assert "Ticket dashboard" in page.text
    assert "Not released" not in page.text
    assert list(page.links) == ["Skip to content"]
    assert counts(database) == before
    assert platform.issuer in page.response.headers["Content-Security-Policy"]
    client.get("/home", status=401)


def test_visitors_choose_no_content_and_review_no_work(
    client: Visitor, platform: Platform, database: Database
) -> None:
    with database.write() as session:
        session.get_one(LtiRegistration, platform.registration_id).allows_anonymous = True
    asked = platform.claims(
        sub="",
        **{
            f"{LTI}message_type": "LtiDeepLinkingRequest",
            "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings": {
                "deep_link_return_url": "https://lms.example.org/return",
                "accept_types": ["ltiResourceLink"],
                "accept_presentation_document_targets": ["iframe"],
            },
        },
    )
    assert platform.launch(client, asked).reason == "user-missing"
