"""What an instructor keeps off the board: found among many, saved without the others."""

from sqlalchemy import select

from careerlink.courses.set_up_models import HiddenListing
from tests.factories.listings import listing
from tests.factories.partners import partner
from tests.functional.careerlink.courses.conftest import Begun
from tests.pages import Page

SAVE = "Save the ticks on this page"


def chosen(begun: Begun, query: str = "") -> Page:
    return begun.instructor.get(begun.page(f"set-up/projects{query}"))


def board(begun: Begun) -> str:
    return begun.student.get(begun.page("board")).text


def more(begun: Begun, titles: list[str], name: str) -> None:
    with begun.database.write() as session:
        host = partner(session, begun.of.course.institution, name=name)
        for title in titles:
            listing(session, host, release_to=begun.of.course, title=title)


def test_a_project_that_is_hidden_leaves_this_board_and_comes_back(begun: Begun) -> None:
    chosen(begun).submit(SAVE, {begun.listing.title: False})
    assert begun.listing.title not in board(begun)
    assert begun.listing.title not in begun.instructor.get(begun.page("set-up/preview")).text
    assert "0 of the 1 projects" in begun.instructor.get(begun.page("set-up")).text

    kept_off = chosen(begun).follow("Kept off")
    done = kept_off.submit(SAVE, {begun.listing.title: True})
    assert "1 project put on the board" in done.text

    assert begun.listing.title in board(begun)
    with begun.database.read() as session:
        assert session.scalars(select(HiddenListing)).all() == []
    assert begun.verbs().count("course:choose_projects") == 2


def test_two_tabs_save_only_what_was_changed_in_each(begun: Begun) -> None:
    more(begun, ["Map the bus stops", "Count the bicycles"], "Wheel Works")
    first, second = chosen(begun), chosen(begun)

    first.submit(SAVE, {"Map the bus stops": False})
    second.submit(SAVE, {"Count the bicycles": False})

    shown = board(begun)
    assert "Map the bus stops" not in shown and "Count the bicycles" not in shown
    assert begun.listing.title in shown


def test_all_of_one_partner_on_every_page_of_the_list(begun: Begun) -> None:
    titles = [f"Count the bicycles {number:02}" for number in range(27)]
    more(begun, titles, "Wheel Works")
    assert "Next 25" in " ".join(chosen(begun, "?q=wheel").links)

    theirs = chosen(begun).follow("Wheel Works")
    assert "28 of 28 released projects" in theirs.text
    done = theirs.submit("Take all 27 off the board")

    assert "27 projects taken off the board" in done.text
    assert begun.listing.title in board(begun) and "bicycles" not in board(begun)
    assert "27 projects put on" in done.submit("Put all 27 on the board").text
    assert "bicycles" in board(begun)
