"""The desk of an administrator, and a platform whose launches are signed here."""

from collections.abc import Callable

import pytest

from careerlink.db import Database
from careerlink.people.models import OfficeRole, Person, PersonRole
from lti.models import LtiRegistration
from tests.conformance.conftest import network, platform
from tests.factories.lti import Platform, institution
from tests.factories.sessions import signed_in
from tests.pages import Page, Visitor

__all__ = ["network", "platform"]


@pytest.fixture
def admin(platform: Platform, database: Database, visitors: Callable[[], Visitor]) -> Visitor:
    return an_admin(database, visitors())


def an_admin(database: Database, visitor: Visitor, slug: str = "main") -> Visitor:
    school = institution(database, slug)
    with database.write() as session:
        person = Person(institution_id=school, name="Tomasz Wolny")
        session.add(person)
        session.flush()
        session.add(
            PersonRole(
                institution_id=school,
                email=f"tomasz@{slug}.example",
                person_id=person.id,
                role=OfficeRole.ADMIN,
            )
        )
    return signed_in(visitor, database, person.id)


@pytest.fixture
def desk(admin: Visitor, platform: Platform) -> Callable[[], Page]:
    """The page of the registration, as it is now."""
    return lambda: admin.get(f"/office/platforms/{platform.registration_id}")


@pytest.fixture
def stored(platform: Platform, database: Database) -> Callable[[], LtiRegistration]:
    return lambda: platform.row(database)
