"""One page for all students of a supervisor, by a link that goes to their own address."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from careerlink.partners import contacts
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.placements import consents
from careerlink.placements.models import Disclosure, Placement, Supervision
from careerlink.tokens import LIFETIME
from tests.factories.agreements import Scene
from tests.factories.placements import placement as make_placement
from tests.factories.placements import supervised_listing
from tests.functional.careerlink.supervisors.told import Told, link_of
from tests.pages import Page


def elsewhere(database: Database, cast: Scene, name: str, *, consented: bool = True) -> str:
    """Ines also guides somebody at another partner."""
    with database.write() as session:
        course = session.merge(cast.course)
        host = {"name": f"Hosta of {name}"}
        guide = {"email": f"guide-of-{name.lower()}@hosta.example"}
        listing = supervised_listing(session, course, host=host, guide=guide)
        student = Person(institution=course.institution, name=f"{name} Okafor")
        session.add(student)
        session.flush()
        made = make_placement(session, student, course, listing, consented=consented)
        supervision = session.query(Supervision).filter_by(placement_id=made.id).one()
        supervision.contact = session.get_one(PartnerContact, cast.contact.id)
        return made.public_id


@pytest.fixture
def asked(told: Told, database: Database, cast: Scene) -> Page:
    elsewhere(database, cast, "Jonah")
    elsewhere(database, cast, "Rosa", consented=False)
    page = told.visitors().get(told.link).submit("Continue")
    page = page.visitor.get(f"{told.link}?all=1")
    return page.submit("Mail me the page of all my students")


def test_it_is_mailed_to_the_address_on_file_and_lists_who_consented(
    told: Told, database: Database, asked: Page
) -> None:
    assert "i…@n….example" in asked.text and "northlight" not in asked.text
    (mail,) = told.written("supervisor_students")
    assert mail.payload["to"] == "ines@northlight.example"
    greeting = told.visitors().get(link_of(mail))
    assert greeting.page_id == "supervisor.greet_students"
    assert "Maya" not in greeting.html

    page = greeting.submit("Continue")

    assert page.page_id == "supervisor.students"
    assert "Maya Chen" in page.text and "Jonah Okafor" in page.text
    assert "Rosa" not in page.text.split("Past projects")[0].replace("Hosta of Rosa", "")
    assert "Rosa Okafor" not in page.html
    with database.read() as session:
        rows = session.scalars(
            select(Disclosure).where(Disclosure.page == "students_by_link.show")
        ).all()
        names = {session.get_one(Person, row.person_id).name for row in rows}
        assert names == {"Maya Chen", "Jonah Okafor"}
        assert all(row.consent_id for row in rows)


def test_each_opens_by_its_own_link_without_asking_again(told: Told, asked: Page) -> None:
    page = told.visitors().get(told.link_in("supervisor_students")).submit("Continue")

    opened = page.submit("Open")

    assert opened.path.startswith(told.link)
    assert opened.role == "supervisor"


def test_nobody_else_s_project_opens_there(
    told: Told, database: Database, cast: Scene, asked: Page
) -> None:
    path = told.link_in("supervisor_students")
    page = told.visitors().get(path).submit("Continue")
    form = page.form("Open")
    with database.write() as session:
        placement = session.merge(cast.placement)
        consents.withdraw(session, placement, actor=cast.student)

    page.visitor.post(form.action, form.data, status=404)
    assert "Maya Chen" not in page.visitor.get(f"{path}/students").text


def test_a_forwarded_address_shows_nothing_before_continue_and_one_link_is_not_another(
    told: Told, asked: Page
) -> None:
    path = told.link_in("supervisor_students")

    told.visitors().get(f"{told.link}/students", status=404)
    told.visitors().get(f"{path}/agreement", status=200)
    assert told.visitors().get(f"{path}/agreement").page_id == "supervisor.greet_students"


def test_it_is_mailed_again_a_few_times_only(
    told: Told, database: Database, asked: Page, clock: time_machine.Traveller
) -> None:
    ines = asked.visitor
    again = ines.get(f"{told.link}?all=1")
    again.submit("Mail me the page of all my students", status=429)
    for _ in range(4):
        clock.shift(timedelta(minutes=6))
        ines.get(f"{told.link}?all=1").submit("Mail me the page of all my students")
    clock.shift(timedelta(minutes=6))
    many = ines.get(f"{told.link}?all=1")
    assert "today" in many.submit("Mail me the page of all my students", status=429).text


def test_expired_it_is_mailed_anew_on_request(
    told: Told, database: Database, asked: Page, clock: time_machine.Traveller
) -> None:
    path = told.link_in("supervisor_students")
    clock.shift(LIFETIME + timedelta(minutes=1))

    page = told.visitors().get(path, status=410)
    page.submit("Mail me a fresh link")

    with database.read() as session:
        waiting = select(OutboxMessage).where(OutboxMessage.kind == "link_mail")
        assert len(session.scalars(waiting).all()) == 2


def test_whoever_has_left_reads_no_names_any_more(
    told: Told, database: Database, cast: Scene, asked: Page
) -> None:
    """Staff know that Ines has left, and have not found anybody else yet."""
    path = told.link_in("supervisor_students")
    page = told.visitors().get(path).submit("Continue")
    assert "Maya Chen" in page.text
    with database.write() as session:
        ines = session.get_one(PartnerContact, cast.contact.id)
        contacts.mark_as_left(session, ines, actor=cast.staff)

    closed = page.visitor.get(f"{path}/students", status=410)

    assert "Maya" not in closed.html


def test_past_projects_are_named_without_anybody_s_name(
    told: Told, database: Database, cast: Scene, asked: Page
) -> None:
    with database.write() as session:
        own = session.get_one(Placement, cast.placement.id)
        row = session.query(Supervision).filter_by(placement_id=own.id).one()
        row.ended_at = row.began_at

    page = told.visitors().get(told.link_in("supervisor_students")).submit("Continue")

    assert "Where do repair customers wait?" in page.text.split("Past projects")[1]
    assert "Maya" not in page.html


def test_both_partners_whom_one_person_serves_are_there(told: Told, asked: Page) -> None:
    page = told.visitors().get(told.link_in("supervisor_students")).submit("Continue")

    assert "Northlight Cycle Works" in page.text and "Hosta of Jonah" in page.text
