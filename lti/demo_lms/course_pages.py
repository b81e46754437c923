"""The course page, and the page on which a tool opens inside the course."""

from flask import Blueprint, Response, abort, render_template, request, url_for

from lti.demo_lms import launching
from lti.demo_lms.authorization import page_for
from lti.demo_lms.course import Activity, Course
from lti.demo_lms.lms import Lms
from lti.demo_lms.lookup import Missing
from lti.demo_lms.people import Person
from lti.demo_lms.serving import the_lms

bp = Blueprint("course", __name__)
CARDS = 7
"""So many people get a card; the rest of a large class is a list."""

ROLE_WORDS = {
    "student": "Student",
    "teacher": "Instructor",
    "assistant": "Teaching assistant",
    "designer": "Course designer",
    "observer": "Observer",
}


@bp.get("/")
@bp.get("/course/<int:course_id>")
def show(course_id: int | None = None) -> str:
    lms = the_lms()
    try:
        course = lms.course(course_id)
    except Missing:
        abort(404)
    people = [
        {
            "person": person,
            "role": role_words(lms, person, course),
            "teaches": any(
                e.role == "teacher" for e in lms.enrollments_of(person.id, course.id)
            ),
        }
        for person in lms.school.people
        if person.key and not person.is_test_student
    ]
    links = [a for a in lms.school.activities if a.course_id == course.id and not a.deleted]
    return render_template(
        "course.html",
        course=course,
        cards=people[:CARDS],
        others=people[CARDS:],
        links=links,
        failure=lms.failure.mode,
    )


@bp.get("/launch/<person>/<link>")
def launch(person: str, link: str) -> str:
    """A page of the course with the tool in it: nothing more to click."""
    lms = the_lms()
    opener, activity = _found(lms, person, link)
    course = lms.course(activity.course_id)
    return render_template(
        "launch.html",
        course=course,
        activity=activity,
        links=[a for a in lms.school.activities if a.course_id == course.id and not a.deleted],
        person=opener,
        role=role_words(lms, opener, course),
        frame=url_for(".tool", person=person, link=link, course=request.args.get("course")),
    )


@bp.get("/launch/<person>/<link>/tool")
def tool(person: str, link: str) -> Response:
    """What the frame shows first: the login initiation, posting itself."""
    lms = the_lms()
    opener, activity = _found(lms, person, link)
    return page_for(launching.begin(lms, opener, activity))


def role_words(lms: Lms, person: Person, course: Course) -> str:
    words = [ROLE_WORDS[e.launch_role] for e in lms.enrollments_of(person.id, course.id)]
    if person.admin:
        words.append("Administrator")
    if person.manager:
        words.append("Site manager")
    return ", ".join(words) or "University staff"


def _found(lms: Lms, person: str, link: str) -> tuple[Person, Activity]:
    course_id = request.args.get("course", type=int)
    try:
        return lms.person(person), lms.activity(link, course_id)
    except Missing:
        abort(404)
