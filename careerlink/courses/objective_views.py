"""What a course teaches, chosen from the institution's objectives."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice

from careerlink.courses import objectives, set_up
from careerlink.errors import InvalidInput
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.forms import Form

bp = Blueprint("course_objectives", __name__)


class ObjectivesForm(Form):
    objectives = SelectMultipleField("Learning objectives of this course")


@bp.route("/courses/<course_id>/objectives", methods=["GET", "POST"])
@access(sets_up)
def show(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        offered = objectives.offered(session, g.course)
        chosen = [str(one.objective_id) for one in objectives.chosen(session, g.course)]
        form = ObjectivesForm(data={"objectives": chosen})
        form.objectives.choices = [
            SelectChoice(str(one.id), f"{one.code} {one.title}") for one in offered
        ]
        if form.validate_on_submit():
            wanted = [int(key) for key in form.objectives.data or []]
            try:
                objectives.choose(session, g.course, wanted, actor=g.actor)
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash("Plans that are written from now on name these objectives.", "done")
                return redirect(url_for("course_set_up.show", course_id=course_id), 303)
        page = render_template(
            "careerlink/courses/objectives.html",
            form=form,
            hints={str(one.id): one.text for one in offered},
            may_set_up=set_up.may_set_up(g.actor, g.course),
        )
    return page, 422 if form.is_submitted() else 200
