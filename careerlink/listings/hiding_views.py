"""Which of the released projects the board of one course shows."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice

from careerlink.courses import set_up
from careerlink.institutions.day import campus_day
from careerlink.listings import hiding
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.forms import Form

bp = Blueprint("projects_shown", __name__)


class ProjectsForm(Form):
    shown = SelectMultipleField("Projects on the board")


@bp.route("/courses/<course_id>/set-up/projects", methods=["GET", "POST"])
@access(sets_up)
def choose(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        today = campus_day(session, g.actor)
        offered = hiding.released(session, g.course, today)
        hidden = hiding.hidden_ids(session, g.course)
        by_id = {listing.public_id: listing.id for listing in offered}
        form = ProjectsForm(
            data={"shown": [key for key, number in by_id.items() if number not in hidden]}
        )
        form.shown.choices = [SelectChoice(one.public_id, one.title) for one in offered]
        if form.validate_on_submit():
            wanted = [by_id[key] for key in form.shown.data or []]
            hiding.show_only(session, g.course, wanted, actor=g.actor, today=today)
            flash(f"The board shows {len(wanted)} of {len(offered)} projects.", "done")
            return redirect(url_for("course_set_up.show", course_id=course_id), 303)
        page = render_template(
            "careerlink/courses/projects.html",
            form=form,
            hints={one.public_id: one.partner.name for one in offered},
            may_set_up=set_up.may_set_up(g.actor, g.course),
        )
    return page, 422 if form.is_submitted() else 200
