"""What competencies bring to the whole."""

from flask import url_for

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab
from credit.competencies import course_views, import_views, importing, set_up_part, views
from credit.competencies.choosing import COMPETENCIES


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, import_views.bp, course_views.bp]
    registry.tabs.append(_tabs)
    registry.set_up_pages.append(course_views.set_up_pages)
    registry.carry_overs.append(COMPETENCIES)
    registry.set_up_steps.append(set_up_part.COMPETENCIES)
    registry.sweeps.append(importing.forget_old)


def _tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    url = url_for("competencies.listed")
    return [Tab("Competencies", url, page="competenc", position=60, is_seldom=True)]
