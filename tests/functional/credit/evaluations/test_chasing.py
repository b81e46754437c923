"""C8: one list of what supervisors owe, with every way that is left, until it is closed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from careerlink.db import Database
from careerlink.people.models import Person
from credit.cases import opening
from tests.factories import cases, records
from tests.factories.agreements import Scene
from tests.factories.evaluated import ask
from tests.pages import Visitor

LIST = "/office/evaluations"


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield found
    sa.event.remove(database.engine, "before_cursor_execute", note)


def test_the_list_leads_to_every_way_that_is_left(
    database: Database,
    cast: Scene,
    browser_of_staff: Visitor,
    browser_of: Callable[[str], Visitor],
) -> None:
    with database.write() as session:
        records.bounce(session, cast)
        instructor = session.get_one(Person, cast.instructor.person_id)
        placement = session.merge(cast.placement)
        of = cases.Class(placement.course, instructor, session.merge(cast.contact))
        cases.add_policy(session, of)
        opening.open_for(session, placement, actor=cast.staff)

    page = browser_of_staff.get(LIST)
    assert page.page_id == "evaluations.office"
    row = next(row for row in page.rows() if row[0].startswith("Ines Carvalho"))
    assert "Mail comes back" in row[0] and "Final" in row[2]
    assert len([one for one in page.follow("Mail comes back").rows() if "Ines" in one[0]]) == 1

    assert page.follow("Call and write down").page_id == "evaluations.transcribe"
    assert page.follow("Hand out the link").page_id == "placements.link"
    assert page.follow("Name somebody else").page_id == "placements.supervisor"
    closed = page.follow("Close as unavailable").submit(
        "Close it", {"Why": "The company has closed."}
    )
    assert "Evaluation unavailable: The company has closed." in closed.text
    assert "Nothing is owed" in browser_of_staff.get(LIST).text

    home = browser_of("instructor").get(f"/courses/{cast.course.public_id}/")
    packet = home.follow("Open the packet")
    assert "The company has closed." in packet.text


def test_the_list_asks_the_database_the_same_for_one_and_for_many(
    database: Database, cast: Scene, browser_of_staff: Visitor
) -> None:
    with statements(database) as few:
        browser_of_staff.get(LIST)
    with database.write() as session:
        course = session.merge(cast.placement).course
        instructor = session.get_one(Person, cast.instructor.person_id)
        of = cases.Class(course, instructor, session.merge(cast.contact))
        for number in range(4):
            who = cases.student(session, of, f"Learner {number}")
            ask(session, cases.project(session, of, who))
    with statements(database) as many:
        page = browser_of_staff.get(LIST)

    assert len([row for row in page.rows() if row[0].startswith("Ines")]) == 5
    assert len(many) == len(few)
