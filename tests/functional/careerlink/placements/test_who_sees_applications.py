"""Applications belong to a student and the office; pages cost the same whatever the data."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from careerlink.courses.roles import CourseRole
from careerlink.people.models import OfficeRole
from careerlink.placements.models import ApplicationState, PlacementState
from tests.factories.placements import application, placement, supervised_listing
from tests.factories.school import campus
from tests.functional.careerlink.placements.conftest import Scene

DEEDS = ("", "/accept", "/decline", "/withdraw")


@pytest.fixture
def mine(scene: Scene) -> str:
    with scene.database.write() as session:
        made = application(
            session, session.merge(scene.maya), session.merge(scene.listing),
            session.merge(scene.course), state=ApplicationState.OFFERED,
        )  # fmt: skip
        return str(made.public_id)


def in_course(scene: Scene, mine: str) -> str:
    return f"/courses/{scene.course.public_id}/applications/{mine}"


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_else_opens_it(scene: Scene, mine: str, deed: str) -> None:
    path = f"{in_course(scene, mine)}{deed}"

    for visitor in (
        scene.student(scene.daniel),
        scene.visitor(scene.hana, CourseRole.INSTRUCTOR),
        scene.visitor(scene.hana, CourseRole.ASSISTANT),
        scene.visitor(scene.hana, CourseRole.OBSERVER),
        scene.staff(),
    ):
        visitor.get(path, status=404)
    scene.new_visitor().get(path, status=401)
    assert scene.student(scene.maya).get(path).role == "student"


@pytest.mark.parametrize("deed", ["", "/not-selected"])
def test_the_offices_page_is_the_offices_own(scene: Scene, mine: str, deed: str) -> None:
    path = f"/office/applications/{mine}{deed}"
    assert scene.staff().get(path).role == "staff"
    with scene.database.write() as session:
        scene.priya = campus(session, "westmoor").person(session, "Omar Said", OfficeRole.STAFF)

    for visitor in (
        scene.student(scene.maya),
        scene.visitor(scene.hana, CourseRole.INSTRUCTOR),
        scene.staff(),
    ):
        visitor.get(path, status=404)


@pytest.mark.parametrize("path", ["", "/office/", "/office/applications", "/office/placements"])
def test_more_records_cost_no_more_queries(scene: Scene, path: str) -> None:
    visitor = scene.staff() if path else scene.student(scene.maya)
    path = path or f"/courses/{scene.course.public_id}/"
    fill(scene, 1)
    visitor.get(path)  # the first page of a session also writes its form token
    with counted(scene) as few:
        visitor.get(path)
    fill(scene, 6)

    with counted(scene) as many:
        visitor.get(path)

    assert len(many) == len(few)


def fill(scene: Scene, number: int) -> None:
    with scene.database.write() as session:
        maya, course = session.merge(scene.maya), session.merge(scene.course)
        for _ in range(number):
            mark = session.scalar(sa.text("SELECT count(*) FROM partner"))
            host, guide = {"name": f"Host {mark}"}, {"email": f"guide{mark}@n.example"}
            listing = supervised_listing(session, course, host=host, guide=guide)
            application(session, maya, listing, course)
            other = {"name": f"Other {mark}"}, {"email": f"other{mark}@n.example"}
            listing = supervised_listing(session, course, host=other[0], guide=other[1])
            placement(session, maya, course, listing, state=PlacementState.PLANNED)


@contextmanager
def counted(scene: Scene) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(scene.database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(scene.database.engine, "before_cursor_execute", note)
