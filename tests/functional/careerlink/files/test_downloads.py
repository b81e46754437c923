"""Who downloads a file: whoever sees the record that refers to it, and always as a file."""

import io
from collections.abc import Callable

import pytest
import time_machine
from sqlalchemy import select

from careerlink import tokens
from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.files import kinds, storage
from careerlink.people.models import OfficeRole, Person, PersonRole
from careerlink.placements.models import Disclosure, Supervision
from careerlink.tokens import LinkPurpose
from credit.evidence.models import EvidenceKind
from tests.factories import evidence, hours
from tests.factories.hours import Work
from tests.pages import Visitor

CONTENT = b"%PDF-1.7 note"


@pytest.fixture
def work(database: Database, clock: time_machine.Traveller) -> Work:
    with database.write() as session:
        return hours.work(session)


@pytest.fixture
def file_id(database: Database, settings: Settings, work: Work) -> str:
    """A deliverable of the student, in storage."""
    kept, _ = storage.keep(settings, io.BytesIO(CONTENT), lambda _stream: kinds.PDF)
    with database.write() as session:
        placement = session.merge(work.placement)
        made = evidence.attachment(
            session, placement, size=kept.size, sha256=kept.sha256, name="Größe.pdf"
        )
        evidence.piece(session, placement, kind=EvidenceKind.FILE, url=None, attachment=made)
        return made.public_id


def status(visitor: Visitor, path: str) -> int:
    return visitor.raw.get(path, buffered=True).status_code


def test_a_download_is_a_file_and_nothing_a_browser_would_show(
    work: Work, file_id: str, client: Visitor, database: Database
) -> None:
    answer = work.visitor(client, database).raw.get(f"/files/{file_id}", buffered=True)

    assert answer.data == CONTENT
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Length"] == str(len(CONTENT))
    assert answer.mimetype == "application/pdf"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (CourseRole.STUDENT, 404),
        (CourseRole.OBSERVER, 404),
        (CourseRole.ASSISTANT, 200),
        (CourseRole.INSTRUCTOR, 200),
    ],
)
def test_other_members_of_the_course(
    work: Work,
    file_id: str,
    client: Visitor,
    database: Database,
    role: CourseRole,
    expected: int,
) -> None:
    with database.write() as session:
        other = hours.member(session, session.merge(work.course), "Theo Park", role)

    assert status(work.visitor(client, database, other, role), f"/files/{file_id}") == expected


def test_another_institution_and_nobody(
    work: Work, file_id: str, visitors: Callable[[], Visitor], database: Database
) -> None:
    with database.write() as session:
        other = hours.work(session, "crestwood")

    assert status(other.teacher(visitors(), database), f"/files/{file_id}") == 404
    assert status(visitors(), f"/files/{file_id}") == 401


def test_a_file_that_no_record_refers_to_is_not_there(
    work: Work, client: Visitor, database: Database
) -> None:
    with database.write() as session:
        lone = evidence.attachment(session, session.merge(work.placement))

    assert status(work.visitor(client, database), f"/files/{lone.public_id}") == 404
    assert status(work.visitor(client, database), "/files/unknown") == 404


def test_staff_read_it_and_leave_a_line(
    work: Work, file_id: str, client: Visitor, database: Database
) -> None:
    with database.write() as session:
        reader = Person(institution_id=work.placement.institution_id, name="Priya Raman")
        session.add(reader)
        session.flush()
        session.add(
            PersonRole(
                institution_id=reader.institution_id,
                email="priya@eastmoor.example",
                person_id=reader.id,
                role=OfficeRole.STAFF,
            )
        )

    visitor = work.visitor(client, database, reader, CourseRole.NONE)
    assert status(visitor, f"/files/{file_id}") == 200


def link(database: Database, settings: Settings, work: Work, placement_id: int) -> str:
    with database.write() as session:
        issued = tokens.issue(
            session,
            secret=settings.server.secret,
            purpose=LinkPurpose.PLACEMENT,
            contact=session.merge(work.contact),
            placement_id=placement_id,
            actor=work.as_student,
        )
        return f"/s/{tokens.token_of(issued.public_id, settings.server.secret)}"


def proceed(visitor: Visitor, address: str) -> None:
    visitor.raw.post(f"{address}/continue")


def test_the_supervisor_downloads_deliverables_by_link(
    work: Work, file_id: str, client: Visitor, database: Database, settings: Settings
) -> None:
    address = link(database, settings, work, work.placement.id)

    assert status(client, f"{address}/files/{file_id}") == 303
    proceed(client, address)
    assert status(client, f"{address}/files/{file_id}") == 200

    page = client.get(f"{address}/work")
    assert "Dashboard" in page.text and page.role == "supervisor"
    assert page.links["Größe.pdf , version 1"] == f"{address}/files/{file_id}"

    with database.read() as session:
        pages = session.scalars(select(Disclosure.page)).all()
    assert "files.download_by_link" in pages
    assert status(client, f"/files/{file_id}") == 401


def test_a_supervisor_of_another_placement_gets_nothing(
    work: Work, file_id: str, client: Visitor, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        course, student = session.merge(work.course), session.merge(work.student)
        other = hours.placed(session, course, student, session.merge(work.contact))
    address = link(database, settings, work, other.id)
    proceed(client, address)

    assert status(client, f"{address}/files/{file_id}") == 404


def test_after_a_hand_over_the_older_link_gets_nothing(
    work: Work, file_id: str, client: Visitor, database: Database, settings: Settings
) -> None:
    address = link(database, settings, work, work.placement.id)
    proceed(client, address)
    with database.write() as session:
        found = session.scalars(select(Supervision)).one()
        found.ended_at = found.began_at

    assert status(client, f"{address}/files/{file_id}") == 410
