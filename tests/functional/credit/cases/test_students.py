"""Each student of a course: stage, days in it, who moves next."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from careerlink.courses.models import CourseMember, CourseRoster
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from credit.agreements.models import AgreementState
from tests.factories import cases, hours
from tests.factories.cases import Class
from tests.functional.credit.cases.test_queue import statements
from tests.pages import Page, Visitor

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def of(database: Database) -> Class:
    """A student at each stage that an instructor tells apart."""
    with database.write() as session:
        of = cases.school_class(session)
        cases.ready_case(session, of, "Ada Ready")
        working = cases.project(session, of, cases.student(session, of, "Ben Working"))
        cases.open_case(session, working)
        plan = hours.placed(
            session, of.course, cases.student(session, of, "Cy Plan"), of.contact
        )
        hours.agreement(
            session, plan, state=AgreementState.AWAITING_INSTRUCTOR, in_force_at=None
        )
        cases.student(session, of, "Di Nothing")
        cases.drop(session, of, cases.student(session, of, "Eli Gone"))
        late = cases.student(session, of, "Fay Late")
        member = session.query(CourseMember).filter_by(person_id=late.id).one()
        member.added_late_at = datetime(2026, 10, 12, tzinfo=UTC)
        session.add(
            CourseRoster(
                course_id=of.course.id,
                source="one",
                answered_at=datetime(2026, 10, 13, 15, tzinfo=UTC),
                failed_at=datetime(2026, 10, 14, 15, tzinfo=UTC),
            )
        )
        return of


def board(of: Class, visitor: Visitor, database: Database, query: str = "") -> Page:
    teacher = of.signed_in(visitor, database, of.instructor, CourseRole.INSTRUCTOR)
    return teacher.get(of.address(part=f"/students{query}"))


def by_name(page: Page) -> dict[str, list[str]]:
    return {row[0]: row[1:3] for row in page.rows()[1:]}


def test_every_student_has_a_stage_and_somebody_who_moves_next(
    of: Class, client: Visitor, database: Database
) -> None:
    page = board(of, client, database)

    found = by_name(page)
    assert found["Ada Ready"] == ["Credit case Ready", "Instructor"]
    assert found["Ben Working"][0].startswith("At work Active")
    assert found["Ben Working"][1] == "Student"
    assert found["Cy Plan"][0].startswith("Learning agreement Awaiting instructor")
    assert found["Cy Plan"][1] == "Instructor"
    assert found["Di Nothing"] == ["No project yet", "Student"]
    assert found["Eli Gone DROP"][1] == "–"
    assert "Fay Late Added late" in found
    assert "List of members read Tue 13 Oct" in page.text
    assert "could not be read since, and nobody was taken off" in page.text
    assert page.follow("Ada Ready").page_id == "cases.packet"


def test_my_move_is_what_the_rows_say(of: Class, client: Visitor, database: Database) -> None:
    mine = board(of, client, database, "?show=mine")

    assert sorted(by_name(mine)) == ["Ada Ready", "Cy Plan"]
    assert list(by_name(board(of, client, database, "?show=dropped"))) == ["Eli Gone DROP"]
    assert sorted(by_name(board(of, client, database, "?q=nothing"))) == ["Di Nothing"]


def test_students_do_not_see_each_others_standing(
    of: Class, visitors: Callable[[], Visitor], database: Database
) -> None:
    own = of.signed_in(visitors(), database, of.students[0], CourseRole.STUDENT)

    own.get(of.address(part="/students"), status=404)


def test_it_costs_the_same_for_twice_as_many(
    app: Flask, of: Class, client: Visitor, database: Database
) -> None:
    board(of, client, database)
    with statements(database) as few:
        client.get(of.address(part="/students"))
    with database.write() as session:
        for name in ("Gus", "Hal", "Ida"):
            cases.ready_case(session, of, f"{name} More")
    with statements(database) as more:
        client.get(of.address(part="/students"))

    assert len(more) == len(few)
