"""Choosing where grades stand once their column is gone."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerlink.errors import NotFound
from careerlink.security import access, in_course
from careerlink.web import request_session, services, transaction
from credit.gradebook import operations
from credit.gradebook.forms import NEW, ColumnForm
from credit.gradebook.views import AT, only_those_who_see_it
from lti import column_choices
from lti.column_choices import Choice, Source, Unanswered
from lti.columns import Deed

bp = Blueprint("gradebook_column", __name__)


@bp.route(f"{AT}/column", methods=["GET", "POST"])
@access(in_course)
def choose(course_id: str) -> ResponseReturnValue:
    """The list comes from the platform at this moment; what is chosen the worker does."""
    only_those_who_see_it()
    context_id = _context_id()
    if context_id is None:
        return redirect(url_for("gradebook.show", course_id=course_id), 303)
    session = request_session()
    source = operations.source_of(session, g.course, context_id)
    may_act = operations.may_act(g.actor, g.course)
    # Nothing may stay open while the platform is asked.
    session.rollback()
    choices, problem = _asked(source) if may_act else ([], "")
    session.refresh(g.course)
    form = ColumnForm(context=str(context_id))
    form.offer(choices, may_make=source.may_make)
    if form.validate_on_submit():
        return _done(context_id, form.column.data)
    html = render_template(
        "credit/gradebook/column.html",
        form=form,
        platform=source.platform,
        problem=problem,
        may_make=source.may_make,
        has_choices=bool(choices) or source.may_make,
        may_act=may_act,
    )
    return html, 422 if form.is_submitted() else 200


def _asked(source: Source) -> tuple[list[Choice], str]:
    here = services()
    try:
        return column_choices.listed(here.database, here.settings, source), ""
    except Unanswered as fault:
        return [], str(fault)


def _done(context_id: int, chosen: str) -> ResponseReturnValue:
    with transaction() as session:
        operations.ask(
            session,
            g.course,
            context_id=context_id,
            deed=Deed.MAKE if chosen == NEW else Deed.USE,
            actor=g.actor,
            url="" if chosen == NEW else chosen,
        )
        flash("The column is being set up; then all grades of this course are sent to it.")
    return redirect(url_for("gradebook.show", course_id=g.course.public_id), 303)


def _context_id() -> int | None:
    value = request.values.get("context", "")
    if value.isdecimal() and len(value) <= 9:
        return int(value)
    if request.method == "POST":
        raise NotFound
    return None
