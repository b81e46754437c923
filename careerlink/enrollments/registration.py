"""What the registrar's lists bring to the whole."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.enrollments import (
    keeping,
    looking,
    number_views,
    queries,
    taking,
    views,
    waiting,
)
from careerlink.enrollments.models import EnrollmentUpload
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab


def register(registry: Registry) -> None:
    registry.blueprints += [number_views.bp, views.bp]
    registry.tabs.append(office_tab)
    registry.outbox_handlers[taking.KIND] = taking.deliver
    registry.outbox_handlers[looking.KIND] = looking.deliver
    registry.sweeps += [waiting.match, keeping.forget]
    registry.histories["enrollment_upload"] = history


def office_tab(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    url = url_for("enrollments.listed")
    return [Tab("Enrollments", url, page="enrollment", position=66, is_seldom=True)]


def history(session: Session, actor: Actor, public_id: str) -> EnrollmentUpload | None:
    try:
        return queries.get(session, actor, public_id)
    except NotFound:
        return None
