"""Chasing evaluations: who owes one, what was said, and the ways that are left."""

from flask import Blueprint, g, render_template, request, url_for

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Tab
from careerlink.security import access, office
from careerlink.web import transaction
from careerlink.web.query import asked
from credit.evaluations import chasing
from credit.evaluations.chasing import Filter

bp = Blueprint("evaluations_office", __name__, url_prefix="/office/evaluations")


@bp.get("")
@access(office)
def listed() -> str:
    wanted = asked("show")
    chosen = Filter(wanted) if wanted in set(Filter) else Filter.ALL
    with transaction() as session:
        page, rows = chasing.listed(
            session, g.actor, chosen=chosen, after=request.args.get("after")
        )
        return render_template(
            "credit/evaluations/office_list.html",
            page=page,
            rows=rows,
            counts=chasing.counts(session, g.actor),
            chosen=chosen,
        )


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    return [
        Tab(
            "Evaluations",
            url_for("evaluations_office.listed"),
            page="evaluations.office",
            position=36,
        )
    ]
