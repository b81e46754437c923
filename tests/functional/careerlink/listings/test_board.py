"""S3: a student looks through the board, narrows it, opens a project, keeps it for later."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from careerlink.listings.models import ListingState, PersonSkill, SavedListing
from tests.functional.careerlink.listings.conftest import Scene
from tests.functional.careerlink.listings.on_the_board import add, titles


def test_a_row_says_what_a_student_weighs(scene: Scene) -> None:
    add(
        scene,
        skill_names=("SQL", "Power BI"),
        serves=(scene.school.objectives[0], scene.school.objectives[2]),
        slots_held=1,
    )
    page = scene.student().get(scene.board)

    for said in (
        "You make: A waiting-time dashboard and a one-page recommendation",
        "Northlight Cycle Works · vetted until Wed 30 Jun 2027",
        "$480", "$24.00", "Mon 19 Oct – Fri 20 Nov , 4 weeks before term ends",
        "1 of 2 left, apply by Sat 17 Oct", "Remote", "Power BI, SQL",
        "Practices 2 objectives of this course: B1 frame a question that data can answer, "
        "B3 present findings",
        "Ends 4 weeks before grades are due",
    ):  # fmt: skip
        assert said in page.text, said


def test_an_end_after_the_term_is_shown_not_hidden(scene: Scene) -> None:
    add(scene, ends_on=date(2026, 12, 23))

    page = scene.student().get(scene.board)

    assert "Cannot finish in this term: it ends after grades are due" in page.text
    assert "Ends before grades are due 0" in page.links


@pytest.mark.parametrize(
    "values",
    [
        {"state": ListingState.DRAFT},
        {"state": ListingState.SUBMITTED},
        {"state": ListingState.CLOSED},
        {"state": ListingState.WITHDRAWN},
        {"apply_by": date(2026, 10, 13)},
        {"release_to": None},
    ],
)
def test_what_is_not_open_is_not_on_the_board(scene: Scene, values: dict[str, Any]) -> None:
    add(scene, **values)

    assert "No project is open for this course now" in scene.student().get(scene.board).text


def test_the_last_day_to_apply_is_the_campus_s_own(
    scene: Scene, clock: time_machine.Traveller
) -> None:
    add(scene, apply_by=date(2026, 10, 17))
    # Eleven at night in New York is the next day in Greenwich.
    clock.move_to(datetime(2026, 10, 18, 3, tzinfo=UTC))
    assert len(titles(scene.student().get(scene.board))) == 1

    clock.move_to(datetime(2026, 10, 18, 4, tzinfo=UTC))
    assert titles(scene.student().get(scene.board)) == []


def test_filters_are_links_with_counts_that_hold(scene: Scene) -> None:
    add(scene, title="Remote", planned_minutes=600, fee_minor=200_00)
    add(
        scene, title="On site", is_remote=False, place="Eastmoor", field="Design",
        planned_minutes=1800, fee_minor=1000_00, serves=(scene.school.objectives[0],),
    )  # fmt: skip
    add(scene, title="Full", slots_held=2)
    student = scene.student()
    page = student.get(scene.board)

    for label, left in {
        "Remote 2": {"Remote", "Full"},
        "Places left 2": {"Remote", "On site"},
        "5–14 1": {"Remote"},
        "25–40 1": {"On site"},
        "$20.00–$25.00 2": {"Remote", "Full"},
        "$30.00 and more 1": {"On site"},
        "B1 Frame a question that data can answer 1": {"On site"},
        "Design 1": {"On site"},
    }.items():
        assert set(titles(page.follow(label))) == left, label
    none = page.follow("25–40 1").follow("Remote 0")
    assert "No project fits all of this" in none.text
    assert set(titles(none.follow("Without the hours: 2"))) == {"Remote", "Full"}
    assert len(titles(none.follow("Show all 3"))) == 3


def test_sorting_and_pages_by_key(scene: Scene) -> None:
    for number in range(30):
        add(scene, title=f"Project {number:02}", fee_minor=400_00 + 100 * (number // 2))
    student = scene.student()
    newest = student.get(scene.board)
    assert titles(newest)[:2] == ["Project 29", "Project 28"]

    first = newest.follow("fee per hour")
    second = first.follow("Next 25")

    assert len(set(titles(first)) | set(titles(second))) == 30
    assert titles(second)[-1] == "Project 00"
    assert titles(second.follow("First page")) == titles(first)


@pytest.mark.parametrize(
    "typed",
    [
        "c++",
        "(",
        "-x",
        '"',
        "AND NOT",
        "a OR b",
        "*",
        "NEAR(",
        "\\",
        "%",
        "\x00(",
        "'",
        "²",
        ":",
    ],
)
def test_whatever_is_typed_is_only_words(scene: Scene, typed: str) -> None:
    add(scene)

    page = scene.student().get(scene.board, query_string={"q": typed})

    assert titles(page) == []
    assert page.element("#q")["value"] == typed.replace("\x00", " ").strip()


def test_search_finds_words_of_everything_a_listing_says(scene: Scene) -> None:
    add(scene, title="Stock the spring parts", skill_names=("C++",), place="Zürich")
    add(scene, title="Something else", skill_names=("C",))
    student = scene.student()

    for typed in (
        "spring",
        "SPRING parts",
        "c++",
        "northlight",
        "zurich",
        "dashboards",
        "tick",
    ):
        found = titles(student.get(scene.board, query_string={"q": typed}))
        assert "Stock the spring parts" in found, typed
    assert titles(student.get(scene.board, query_string={"q": "c++"})) == [
        "Stock the spring parts"
    ]
    assert titles(student.get(scene.board, query_string={"q": "spring zebra"})) == []


def test_the_listing_page_says_what_happens(scene: Scene) -> None:
    path = add(scene, has_nda=True, serves=(scene.school.objectives[0],), skill_names=("SQL",))
    page = scene.student().get(scene.board).follow("Where do repair customers wait?")

    assert page.path == path
    for said in (
        "vetted by the career office on", "What you will make", "B1: Frame a question",
        "The partner owns what you make", "You sign one", "AI tools", "A bicycle shop.",
        "$480 ÷ 20 h planned. The campus floor is $20.00 an hour.",
    ):  # fmt: skip
        assert said in page.text, said
    assert page.links["Start application"] == f"{path}/apply"


def test_saving_twice_is_saving_once(scene: Scene) -> None:
    path = add(scene)
    student = scene.student()
    page = student.get(path)

    page.submit("Save for later")
    page = page.submit("Save for later")
    board = student.get(scene.board)
    assert titles(board.follow("Saved 1")) == ["Where do repair customers wait?"]
    page.submit("Remove from saved projects")

    with scene.database.read() as session:
        assert session.scalars(select(SavedListing)).all() == []


def test_skills_that_a_student_gives_become_reasons(scene: Scene) -> None:
    add(scene, skill_names=("SQL", "Power BI"))
    student = scene.student()
    page = student.get(scene.board).follow("Add your skills")
    page = page.submit("Save skills", {"chosen": ["SQL"], "Others": "Drawing"})

    assert "You have 1 of 2 skills: SQL" in page.text
    assert "Asks for Power BI, not on your list" in page.text
    page.follow("Change your skills").submit("Save skills", {"chosen": [], "Others": ""})
    with scene.database.read() as session:
        assert session.scalars(select(PersonSkill)).all() == []


def test_a_partner_s_new_name_is_found(scene: Scene) -> None:
    add(scene)
    facts = (
        scene.staff().get(f"/office/partners/{scene.partner.public_id}").follow("Change facts")
    )
    facts.submit("Save facts", {"Name": "Southlight Velo Lab"})
    student = scene.student()

    assert len(titles(student.get(f"{scene.board}?q=southlight"))) == 1
    assert titles(student.get(f"{scene.board}?q=northlight")) == []
