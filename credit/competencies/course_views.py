"""Which competencies the agreements of a course can name."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Tab
from careerlink.security import access, sets_up
from careerlink.web import transaction
from credit.competencies import choosing, queries
from credit.competencies.forms import choice_form, ticked

bp = Blueprint("course_competencies", __name__)
CHOSEN = "Saved. Agreements that are written from now on offer these."
USUAL = "This course offers the institution’s usual competencies."


@bp.route("/courses/<course_id>/competencies", methods=["GET", "POST"])
@access(sets_up)
def show(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        groups = queries.groups(session, g.course.institution_id)
        chosen = choosing.ids_of(session, g.course)
        usual = [one.id for one in queries.usual(session, g.course.institution_id)]
        start = {
            f"framework_{framework.id}": [
                row.id for row in rows if row.id in (chosen or set(usual))
            ]
            for framework, rows in groups
        }
        form = choice_form(groups, data=start)
        if form.validate_on_submit():
            wanted = ticked(form)
            choosing.choose(session, g.course, wanted, actor=g.actor)
            flash(CHOSEN if wanted else USUAL, "saved")
            return redirect(url_for(".show", course_id=course_id), 303)
        page = render_template(
            "credit/competencies/course.html",
            form=form,
            groups=groups,
            has_chosen=bool(chosen),
            may_choose=choosing.may_choose(g.actor, g.course),
            texts={row.id: row.description for _, rows in groups for row in rows},
        )
    return page, 422 if form.is_submitted() else 200


@bp.post("/courses/<course_id>/competencies/usual")
@access(sets_up)
def back_to_usual(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        choosing.choose(session, g.course, (), actor=g.actor)
    flash(USUAL, "done")
    return redirect(url_for(".show", course_id=course_id), 303)


def set_up_pages(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None or not choosing.may_choose(actor, course):
        return []
    url = url_for("course_competencies.show", course_id=course.public_id)
    return [Tab("Competencies", url, page="course_competencies.", position=40)]
