"""The course page, and the page on which a tool opens inside the course."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

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
        if person.key and not person.is_test_student and lms.may_open(person, course)
    ]
    return render_template(
        "course.html",
        course=course,
        cards=people[:CARDS],
        others=people[CARDS:],
        links=links_of(lms, course),
        failure=lms.failure.mode,
    )


@bp.get("/launch/<person>/<link>")
def launch(person: str, link: str) -> ResponseReturnValue:
    """A page of the course with the tool in it: nothing more to click."""
    lms = the_lms()
    opener, activity = _found(lms, person, link)
    course = lms.course(activity.course_id)
    if not lms.may_open(opener, course):
        return _refused(lms, opener, activity)
    return render_template(
        "launch.html",
        course=course,
        activity=activity,
        links=links_of(lms, course),
        person=opener,
        role=role_words(lms, opener, course),
        frame=url_for(".tool", person=person, link=link, course=request.args.get("course")),
    )


@bp.get("/launch/<person>/<link>/tool")
def tool(person: str, link: str) -> ResponseReturnValue:
    """What the frame shows first: the login initiation, posting itself.

    With ``?mobile`` as Canvas's app does it, which has no frame.
    """
    lms = the_lms()
    opener, activity = _found(lms, person, link)
    if not lms.may_open(opener, lms.course(activity.course_id)):
        return _refused(lms, opener, activity)
    return page_for(launching.begin(lms, opener, activity, mobile="mobile" in request.args))


def links_of(lms: Lms, course: Course) -> list[Activity]:
    """Those of tools that the platform has as which it behaves now."""
    tools = {tool.key for tool in lms.school.tools if tool.family == lms.school.family}
    return [
        activity
        for activity in lms.school.activities
        if activity.course_id == course.id and not activity.deleted and activity.tool in tools
    ]


def role_words(lms: Lms, person: Person, course: Course) -> str:
    words = [ROLE_WORDS[e.launch_role] for e in lms.enrollments_of(person.id, course.id)]
    if person.admin:
        words.append("Administrator")
    if person.manager:
        words.append("Site manager")
    return ", ".join(words) or "University staff"


def _refused(lms: Lms, person: Person, activity: Activity) -> ResponseReturnValue:
    """Before any tool hears of it, as both platforms do with whoever is not in a course."""
    html = render_template(
        "not_enrolled.html",
        person=person,
        course=lms.course(activity.course_id),
        link=activity.key,
        courses=lms.courses_open_to(person),
    )
    return html, 403


def _found(lms: Lms, person: str, link: str) -> tuple[Person, Activity]:
    course_id = request.args.get("course", type=int)
    try:
        return lms.person(person), lms.activity(link, course_id)
    except Missing:
        abort(404)
