"""The queue: whose move each case is, for those who teach and nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select
from time_machine import Traveller

from careerlink import audit
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.placements.models import Placement
from credit.agreements.models import AgreementState
from credit.cases import inputs, mover_upkeep, queries, queue, readiness, whose_move
from credit.cases.models import CaseState, CreditCase
from credit.cases.wanted import Filter, Wanted
from credit.hours.models import HoursDispute
from tests.factories import cases, evaluated, hours
from tests.factories.cases import Class
from tests.pages import Page, Visitor

pytestmark = pytest.mark.usefixtures("app")
NOW = datetime(2026, 10, 14, 15, tzinfo=UTC)


def teacher(of: Class, visitor: Visitor, database: Database) -> Visitor:
    return of.signed_in(visitor, database, of.instructor, CourseRole.INSTRUCTOR)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield found
    sa.event.remove(database.engine, "before_cursor_execute", note)


def counts(page: Page) -> dict[str, int]:
    found = {}
    for link in page.soup.select(".filter-list a"):
        number = link.select(".count")[0].get_text()
        found[link.get_text(" ").removesuffix(number).strip()] = int(number)
    return found


def test_a_ready_case_is_the_instructors_move(client: Visitor, database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        cases.ready_case(session, of)

    page = teacher(of, client, database).get(of.address(part="/queue"))

    assert page.page_id == "cases.queue"
    assert counts(page)["Your move"] == 1
    assert "Nothing is missing" in page.text
    assert page.follow("Start with the oldest").heading == "Maya Okafor asks for 1 credit"


def every_stage(database: Database) -> Class:
    """One case at each stage that a queue knows."""
    with database.write() as session:
        of = cases.school_class(session)
        cases.ready_case(session, of, "Ready One")
        working = cases.project(session, of, cases.student(session, of, "Working One"))
        cases.open_case(session, working)
        asked = cases.project(session, of, cases.student(session, of, "Asked One"))
        cases.open_case(session, asked)
        cases.complete(session, asked)
        evaluated.ask(session, asked, due_at=NOW + timedelta(days=3))
        silent = cases.project(session, of, cases.student(session, of, "Silent One"))
        cases.open_case(session, silent)
        cases.complete(session, silent)
        evaluated.ask(session, silent, due_at=NOW - timedelta(days=3))
        cases.ready_case(session, of, "Returned One").state = CaseState.RETURNED
        cases.ready_case(session, of, "Approved One").state = CaseState.APPROVED
        gone = cases.ready_case(session, of, "Dropped One")
        gone.state = CaseState.DROPPED
        cases.drop(session, of, gone.person)
    return of


def test_each_case_stands_with_whoever_moves_next(client: Visitor, database: Database) -> None:
    of = every_stage(database)

    page = teacher(of, client, database).get(of.address(part="/queue"))

    assert counts(page) == {
        "Your move": 2,
        "Waiting for supervisors": 1,
        "Waiting for students": 2,
        "Decided": 1,
        "All": 7,
    }
    assert "Silent One" in page.text
    waiting = page.follow("Waiting for supervisors")
    assert "Asked One" in waiting.text
    assert "Missing: the supervisor’s evaluation" in waiting.text
    assert "DROP" in page.follow("All").text


def test_lists_and_rows_agree_on_whose_move_it_is(database: Database) -> None:
    of = every_stage(database)

    with database.read() as session:
        course = session.get_one(Course, of.course.id)
        for one in Filter:
            if one in (Filter.ALL, Filter.DECIDED):
                continue
            found = queue.read(session, of.as_instructor, course, Wanted(one))
            wanted = "instructor" if one == Filter.MINE else one.value
            assert {row.mover.value for row in found.rows} == {wanted}
        everything = session.scalars(
            queries.visible_to(of.as_instructor).options(*queries.PAGE_NEEDS)
        ).all()
        movers = [readiness.mover(f).value for f in inputs.load(session, everything).values()]
    assert sorted(movers) == [
        "instructor", "instructor", "nobody", "nobody", "student", "student", "supervisor",
    ]  # fmt: skip


def test_agreements_to_approve_are_the_instructors_move_too(
    client: Visitor, database: Database
) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        planned = hours.placed(session, of.course, cases.student(session, of), of.contact)
        hours.agreement(
            session, planned, state=AgreementState.AWAITING_INSTRUCTOR, in_force_at=None
        )

    page = teacher(of, client, database).get(of.address(part="/queue"))

    assert counts(page)["Your move"] == 1
    assert "Learning agreements to approve" in page.text
    assert page.links["Maya Okafor"].endswith("/agreement")


def test_an_empty_queue_says_what_will_come(client: Visitor, database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session)

    first = teacher(of, client, database).get(of.address(part="/queue"))
    done = first.follow("Set up the course").submit("Take everything as it stands and finish")
    page = done.follow("Queue")

    assert "nothing is waiting for you" in page.text
    assert "A case opens by itself" in page.text


def test_the_queue_costs_the_same_for_thirty_cases(
    app: Flask, client: Visitor, database: Database
) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        cases.ready_case(session, of, "Maya Okafor")
    visitor = teacher(of, client, database)
    address = of.address(part="/queue")
    visitor.get(address)
    with statements(database) as few:
        visitor.get(address)
    with database.write() as session:
        for number in range(30):
            cases.ready_case(session, of, f"Student{number:02} Lindqvist")

    with statements(database) as many:
        page = visitor.get(address)

    assert len(many) <= len(few)
    assert len(page.rows()) == 26
    assert len(page.follow("Next 25").rows()) == 7


def test_hours_that_were_confirmed_meanwhile_make_a_case_ready(
    client: Visitor, database: Database
) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        placement = cases.project(session, of, cases.student(session, of))
        case = cases.open_case(session, placement)
        cases.complete(session, placement)
        evaluated.evaluate(session, placement)

    page = teacher(of, client, database).get(of.address(part="/queue"))

    assert "Nothing is missing" in page.text
    with database.read() as session:
        assert session.get_one(CreditCase, case.id).state == CaseState.READY


def test_search_and_order_stand_in_the_address(client: Visitor, database: Database) -> None:
    of = every_stage(database)

    page = teacher(of, client, database).get(of.address(part="/queue?show=all"))
    by_name = page.follow("name")
    names = [row[0] for row in by_name.rows() if len(row) == 5][1:]
    assert names == sorted(names)
    found = client.get(of.address(part="/queue?show=all&sort=name&q=silent"))
    assert "Silent One" in found.text
    assert "Ready One" not in found.text
    assert counts(found)["All"] == 1
    assert "q=silent" in found.links["Your move 1"]


def test_whose_move_is_kept_and_follows_what_happens(
    client: Visitor, database: Database, clock: Traveller
) -> None:
    """As the records say it, after whatever wrote to them, and when a day has passed."""
    of = every_stage(database)

    def kept_and_computed() -> None:
        with database.read() as session:
            rows = session.scalars(select(CreditCase).options(*queries.PAGE_NEEDS)).all()
            assert all(row.mover for row in rows)
            facts = inputs.load(session, rows)
            moves = whose_move.now(session, of.course)
            by_list = dict(session.execute(select(CreditCase.id, moves.column)).all())
            assert by_list == {one: readiness.mover(f).value for one, f in facts.items()}
            for mover in readiness.Mover:
                theirs = session.scalars(select(CreditCase.id).where(moves.are_of(mover)))
                assert set(theirs) == {one for one, who in by_list.items() if who == mover}

    kept_and_computed()
    clock.move_to(NOW + timedelta(days=4))
    kept_and_computed()
    with database.write() as session:
        assert mover_upkeep.sweep(session) == 1
    kept_and_computed()
    with database.write() as session:
        for placement in session.scalars(select(Placement)):
            session.add(
                HoursDispute(
                    placement_id=placement.id,
                    person_id=placement.person_id,
                    reported_minutes=600,
                    words_id=audit.erasable(session, "Ten hours.").id,
                )
            )
    kept_and_computed()
