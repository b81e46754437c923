"""A course as a student without any work there would see it. Nobody's page; nothing writes."""

from flask import Blueprint, g, render_template
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole, Standing
from careerlink.home import queries, waiting
from careerlink.institutions.day import campus_day
from careerlink.listings import board
from careerlink.listings.board_filters import BoardFilters
from careerlink.people.actors import Actor
from careerlink.registry import registry
from careerlink.security import access, sets_up
from careerlink.web import transaction

bp = Blueprint("set_up_preview", __name__)
NOBODY = 0
"""No person has this key: what belongs to a person is empty for it."""
MOST_PROJECTS = 10


@bp.get("/courses/<course_id>/set-up/preview")
@access(sets_up)
def show(course_id: str) -> str:
    with transaction() as session:
        someone = a_new_student(g.course)
        steps = waiting.next_steps(session, someone, g.course.id)
        found = board.listed(
            session,
            someone,
            g.course,
            BoardFilters(),
            after=None,
            today=campus_day(session, someone),
            size=MOST_PROJECTS,
        )
        return render_template(
            "careerlink/courses/preview.html",
            step=steps[0] if steps else None,
            tabs_of_student=_tabs(someone, g.course),
            projects=found.rows,
            has_more=found.next_key is not None,
            has_projects=queries.has_projects(session, g.course),
            rules=_rules(session, g.course),
        )


def a_new_student(course: Course) -> Actor:
    standing = Standing(CourseRole.STUDENT)
    return Actor(
        institution_id=course.institution_id,
        person_id=NOBODY,
        courses={course.id: standing},
        looks_only=True,
    )


def _tabs(actor: Actor, course: Course) -> list[str]:
    found = [tab for ask in registry.tabs for tab in ask(actor, course)]
    return [tab.label for tab in sorted(found, key=lambda tab: tab.position)]


def _rules(session: Session, course: Course) -> list[str]:
    """What students are told of credit here, from the feature that knows."""
    steps = [step for step in registry.set_up_steps if step.key == "policy"]
    said = [step.say(session, a_new_student(course), course) for step in steps]
    return [part.text for part in said if part is not None]
