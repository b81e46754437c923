"""What this feature brings to the whole."""

from flask import url_for

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab
from credit.status_board import views


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.tabs.append(tabs)
    for kind in ("applications", "placements"):
        registry.open_end_pages[kind] = "students"


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None or not actor.may_look(course.id):
        return []
    url = url_for("status_board.show", course_id=course.public_id)
    return [Tab("Students", url, page="students", position=15)]
