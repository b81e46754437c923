"""What terms bring to the whole."""

from flask import url_for

from careerlink.courses.models import Course
from careerlink.institutions import (
    term_course_views,
    term_history,
    term_upload_views,
    term_views,
)
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab


def register(registry: Registry) -> None:
    registry.blueprints += [term_views.bp, term_course_views.bp, term_upload_views.bp]
    registry.tabs.append(tabs)
    registry.history_facts["term:add"] = term_history.days
    registry.history_facts["term:change"] = term_history.days
    registry.history_facts["term:clone"] = term_history.taken_over


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    return [Tab("Terms", url_for("terms.listed"), page="terms", position=64, is_seldom=True)]
