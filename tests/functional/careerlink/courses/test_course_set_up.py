"""F1: the first launch asks once what holds in a course; it works as the office set it, too."""

from sqlalchemy import select

from careerlink.courses.models import Course
from careerlink.courses.set_up_models import CourseSetUp
from tests.factories import cases
from tests.functional.careerlink.courses.conftest import Begun, second_instructor


def test_the_first_launch_leads_through_it_part_by_part(begun: Begun) -> None:
    assert "Next: set up this course" in begun.instructor.get(begun.page("queue")).text
    page = begun.instructor.get(begun.home)
    assert "Next: set up this course" in page.text
    page = page.follow("Set up the course")
    titles = []
    while "Keep it and go on" in page.buttons:
        titles.append(page.element("#next-title").get_text())
        page = page.submit("Keep it and go on")

    assert len(titles) == len(set(titles)) >= 4
    assert "Set up since" in page.text
    assert "set up this course" not in begun.instructor.get(begun.home).text
    assert begun.verbs()[-1] == "course:set_up"


def test_it_goes_on_where_it_was_left_also_for_somebody_else(begun: Begun) -> None:
    page = begun.instructor.get(begun.page("set-up"))
    first = page.element("#next-title").get_text()
    page.submit("Keep it and go on")

    again = second_instructor(begun).get(begun.page("set-up"))

    assert again.element("#next-title").get_text() != first
    assert "1 of" in again.text


def test_one_click_takes_what_the_office_has_set(begun: Begun) -> None:
    page = begun.instructor.get(begun.page("set-up"))
    form = page.form("Take everything as it stands and finish")
    for _ in range(2):
        done = begun.instructor.post(form.action, form.data)

    assert "Set up with the office’s defaults" in done.text
    assert begun.verbs().count("course:set_up") == 1
    with begun.database.read() as session:
        assert session.scalars(select(CourseSetUp)).one().used_defaults


def test_a_course_in_which_students_have_begun_runs_as_it_is(begun: Begun) -> None:
    with begun.database.write() as session:
        cases.project(session, begun.of, begun.of.students[0])

    assert "set up this course" not in begun.instructor.get(begun.home).text


def test_students_are_let_in_before_anybody_set_it_up(begun: Begun) -> None:
    """A policy of the office's is enough; the set-up only asks to look at it."""
    page = begun.student.get(begun.home)

    assert "Your instructor has not switched this on" not in page.text
    assert begun.listing.title in begun.student.get(begun.page("board")).text
    begun.student.get(begun.page("set-up"), status=404)


def test_objectives_are_chosen_and_at_least_one(begun: Begun) -> None:
    page = begun.instructor.get(begun.page("objectives"))
    refused = page.submit("Keep these objectives", {"B1 Frame a question": False}, status=422)
    assert "Choose at least one objective" in refused.text
    done = refused.submit("Keep these objectives", {"B2 Present findings": True})

    assert "B2 Present findings" in done.text and "B1 Frame a question" not in done.text


def test_the_preview_shows_a_student_without_data_and_writes_nothing(begun: Begun) -> None:
    with begun.database.write() as session:
        cases.project(session, begun.of, begun.of.students[0])
    before = begun.verbs()

    page = begun.instructor.get(begun.page("set-up/preview"))

    assert "Nobody’s page" in page.text
    assert begun.listing.title in page.text and "Next: find a project" in page.text
    assert "Micro-internship credit, version 1" in page.text
    assert "Maya" not in page.text
    assert page.role == "instructor"
    assert not page.buttons
    assert begun.verbs() == before


def test_a_concluded_course_is_not_set_up(begun: Begun) -> None:
    form = begun.instructor.get(begun.page("set-up")).form("Keep it and go on")
    with begun.database.write() as session:
        course = session.get_one(Course, begun.of.course.id)
        course.concluded_at = course.created_at

    begun.instructor.post(form.action, form.data, status=409)
    assert "nothing can be changed" in begun.instructor.get(begun.page("set-up")).text
