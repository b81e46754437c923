"""A tool that was deleted in the LMS and added anew: the same people and courses go on."""

from collections.abc import Callable
from datetime import date

import pytest
import responses
from sqlalchemy.orm import Session

from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.actors import system
from careerlink.placements.models import Placement
from lti import registrations, roster_people, takeover
from lti.models import LtiContext, LtiMembership, LtiRegistration, LtiUser
from tests.factories.cast import add_partner
from tests.factories.lti import LEARNER, Platform, institution
from tests.functional.lti.desk.conftest import an_admin
from tests.pages import Page, Visitor


@pytest.fixture
def new(platform: Platform, database: Database, network: responses.RequestsMock) -> Platform:
    found = Platform(client_id="added-anew", deployment_id="2")
    return found.register(database)


@pytest.fixture
def path(new: Platform) -> str:
    return f"/office/platforms/{new.registration_id}"


def account(database: Database, platform: Platform, sub: str = "maya") -> int:
    """The person of an account."""
    with database.read() as session:
        wanted = session.query(LtiUser).filter_by(
            registration_id=platform.registration_id, sub=sub
        )
        return wanted.one().person_id


def course_of(database: Database, platform: Platform) -> int:
    with database.read() as session:
        [found] = [
            context.course_id
            for context in session.query(LtiContext)
            if context.deployment.registration_id == platform.registration_id
        ]
        return found


def launch(visitor: Visitor, platform: Platform, sub: str = "maya") -> Page:
    return platform.launch(visitor, platform.claims(LEARNER, sub=sub))


def take_over(admin: Visitor, path: str) -> Page:
    chosen = admin.get(path).follow("Take over from …").follow("See what comes along")
    return chosen.submit("Take over")


def test_people_and_courses_come_along(
    admin: Visitor, client: Visitor, platform: Platform, new: Platform, path: str,
    database: Database,
) -> None:  # fmt: skip
    launch(client, platform)
    launch(client, platform, "jonah")
    shown = admin.get(path).follow("Take over from …").follow("See what comes along")
    assert "People come along 2 Courses come along 1" in shown.text
    assert "It takes over now. People: 2, courses: 1." in shown.submit("Take over").text
    launch(client, new)

    assert account(database, new) == account(database, platform)
    assert course_of(database, new) == course_of(database, platform)


def test_who_came_in_by_the_new_one_before_is_one_person_again(
    admin: Visitor, client: Visitor, visitors: Callable[[], Visitor], platform: Platform,
    new: Platform, path: str, database: Database,
) -> None:  # fmt: skip
    launch(client, platform)
    again = visitors()
    home = launch(again, new).location
    assert account(database, new) != account(database, platform)

    take_over(admin, path)

    assert account(database, new) == account(database, platform)
    assert course_of(database, new) == course_of(database, platform)
    with database.read() as session:
        [member] = session.query(CourseMember).filter_by(
            course_id=course_of(database, platform)
        )
        assert member.person_id == account(database, platform)
        left = session.query(Course).filter(Course.joined_id.is_not(None)).one()
    assert left.public_id in home
    # Who is signed in goes on in the course that stays.
    with database.read() as session:
        stays = session.get_one(Course, course_of(database, platform))
    again.get(f"/courses/{stays.public_id}/")
    launch(client, new)
    assert account(database, new) == account(database, platform)


def test_work_under_both_records_stays_where_it_is(
    admin: Visitor, client: Visitor, platform: Platform, new: Platform, path: str,
    database: Database,
) -> None:  # fmt: skip
    launch(client, platform)
    launch(client, new)
    mine, other = account(database, new), account(database, platform)
    with database.write() as session:
        session.add(a_placement(session, mine, course_of(database, new)))

    shown = admin.get(path).follow("Take over from …").follow("See what comes along")
    assert "Of them 1 have begun work under the new record" in shown.text
    shown.submit("Take over")

    assert (account(database, new), account(database, platform)) == (mine, other)
    assert course_of(database, new) != course_of(database, platform)


def a_placement(session: Session, person_id: int, course_id: int) -> Placement:
    course = session.get_one(Course, course_id)
    partner, _contact = add_partner(session, course.institution)
    return Placement(
        institution_id=course.institution_id,
        person_id=person_id,
        course_id=course_id,
        partner=partner,
        title="Own project",
        planned_minutes=1200,
        fee_minor=0,
        currency="USD",
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 11, 1),
    )


def test_twice_is_once_and_joins_who_came_meanwhile(
    admin: Visitor, client: Visitor, platform: Platform, new: Platform, path: str,
    database: Database,
) -> None:  # fmt: skip
    launch(client, platform)
    chosen = admin.get(path).follow("Take over from …").follow("See what comes along")
    chosen.submit("Take over")
    chosen.submit("Take over")
    assert admin.get(path).text.count("It took over from an older registration") == 1
    assert "nobody is there twice" in admin.get(f"{path}/takes-over").text


def listed(session: Session, platform: Platform) -> list[LtiMembership]:
    """The members of that registration's context, as its list would name them."""
    found = [
        one
        for one in session.query(LtiMembership)
        if one.lti_user.registration_id == platform.registration_id
    ]
    for one in found:
        one.roster_role, one.in_roster = CourseRole.STUDENT, True
    return found


def test_the_list_of_a_registration_that_is_off_keeps_nobody_in_the_course(
    admin: Visitor, client: Visitor, platform: Platform, new: Platform, path: str,
    database: Database,
) -> None:  # fmt: skip
    launch(client, platform)
    take_over(admin, path)
    launch(client, new)
    with database.write() as session:
        listed(session, platform)
        gone = listed(session, new)
        [member] = session.query(CourseMember)
        member.roster_role = CourseRole.STUDENT
        roster_people.drop(session, gone[0].context, gone)
        assert member.dropped_at is None
        row = session.get_one(LtiRegistration, platform.registration_id)
        registrations.deactivate(session, row, actor=system(row.institution_id))
        roster_people.drop(session, gone[0].context, gone)
        assert member.dropped_at is not None


def test_no_circle_no_second_successor_and_no_other_institution(
    admin: Visitor, platform: Platform, new: Platform, path: str, database: Database,
    visitors: Callable[[], Visitor],
) -> None:  # fmt: skip
    take_over(admin, path)
    old = f"/office/platforms/{platform.registration_id}/takes-over"
    assert "“Validator” takes over from this one already." in admin.get(old).text
    third = Platform(client_id="third").register(database)
    here = f"/office/platforms/{third.registration_id}/takes-over"
    assert "Another registration has taken it over." in admin.get(here).text
    form = admin.get(here).follow("See what comes along").form("Take over").data
    refused = admin.post(here, {**form, "older": str(platform.registration_id)}, status=422)
    assert "Another registration has taken it over." in refused.text
    itself = admin.post(here, {**form, "older": str(third.registration_id)}, status=422)
    assert "cannot take over from itself" in itself.text

    other = an_admin(database, visitors(), "westmoor")
    other.get(here, status=404)
    foreign = Platform(client_id="foreign").register(database, institution_id=_west(database))
    admin.post(here, {**form, "older": str(foreign.registration_id)}, status=404)
    with database.read() as session:
        rows = {row.id: row for row in session.query(LtiRegistration)}
        ours, theirs = rows[third.registration_id], rows[foreign.registration_id]
        assert "another institution" in takeover.why_not(session, ours, theirs)
        assert ours.succeeds_id is None


def _west(database: Database) -> int:
    return institution(database, "westmoor")


def test_another_address_needs_a_second_word(
    admin: Visitor, platform: Platform, database: Database
) -> None:
    moved = Platform(client_id="moved", issuer="https://new.lms.example.org").register(database)
    path = f"/office/platforms/{moved.registration_id}"
    chosen = admin.get(path).follow("Take over from …").follow("See what comes along")
    refused = chosen.submit("Take over", status=422)
    assert "people of the one would become" in refused.errors[0]
    refused.submit("Take over", {"It is the same LMS under a new address": True})
    with database.read() as session:
        row = session.get_one(LtiRegistration, moved.registration_id)
        assert row.succeeds_id == platform.registration_id
