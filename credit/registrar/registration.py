"""What this feature brings to the whole."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab
from credit.registrar import queries, views
from credit.registrar.models import RegistrarExport


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.tabs.append(tabs)
    registry.histories["registrar_export"] = history


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    return [
        Tab(
            "Registrar",
            url_for("registrar.show"),
            page="registrar",
            position=72,
            is_seldom=True,
        )
    ]


def history(session: Session, actor: Actor, public_id: str) -> RegistrarExport | None:
    return session.scalar(
        queries.visible_to(actor).where(RegistrarExport.public_id == public_id)
    )
