"""Every version as a file: from stored rows alone, the same bytes, for who may read it."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.documents import rendering
from careerlink.documents.content import Block, Facts, Fingerprint, Heading, Notice
from careerlink.placements.models import Disclosure, Placement
from credit.agreements import document, paper
from credit.agreements.models import LearningAgreement
from tests.factories.agreements import Scene, scene
from tests.factories.sessions import launched
from tests.pages import Visitor

ELSEWHERE = """
import sys
import credit.models, lti.models
from careerlink.db import Database
from careerlink.documents import rendering
from credit.agreements import paper
from credit.agreements.models import LearningAgreement

with Database(sys.argv[1]).read() as session:
    agreement = session.get_one(LearningAgreement, int(sys.argv[2]))
    sys.stdout.buffer.write(rendering.pdf(paper.of(session, agreement)))
"""


@pytest.fixture
def stored(cast: Scene, database: Database, monkeypatch: pytest.MonkeyPatch) -> Scene:
    with database.write() as session:
        cast.session = session
        cast.placement = session.get_one(Placement, cast.placement.id)
        cast.in_force()
        link = cast.link()
    monkeypatch.setattr(cast, "link", lambda: link)
    return cast


def test_it_is_the_same_file_in_another_process_zone_and_language(
    stored: Scene, database: Database, settings: Settings
) -> None:
    with database.read() as session:
        agreement = session.scalars(select(LearningAgreement)).one()
        here = rendering.pdf(paper.of(session, agreement))

    there = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, settings.database.url, str(agreement.id)],
        env={**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "3"},
        capture_output=True,
        check=True,
    )

    assert there.stdout == here


def test_it_is_read_by_those_of_the_course_and_by_link_and_that_is_a_disclosure(
    stored: Scene, database: Database, visitors: Callable[[], Visitor]
) -> None:
    with database.read() as session:
        agreement = session.scalars(select(LearningAgreement)).one()
        file = f"versions/{agreement.public_id}.pdf"
    answers = []
    for role in ("student", "instructor", "assistant"):
        person = getattr(stored, role).person_id
        visitor = launched(visitors(), database, person, stored.course.id, CourseRole(role))
        answers.append(visitor.raw.get(f"{stored.agreement_path}/{file}"))
    ines = visitors()
    ines.get(stored.link()).submit("Continue")
    before = disclosures(database)
    answers.append(ines.raw.get(f"{stored.link()}/agreement/{file}"))

    assert len({answer.data for answer in answers}) == 1
    for answer in answers:
        assert answer.data.startswith(b"%PDF")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Cache-Control"] == "no-store"
    assert disclosures(database) == before + 1


def test_names_that_change_later_change_no_signed_version(session: Session, app: Flask) -> None:
    cast = scene(session)
    agreement = cast.in_force()
    before = rendering.pdf(paper.of(session, agreement))

    cast.placement.partner.name = "Northlight Holding"
    cast.placement.title = "Something else"
    session.flush()

    assert rendering.pdf(paper.of(session, agreement)) == before


def test_it_names_every_signature_with_its_time_on_campus(session: Session, app: Flask) -> None:
    cast = scene(session)
    agreement = cast.in_force()

    blocks = paper.of(session, agreement).blocks

    said = words(blocks)
    for party in ("Student: Maya Chen", "Supervisor: Ines Carvalho", "Instructor: Dr. Hana"):
        assert party in said
    assert said.count("(America/New_York, UTC\u221204:00)") == 4
    assert "through a personal link" in said
    assert agreement.document is not None
    assert agreement.document.text is not None
    assert document.hash_of(agreement.document.text) in said
    assert "Talk to the shop team" in said


def test_a_draft_says_that_nobody_has_signed_and_is_the_students_alone(
    cast: Scene, database: Database, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        cast.session = session
        cast.placement = session.get_one(Placement, cast.placement.id)
        draft = cast.drafted()
        session.flush()
        assert "Not signed" in words(paper.of(session, draft).blocks)
        assert "Draft, not signed" in words(paper.of(session, draft).blocks)
    path = f"{cast.agreement_path}/versions/{draft.public_id}.pdf"

    statuses = {}
    for role in ("student", "instructor"):
        person = getattr(cast, role).person_id
        visitor = launched(visitors(), database, person, cast.course.id, CourseRole(role))
        statuses[role] = visitor.raw.get(path).status_code

    assert statuses == {"student": 200, "instructor": 404}


def disclosures(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Disclosure)) or 0


def words(blocks: Sequence[Block]) -> str:
    lines = []
    for block in blocks:
        if isinstance(block, Facts):
            lines += [f"{label}: {value}" for label, value in block.rows]
        elif isinstance(block, Notice):
            lines += [block.title, block.text]
        elif isinstance(block, Fingerprint):
            lines.append(block.value)
        elif isinstance(block, Heading):
            lines.append(block.text)
    return "\n".join(lines)
