"""Evidence is taken while the work runs and until the case is decided; late is marked."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from careerlink.db import Database
from careerlink.placements.models import PlacementState
from credit.cases.models import CaseState
from credit.evidence.models import DeliverableVersion, EvidenceKind
from tests.factories import evidence, hours
from tests.factories.evidence import hand_in
from tests.factories.hours import Work
from tests.pages import Visitor


def versions(database: Database) -> list[tuple[str, int, EvidenceKind]]:
    with database.read() as session:
        rows = session.scalars(select(DeliverableVersion).order_by(DeliverableVersion.id))
        return [(row.title, row.number, row.kind) for row in rows]


def test_late_is_marked_not_refused(
    student: Visitor, work: Work, clock: time_machine.Traveller, database: Database
) -> None:
    # Midnight of the campus has passed by an hour.
    clock.move_to("2026-11-21T06:00:00+00:00")
    work.visitor(student, database)

    page = hand_in(student, work, title="Dashboard", url="https://charts.example.org/")

    assert "Late" in page.text


def test_the_last_day_of_the_campus_is_not_late(
    student: Visitor, work: Work, clock: time_machine.Traveller, database: Database
) -> None:
    clock.move_to("2026-11-21T04:30:00+00:00")
    work.visitor(student, database)

    page = hand_in(student, work, title="Dashboard", url="https://charts.example.org/")

    assert "Late" not in page.text


@pytest.mark.parametrize(
    "state", [PlacementState.PLANNED, PlacementState.CLOSED, PlacementState.ENDED_EARLY]
)
def test_nothing_is_handed_in_outside_the_work(
    student: Visitor, work: Work, database: Database, state: PlacementState
) -> None:
    page = student.get(work.address("/evidence")).follow("Hand in a deliverable")
    with database.write() as session:
        session.merge(work.placement).state = state

    hand_in(student, work, page=page, status=409, title="x", url="https://example.org/")

    assert versions(database) == []


def test_nothing_is_handed_in_once_the_case_is_decided(
    student: Visitor, work: Work, database: Database
) -> None:
    page = student.get(work.address("/evidence")).follow("Hand in a deliverable")
    with database.write() as session:
        evidence.case(session, session.merge(work.placement), CaseState.APPROVED)

    refused = hand_in(
        student, work, page=page, status=409, title="x", url="https://example.org/"
    )

    assert "The case is decided" in refused.text
    assert "The case is decided" in student.get(work.address("/evidence")).text


def test_a_returned_case_takes_evidence_again(
    student: Visitor, work: Work, database: Database
) -> None:
    with database.write() as session:
        placement = session.merge(work.placement)
        placement.state = PlacementState.WORK_COMPLETED
        evidence.case(session, placement, CaseState.RETURNED)

    hand_in(student, work, title="Missing page", url="https://example.org/")


def test_the_next_step_in_the_last_week_is_the_deliverable(
    student: Visitor, work: Work, clock: time_machine.Traveller, database: Database
) -> None:
    clock.move_to("2026-11-16T15:00:00+00:00")
    work.visitor(student, database)
    with database.write() as session:
        hours.entry(session, session.merge(work.placement), date(2026, 11, 15), 60)

    page = student.get(f"/courses/{work.course.public_id}/")

    assert "hand in your deliverable" in page.text
    hand_in(student, work, page=page.follow("Hand it in"), title="x", url="https://x.example/")
    page = student.get(f"/courses/{work.course.public_id}/")
    assert "hand in your deliverable" not in page.text
