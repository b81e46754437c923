"""What a course asks in reflections, and how often rework may be; part of its set-up."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerlink.courses.models import Course
from careerlink.errors import InvalidInput
from careerlink.people.actors import Actor
from careerlink.registry import Tab
from careerlink.security import access, sets_up
from careerlink.web import transaction
from credit.evidence import questions
from credit.evidence.answer_forms import QuestionsForm

bp = Blueprint("evidence_questions", __name__, url_prefix="/courses/<course_id>/reflections")


@bp.route("", methods=["GET", "POST"])
@access(sets_up)
def show(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        asked = questions.of_course(session, g.course.id)
        form = QuestionsForm(obj=asked)
        if form.validate_on_submit():
            try:
                questions.change(session, g.course, form.questions(), actor=g.actor)
                flash("Reflections from now on are asked this.", "done")
                return redirect(url_for(".show", course_id=course_id), 303)
            except InvalidInput as refusal:
                form.refuse(refusal)
        return render_template(
            "credit/evidence/questions.html",
            form=form,
            may_change=questions.may_change(g.actor, g.course),
            asked=asked,
        ), (422 if form.is_submitted() else 200)


def set_up_pages(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None or not questions.may_change(actor, course):
        return []
    url = url_for("evidence_questions.show", course_id=course.public_id)
    return [Tab("Reflection questions", url, "evidence_questions.", 60)]
