"""What the gradebook page brings: its routes and a tab."""

from flask import url_for

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab
from credit.gradebook import column_views, views


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, column_views.bp]
    registry.tabs.append(tabs)


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None or not actor.may_look(course.id):
        return []
    url = url_for("gradebook.show", course_id=course.public_id)
    return [Tab("Gradebook", url, page="gradebook", position=25)]
