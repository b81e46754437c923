"""Who saw what about a person: their own page, the office's, and the one to print."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import Person
from careerlink.placements.models import Disclosure
from tests.factories.agreements import Scene, scene
from tests.factories.sessions import launched, signed_in
from tests.pages import Visitor

Visitors = Callable[[], Visitor]


@pytest.fixture
def cast(database: Database, app: Flask) -> Scene:
    with database.write() as session:
        cast = scene(session)
        cast.consent()
        cast.drafted()
        return cast


def seen(database: Database, cast: Scene, times: int) -> None:
    with database.write() as session:
        session.add_all(
            Disclosure(
                institution_id=cast.institution.id,
                person_id=cast.student.person_id,
                placement_id=cast.placement.id,
                contact_id=cast.contact.id,
                records=["your name and school"],
                page="supervisor.tasks" if number else "agreements_by_link.show",
            )
            for number in range(times)
        )


def maya(visitors: Visitors, database: Database, cast: Scene) -> Visitor:
    who = cast.student.person_id or 0
    return launched(visitors(), database, who, cast.course.id, CourseRole.STUDENT)


def office_path(database: Database, cast: Scene) -> str:
    with database.read() as session:
        person = session.get_one(Person, cast.student.person_id)
        return f"/office/people/{person.public_id}/disclosures"


def test_a_student_reads_their_own_whole(
    database: Database, visitors: Visitors, cast: Scene
) -> None:
    student = maya(visitors, database, cast)
    empty = student.get(cast.placement_path).follow("Who saw what about me")
    assert "Nobody outside has seen anything so far" in empty.text
    seen(database, cast, 27)

    first = student.get("/home/disclosures")
    second = first.follow("Next")
    whole = first.follow("Show all to print")

    assert [len(page.rows()) - 1 for page in (first, second, whole)] == [25, 2, 27]
    assert "The learning agreement" in second.text and "Ines Carvalho" in second.text
    assert "Consents that were given" in whole.text and "Maya Chen" in whole.text


def test_the_office_reads_it_and_that_is_noted(
    database: Database, visitors: Visitors, cast: Scene
) -> None:
    seen(database, cast, 1)
    staff = signed_in(visitors(), database, cast.staff.person_id or 0)

    page = staff.get(f"/office/placements/{cast.placement.public_id}").follow("Who saw what")

    assert "The learning agreement" in page.text
    with database.read() as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.action == "person:read"))
        assert [row.subject_id for row in noted] == [cast.student.person_id]


def test_nobody_reads_it_about_others(
    database: Database, visitors: Visitors, cast: Scene
) -> None:
    path = office_path(database, cast)
    seen(database, cast, 1)
    with database.write() as session:
        other = scene(session, slug="westmoor")
    stranger = signed_in(visitors(), database, other.staff.person_id or 0)

    stranger.get(path, status=404)
    maya(visitors, database, cast).get(path, status=404)
    assert "Ines" not in maya(visitors, database, other).get("/home/disclosures").text


def test_a_key_from_elsewhere_is_no_page(
    database: Database, visitors: Visitors, cast: Scene
) -> None:
    maya(visitors, database, cast).get("/home/disclosures?after=x", status=404)
