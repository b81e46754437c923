"""Where people land, by who they are: the next thing first, and nothing that is not theirs."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import OfficeRole, Person
from tests.factories.placements import placement, supervised_listing
from tests.factories.school import Campus, campus, sign_in
from tests.pages import Page, Visitor


@dataclass
class Scene:
    database: Database
    new_visitor: Callable[[], Visitor]
    school: Campus
    people: dict[str, Person]

    @property
    def home(self) -> str:
        return f"/courses/{self.school.course.public_id}/"

    def visitor(self, name: str, role: CourseRole | None = None) -> Visitor:
        courses = {self.school.course.id: role} if role else None
        return sign_in(self.new_visitor(), self.database, self.people[name], courses)

    def at_home(self, name: str, role: CourseRole) -> Page:
        return self.visitor(name, role).get(self.home)


@pytest.fixture
def scene(app: Flask, visitors: Callable[[], Visitor]) -> Scene:
    database = app.extensions["careerlink"].database
    with database.write() as session:
        school = campus(session)
        people = {
            "maya": school.person(session, "Maya Okafor"),
            "hana": school.person(session, "Hana Novak"),
            "priya": school.person(session, "Priya Raman", OfficeRole.STAFF),
            "lucia": school.person(session, "Lucía Herrero", OfficeRole.AUDITOR),
        }
        school.enroll(session, people["maya"], CourseRole.STUDENT)
        school.enroll(session, people["hana"], CourseRole.INSTRUCTOR)
    return Scene(database, visitors, school, people)


def with_projects(scene: Scene) -> None:
    with scene.database.write() as session:
        course = session.merge(scene.school.course)
        listing = supervised_listing(session, course)
        placement(session, session.merge(scene.people["maya"]), course, listing)


def test_a_course_without_projects_says_so_and_nothing_else(scene: Scene) -> None:
    page = scene.at_home("maya", CourseRole.STUDENT)

    assert page.page_id == "home.student"
    assert "Your instructor has not switched this on" in page.text
    assert "Your placements" not in page.text


def test_a_student_sees_what_is_theirs(scene: Scene) -> None:
    with_projects(scene)

    page = scene.at_home("maya", CourseRole.STUDENT)

    assert page.soup.select_one(".next-card")
    assert "Where do repair customers wait?" in page.text
    assert page.follow("Where do repair customers wait?").page_id == "placements.show"


@pytest.mark.parametrize("role", [CourseRole.INSTRUCTOR, CourseRole.ASSISTANT])
def test_those_who_teach_see_their_students(scene: Scene, role: CourseRole) -> None:
    with_projects(scene)

    page = scene.at_home("hana", role)

    assert page.page_id == "home.teaching"
    assert page.follow("Maya Okafor").page_id == "placements.show"


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (CourseRole.OBSERVER, "You observe this course."),
        (CourseRole.NONE, "The LMS gives you no role here"),
    ],
)
def test_others_get_an_explanation_and_nothing_else(
    scene: Scene, role: CourseRole, said: str
) -> None:
    with_projects(scene)

    page = scene.at_home("hana", role)

    assert said in page.text
    assert "Maya" not in page.text
    assert not page.soup.select(".course-tabs a")


def test_staff_in_a_course_look_with_the_offices_eyes(scene: Scene) -> None:
    with_projects(scene)

    page = scene.visitor("priya").get(scene.home)

    assert (page.page_id, page.role) == ("home.staff", "staff")
    assert page.follow("Maya Okafor").page_id == "placements.office_show"


def test_whoever_dropped_keeps_their_work(scene: Scene) -> None:
    with_projects(scene)
    with scene.database.write() as session:
        member = session.query(CourseMember).filter_by(person_id=scene.people["maya"].id).one()
        member.dropped_at = scene.school.course.created_at

    page = scene.at_home("maya", CourseRole.STUDENT)

    assert "You are no longer enrolled in BUS-310" in page.text
    assert "Where do repair customers wait?" in page.text


def test_without_a_course_people_see_where_to_go(scene: Scene) -> None:
    launched = scene.visitor("maya", CourseRole.STUDENT).get("/home")
    elsewhere = scene.visitor("maya").get("/home")
    staff = scene.visitor("priya").get("/home")

    assert launched.follow("Open BUS-310").page_id == "home.student"
    assert "Open it from its page in the LMS" in elsewhere.text
    assert staff.follow("Open Needs attention").page_id == "home.attention"


def test_another_course_is_not_there(scene: Scene) -> None:
    scene.visitor("maya").get(scene.home, status=404)


def test_an_empty_office_says_that_nothing_waits(scene: Scene) -> None:
    page = scene.visitor("priya").get("/office/")

    assert "Next: nothing is waiting for you" in page.text


def test_what_is_stuck_stands_under_who_must_act(scene: Scene) -> None:
    with scene.database.write() as session:
        course = session.merge(scene.school.course)
        listing = supervised_listing(session, course)
        listing.supervisor = None
        placement(session, session.merge(scene.people["maya"]), course, listing)

    page = scene.visitor("priya").get("/office/")

    groups = {h.get_text() for h in page.soup.select(".attention-group h2")}
    assert "Yours, 1" in groups
    assert "Why is this here" in page.text
    assert page.follow("Name supervisor").page_id == "placements.supervisor"


def test_the_counts_of_the_filters_add_up(scene: Scene) -> None:
    with_projects(scene)
    page = scene.visitor("priya").get("/office/")

    counts = [int(found.get_text()) for found in page.soup.select(".filter-list .count")]
    assert not counts or counts[0] == sum(counts[1:]) == len(page.soup.select(".attention-act"))


@pytest.mark.parametrize(
    "path", ["/office/", "/office/applications", "/office/placements", "/office/outbox"]
)
def test_the_office_is_closed_to_others(scene: Scene, path: str) -> None:
    assert scene.visitor("lucia").get(path).role == "auditor"
    scene.visitor("maya", CourseRole.STUDENT).get(path, status=404)
    scene.visitor("hana", CourseRole.INSTRUCTOR).get(path, status=404)
    scene.new_visitor().get(path, status=401)
