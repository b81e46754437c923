"""Students × stage × days × next mover, for whoever teaches the course and for the office."""

from flask import Blueprint, g, render_template

from careerlink.errors import NotFound
from careerlink.security import access, in_course
from careerlink.web import transaction
from careerlink.web.query import asked
from credit.status_board import queries
from credit.status_board.queries import Filter

bp = Blueprint("status_board", __name__)


@bp.get("/courses/<course_id>/students")
@access(in_course)
def show(course_id: str) -> str:
    if not (g.actor.may_look(g.course.id) or g.actor.reads_office):
        raise NotFound
    wanted = asked("show")
    chosen = Filter(wanted) if wanted in set(Filter) else Filter.ALL
    with transaction() as session:
        board = queries.read(
            session,
            g.actor,
            g.course,
            chosen=chosen,
            text=asked("q"),
            after=asked("after") or None,
        )
        return render_template(
            "credit/status_board/show.html", board=board, chosen=chosen, text=asked("q")
        )
