"""What this feature brings to the whole."""

from flask import url_for

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab
from credit.earlier import upload_views, views


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, upload_views.bp]
    registry.tabs.append(office_tab)


def office_tab(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.is_staff:
        return []
    url = url_for("earlier_upload.choose")
    return [Tab("Earlier credit", url, page="earlier_upload", position=67, is_seldom=True)]
