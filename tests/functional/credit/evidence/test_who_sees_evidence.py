"""Who opens the pages of evidence, and who may write on them."""

import pytest
import time_machine
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.actors import Actor
from credit.evidence import queries
from credit.evidence.models import EvidenceKind
from tests.factories import evidence, hours
from tests.factories.hours import Work
from tests.pages import Visitor

PAGES = ("/evidence", "/evidence/new", "/evidence/reflection", "/evidence/piece/new-version")


@pytest.fixture
def work(database: Database, clock: time_machine.Traveller) -> Work:
    with database.write() as session:
        made = hours.work(session)
        evidence.piece(session, made.placement, "frame", piece="piece")
        return made


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (CourseRole.STUDENT, (404, 404, 404, 404)),
        (CourseRole.OBSERVER, (404, 404, 404, 404)),
        (CourseRole.ASSISTANT, (200, 404, 404, 404)),
        (CourseRole.INSTRUCTOR, (200, 404, 404, 404)),
    ],
)
def test_other_members_of_the_course(
    work: Work,
    client: Visitor,
    database: Database,
    role: CourseRole,
    expected: tuple[int, ...],
) -> None:
    with database.write() as session:
        other = hours.member(session, session.merge(work.course), "Theo Park", role)
    visitor = work.visitor(client, database, other, role)

    found = tuple(visitor.raw.get(work.address(page)).status_code for page in PAGES)

    assert found == expected


def test_the_student_opens_all_of_them(work: Work, client: Visitor, database: Database) -> None:
    visitor = work.visitor(client, database)

    for page in PAGES:
        visitor.get(work.address(page))
    visitor.get(work.address("/evidence/other/new-version"), status=404)
    visitor.get(work.address("/evidence/reflection/new-version"), status=404)


def test_another_institution_sees_nothing(
    work: Work, client: Visitor, database: Database
) -> None:
    with database.write() as session:
        other = hours.work(session, "crestwood")
    visitor = other.visitor(client, database)

    for page in PAGES:
        visitor.get(work.address(page), status=404)
        mixed = f"/courses/{other.course.public_id}/placements/{work.placement.public_id}"
        visitor.get(mixed + page, status=404)


def test_a_teacher_who_views_as_a_student_of_their_own_test_placement_writes_nothing(
    work: Work, client: Visitor, database: Database
) -> None:
    with database.write() as session:
        own = hours.placed(
            session,
            session.merge(work.course),
            session.merge(work.instructor),
            session.merge(work.contact),
        )
    visitor = work.visitor(client, database, work.instructor, CourseRole.STUDENT)
    address = f"/courses/{work.course.public_id}/placements/{own.public_id}"

    page = visitor.get(f"{address}/evidence")

    assert "Hand in a deliverable" not in page.links
    visitor.get(f"{address}/evidence/new", status=403)


def test_a_supervisor_reads_deliverables_and_not_the_reflection(
    session: Session, clock: time_machine.Traveller
) -> None:
    work = hours.work(session)
    evidence.piece(session, work.placement, piece="a")
    evidence.piece(
        session, work.placement, kind=EvidenceKind.REFLECTION, url=None, text="Mine."
    )
    list_link = Actor(institution_id=work.placement.institution_id, contact_id=work.contact.id)

    def read(actor: Actor) -> list[str]:
        found = queries.pieces(session, work.placement, actor=actor)
        return [piece.latest.kind.value for piece in found if piece.latest]

    assert read(work.as_supervisor) == read(work.as_instructor) == ["link"]
    assert queries.reflection(session, work.placement, actor=work.as_instructor)
    assert queries.reflection(session, work.placement, actor=work.as_supervisor) is None
    assert read(list_link) == []
