"""What this feature brings to the whole."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.placements import (
    application_queries,
    application_views,
    deadlines,
    first_project,
    offers,
    office_application_views,
    office_views,
    queries,
    resting,
    steps,
    views,
    without_credit,
    without_credit_views,
)
from careerlink.placements.models import Application, Placement
from careerlink.registry import Registry, Tab


def register(registry: Registry) -> None:
    registry.blueprints += [
        application_views.bp,
        views.bp,
        office_application_views.bp,
        office_views.bp,
        without_credit_views.bp,
    ]
    registry.tabs.append(_tabs)
    registry.next_steps += [
        steps.for_student,
        first_project.next_steps,
        without_credit.next_steps,
    ]
    registry.attention += [steps.for_office, without_credit.waiting]
    registry.student_work.append(resting.student_work)
    registry.open_ends.append(resting.open_ends)
    registry.sweeps += [deadlines.expire_offers, deadlines.start_placements]
    registry.reaction("listing", "withdraw", offers.void_all)
    registry.histories["application"] = _application
    registry.histories["placement"] = _placement


def _tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    return [
        Tab("Applications", url_for("office_applications.listed"), "applications.", 30),
        Tab("Placements", url_for("office_placements.listed"), "placements.", 40),
    ]


def _application(session: Session, actor: Actor, public_id: str) -> Application | None:
    query = application_queries.visible_to(actor).where(Application.public_id == public_id)
    return session.scalar(query)


def _placement(session: Session, actor: Actor, public_id: str) -> Placement | None:
    return session.scalar(queries.visible_to(actor).where(Placement.public_id == public_id))
