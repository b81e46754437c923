"""What outcome evidence brings to the whole."""

from flask import url_for

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab
from credit.outcomes import views


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, views.office_bp]
    registry.tabs.append(views.tabs)
    registry.set_up_pages.append(of_course)


def of_course(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None or not views.reads(actor, course):
        return []
    url = url_for("outcomes.show", course_id=course.public_id)
    return [Tab("Outcome evidence", url, page="outcomes.", position=60)]
