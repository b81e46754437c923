"""What this feature brings to the whole."""

from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.registry import Panel, Registry, Waiting
from credit import addresses
from credit.concerns import queries, views, wording
from credit.concerns.models import Concern

MOST = 50
MOST_ON_HOME = 20
SHOWN_FOR = timedelta(days=14)


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.attention.append(waiting)
    registry.placement_panels.append(panels)
    registry.home_panels.append(home_panels)
    registry.histories["concern"] = history


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Today's red answers stand before everything else that is not late."""
    if not actor.reads_office:
        return []
    return [
        Waiting(
            group="Yours",
            title=f"{wording.title(one)}: {one.placement.person.label}",
            text=f"“{one.placement.title}” at {one.placement.partner.name}. "
            + wording.detail(one)
            + (f"{one.taken_by.label} is on it." if one.taken_by else "Nobody is on it yet."),
            since=one.opened_at,
            url=url_for("concerns.show", concern_id=one.public_id),
            action="Look into it",
            why=wording.WHY[one.kind],
            is_late=one.taken_by_id is None,
        )
        for one in queries.waiting(session, actor, most=MOST)
    ]


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    """For teachers and the office: it may be about either side."""
    if not (actor.may_look(placement.course_id) or actor.reads_office):
        return []
    found = queries.of_placement(session, placement, actor=actor)
    if not found:
        return []
    values = {"concerns": found, "titles": wording.title}
    return [
        Panel("What the office looks into", "credit/concerns/panel.html", values, position=5)
    ]


def home_panels(session: Session, actor: Actor, course: Course) -> list[Panel]:
    if not actor.may_look(course.id):
        return []
    since = clock.now() - SHOWN_FOR
    found = queries.in_course(session, actor, course.id, since=since, most=MOST_ON_HOME)
    if not found:
        return []
    values = {"concerns": found, "titles": wording.title, "address": addresses.of}
    return [Panel("What the career office looks into", "credit/concerns/home.html", values, 30)]


def history(session: Session, actor: Actor, public_id: str) -> Concern | None:
    return session.scalar(queries.visible_to(actor).where(Concern.public_id == public_id))
