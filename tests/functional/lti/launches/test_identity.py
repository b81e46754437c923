"""Who a launch signs in: one person an LMS account, and never by e-mail address."""

from collections.abc import Callable
from typing import Any

import pytest
import responses
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.courses.models import Course
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.people import grants
from careerlink.people.actors import system
from careerlink.people.models import LoginSession, OfficeRole, Person, PersonRole
from lti import registrations
from lti.models import LtiUser
from tests.factories.lti import LEARNER, LTI, Platform, institution, without
from tests.pages import Visitor


def second_platform(
    database: Database, network: responses.RequestsMock, **options: Any
) -> Platform:
    found = Platform(client_id="second", deployment_id="second", key_name="second")
    found.jwks_url = f"{found.jwks_url}/second"
    found.register(database, **options)
    found.serve_keys(network)
    return found


def people(database: Database) -> list[Person]:
    with database.read() as session:
        return list(session.scalars(select(Person).order_by(Person.id)))


def test_the_same_account_is_the_same_person(
    client: Visitor, visitors: Callable[[], Visitor], platform: Platform, database: Database
) -> None:
    platform.launch(client)
    platform.launch(visitors(), platform.claims(name="Jane Roe", email="roe@example.edu"))

    [person] = people(database)
    assert (person.name, person.email) == ("Jane Roe", "roe@example.edu")


def test_what_a_platform_withholds_stays_as_it_was(
    client: Visitor, platform: Platform, database: Database
) -> None:
    platform.launch(client)
    platform.launch(client, without(platform.claims(), "name", "email", "given_name"))

    assert people(database)[0].email == "platformuser@example.edu"


def test_an_equal_address_makes_nobody_the_same_person(
    client: Visitor, platform: Platform, database: Database, network: responses.RequestsMock
) -> None:
    platform.launch(client)
    platform.launch(client, platform.claims(sub="another"))
    second_platform(database, network).launch(client)

    assert len(people(database)) == 3


@pytest.mark.parametrize("shared", [True, False])
def test_a_sourced_id_joins_accounts_only_where_the_institution_says_so(
    shared: bool,
    client: Visitor,
    platform: Platform,
    database: Database,
    network: responses.RequestsMock,
) -> None:
    institution(database, shared_sis=shared)
    lis = {f"{LTI}lis": {"person_sourcedid": "S2041"}}
    platform.launch(client, platform.claims(**lis))
    second = second_platform(database, network)
    second.launch(client, second.claims(sub="other", **lis))

    assert len(people(database)) == (1 if shared else 2)


def test_schools_on_one_issuer_and_client_stay_apart(
    client: Visitor, visitors: Callable[[], Visitor], platform: Platform, database: Database
) -> None:
    other_school = institution(database, "other")
    with database.write() as session:
        registrations.approve_deployment(
            session,
            registrations.get(session, platform.registration_id),
            "other",
            actor=None,
            institution=session.get_one(Institution, other_school),
        )
    platform.launch(client)
    elsewhere = visitors()
    begun = platform.begin(elsewhere, lti_deployment_id="other")

    platform.launch(elsewhere, platform.claims(**{f"{LTI}deployment_id": "other"}), login=begun)

    assert len({person.institution_id for person in people(database)}) == 2
    with database.read() as session:
        assert len(set(session.scalars(select(Course.institution_id)))) == 2


def test_a_registration_made_anew_takes_over_people_and_courses(
    client: Visitor, platform: Platform, database: Database, network: responses.RequestsMock
) -> None:
    platform.launch(client)
    again = second_platform(database, network, succeeds_id=platform.registration_id)

    page = again.launch(client)

    assert len(people(database)) == 1
    with database.read() as session:
        assert page.location == f"/courses/{session.scalars(select(Course.public_id)).one()}/"
        assert len(session.scalars(select(LtiUser)).all()) == 2


def granted(database: Database, email: str) -> None:
    with database.write() as session:
        school = session.scalars(select(Institution)).one()
        grants.grant(
            session, school, email=email, role=OfficeRole.STAFF, actor=system(school.id)
        )


def taken_by(database: Database) -> list[int | None]:
    with database.read() as session:
        return list(session.scalars(select(PersonRole.person_id)))


def test_a_waiting_office_role_is_taken_by_the_first_launch_with_its_address(
    client: Visitor, platform: Platform, database: Database
) -> None:
    granted(database, "PlatformUser@example.edu")

    platform.launch(client)
    platform.launch(client, platform.claims(sub="impostor"))

    assert taken_by(database) == [people(database)[0].id]
    with database.read() as session:
        taken = select(AuditEntry).where(AuditEntry.action == "person_role:take")
        assert len(session.scalars(taken).all()) == 1


def test_other_addresses_and_test_users_take_no_office_role(
    client: Visitor, platform: Platform, database: Database
) -> None:
    granted(database, "platformuser@example.edu")
    test_user = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"

    platform.launch(client, platform.claims(email="someone@example.edu"))
    platform.launch(client, platform.claims(LEARNER, test_user, sub="test"))

    assert taken_by(database) == [None]


def test_a_launch_of_somebody_else_ends_the_session_before(
    client: Visitor, platform: Platform, database: Database
) -> None:
    platform.launch(client)
    platform.launch(client, platform.claims(sub="another"))

    with database.read() as session:
        [left] = session.scalars(select(LoginSession)).all()
        assert left.person_id == people(database)[1].id


def test_two_courses_in_two_tabs_stay_open(client: Visitor, platform: Platform) -> None:
    first = platform.launch(client)
    context = {"id": "course-2", "title": "Another"}

    second = platform.launch(client, platform.claims(LEARNER, **{f"{LTI}context": context}))

    assert client.get(first.location).role == "instructor"
    assert client.get(second.location).role == "student"
