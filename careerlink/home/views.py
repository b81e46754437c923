"""Where people land: in a course, without one, and in the career office."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from careerlink.courses.models import Course
from careerlink.home import panels, queries, waiting
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.registry import Tab, registry
from careerlink.security import access, anyone, in_course, office, signed_in
from careerlink.web import transaction

bp = Blueprint("home", __name__)


@bp.get("/")
@access(anyone)
def front() -> Response:
    return redirect(url_for(".start"), 303)


@bp.get("/home")
@access(signed_in)
def start() -> str:
    with transaction() as session:
        return render_template(
            "careerlink/home/start.html",
            courses=queries.courses_of(session, g.actor),
            steps=waiting.next_steps(session, g.actor, None),
        )


@bp.get("/courses/<course_id>/")
@access(in_course)
def course(course_id: str) -> str:
    actor, here = g.actor, g.course
    with transaction() as session:
        steps = waiting.next_steps(session, actor, here.id)
        values: dict[str, Any] = {
            "step": steps[0] if steps else None,
            "more_steps": steps[1:],
            "standing": actor.standing(here.id),
            "panels": _panels(session, actor, here),
        }
        if actor.is_student(here.id):
            values |= {
                "applications": placements.applications_of(session, actor, here.id),
                "placements": placements.placements_of(session, actor, here.id),
                "has_projects": queries.has_projects(session, here),
            }
            return render_template("careerlink/home/student.html", **values)
        if actor.may_look(here.id):
            rows = placements.recent_in_course(session, actor, here.id)
            return render_template("careerlink/home/teaching.html", placements=rows, **values)
        if actor.reads_office:
            rows = placements.recent_in_course(session, actor, here.id)
            return render_template("careerlink/home/staff.html", placements=rows, **values)
        return render_template("careerlink/home/plain.html", **values)


@bp.get("/office/")
@access(office)
def attention() -> str:
    chosen = request.args.get("group", "")
    with transaction() as session:
        groups = waiting.attention(session, g.actor)
        return render_template(
            "careerlink/home/attention.html",
            groups=[group for group in groups if chosen in ("", group.name)],
            all_groups=groups,
            chosen=chosen,
            total=sum(len(group.rows) for group in groups),
            step=waiting.first(groups),
        )


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None and not actor.reads_office:
        # Also a chair teaches: from the desk of approvals there is a way to their course.
        teaches = actor.courses_where_may_look()
        here = Tab("Your courses", url_for("home.start"), page="home.start", position=0)
        return [here] if teaches else []
    if course is None:
        return [Tab("Needs attention", url_for("home.attention"), page="home.", position=0)]
    url = url_for("home.course", course_id=course.public_id)
    found = [Tab("Home", url, page="home.", position=0)]
    if actor.reads_office:
        found.append(
            Tab("Career office", url_for("home.attention"), page="office", position=95)
        )
    return found


def _panels(session: Session, actor: Actor, here: Course) -> list[panels.Part]:
    return panels.rendered(
        panel for ask in registry.home_panels for panel in ask(session, actor, here)
    )
