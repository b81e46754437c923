"""Who may look at a board, who may act on it, and what looking costs."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from careerlink.courses.roles import CourseRole
from careerlink.partners.models import PartnerState
from careerlink.people.models import OfficeRole
from careerlink.registry import registry
from tests.factories import listings, partners
from tests.factories.school import campus, sign_in
from tests.functional.careerlink.listings.conftest import Scene
from tests.functional.careerlink.listings.on_the_board import add, titles


@pytest.mark.parametrize("kind", ["test", "dropped", "concluded", "instructor", "staff"])
def test_who_only_looks_has_no_buttons(scene: Scene, kind: str) -> None:
    path = add(scene)
    with scene.database.write() as session:
        scene.attach(session)
        who = scene.school.person(session, "Noor Haddad")
        if kind == "concluded":
            scene.school.course.concluded_at = datetime(2026, 10, 1, tzinfo=UTC)
        if kind != "staff":
            role = CourseRole.INSTRUCTOR if kind == "instructor" else CourseRole.STUDENT
            dropped = datetime(2026, 10, 1, tzinfo=UTC) if kind == "dropped" else None
            scene.school.enroll(session, who, role, is_test=kind == "test", dropped_at=dropped)
    visitor = scene.staff() if kind == "staff" else scene.member(who, role)

    board, page = visitor.get(scene.board), visitor.get(path)

    assert titles(board) == ["Where do repair customers wait?"]
    assert "Start application" not in page.links
    assert ("Save for later" in page.buttons) == (kind == "dropped")
    if kind in ("test", "concluded"):
        token = board.visitor.get(scene.board).element('meta[name="csrf-token"]')
        data = {"csrf_token": token["content"]}
        assert visitor.post(f"{path}/save", data, status=403).reason == "not-permitted"


def test_another_institution_and_another_course_see_nothing(scene: Scene) -> None:
    path = add(scene)
    with scene.database.write() as session:
        other = campus(session, "crestwood")
        stranger = other.person(session, "Sam Stone")
        other.enroll(session, stranger, CourseRole.STUDENT)
        boss = other.person(session, "Bea Boss", OfficeRole.STAFF)
    visitor = sign_in(
        scene.new_visitor(), scene.database, stranger, {other.course.id: CourseRole.STUDENT}
    )
    office = sign_in(scene.new_visitor(), scene.database, boss)
    listing_id = path.rpartition("/")[2]

    visitor.get(scene.board, status=404)
    visitor.get(path, status=404)
    visitor.get(f"/courses/{other.course.public_id}/listings/{listing_id}", status=404)
    office.get(scene.board, status=404)
    office.get(f"/office/listings/{listing_id}", status=404)
    office.get(f"/office/partners/{scene.partner.public_id}", status=404)
    assert listing_id not in office.get("/office/listings").html
    assert scene.partner.name not in office.get("/office/partners").html


def test_the_number_of_queries_is_the_same_for_none_and_for_many(scene: Scene) -> None:
    student = scene.student()
    student.get(scene.board)
    before = _queries(scene, lambda: student.get(scene.board))
    for number in range(60):
        with scene.database.write() as session:
            scene.attach(session)
            house = partners.partner(session, scene.school.institution, name=f"House {number}")
            listings.listing(
                session, house, title=f"Project {number}", release_to=scene.school.course,
                skill_names=("SQL", f"Skill {number}"), serves=(scene.school.objectives[0],),
            )  # fmt: skip

    after = _queries(scene, lambda: student.get(scene.board))

    assert after == before


def _queries(scene: Scene, visit: Any) -> int:
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(sa.engine.Engine, "before_cursor_execute", note)
    try:
        visit()
    finally:
        event.remove(sa.engine.Engine, "before_cursor_execute", note)
    return sum(statement.lstrip().startswith("SELECT") for statement in statements)


@pytest.mark.parametrize(
    "edge", [("application", "submit"), ("application", "offer"), ("placement", "start")]
)
def test_a_pause_stops_what_would_begin(scene: Scene, edge: tuple[str, str]) -> None:
    class Beginning:
        listing = type("OfListing", (), {"partner": scene.partner})
        partner = scene.partner

    def unmet() -> list[str]:
        with scene.database.read() as session:
            guards = registry.edge_guards[edge]
            return [
                line
                for guard in guards
                if guard.__module__.startswith("careerlink.partners")
                for line in guard(session, Beginning())
            ]

    assert unmet() == []
    scene.partner.state = PartnerState.PAUSED
    assert unmet() == ["Northlight Cycle Works is paused by the career office"]
    scene.partner.state = PartnerState.APPROVED
    scene.partner.approved_until = datetime(2026, 10, 13, tzinfo=UTC).date()
    assert unmet() == ["the approval of Northlight Cycle Works has run out"]
