"""One page for a student who left the course: does the project go on, and who is told?"""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from careerlink.errors import NotFound
from careerlink.placements import queries, without_credit
from careerlink.security import access, studies
from careerlink.web import services, transaction
from careerlink.web.forms import Form

bp = Blueprint("without_credit", __name__)
AT = "/courses/<course_id>/placements/<placement_id>/without-credit"
GO_ON, STOP = "go_on", "stop"


class WithoutCreditForm(Form):
    goes_on = RadioField(
        "Do you go on with this project?",
        choices=[
            SelectChoice(GO_ON, "Yes, I finish it without credit"),
            SelectChoice(STOP, "No, I give it up"),
        ],
        validators=[InputRequired("Choose one of the two")],
    )
    tells_partner = BooleanField("Tell my supervisor that it is no longer for credit")


@bp.route(AT, methods=["GET", "POST"])
@access(studies)
def show(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = queries.get(session, placement_id, actor=g.actor, course=g.course)
        if placement.person_id != g.actor.person_id:
            raise NotFound
        form, said = WithoutCreditForm(), without_credit.said(session, placement)
        if said is not None and not form.is_submitted():
            form.goes_on.data = GO_ON if said.goes_on else STOP
            form.tells_partner.data = said.tells_partner
        if not form.validate_on_submit():
            page = render_template(
                "careerlink/placements/without_credit.html",
                form=form,
                placement=placement,
                said=said,
                may_answer=without_credit.may_answer(g.actor, placement),
            )
            return page, (422 if form.is_submitted() else 200)
        given = without_credit.answer(
            session,
            placement,
            actor=g.actor,
            goes_on=form.goes_on.data == GO_ON,
            tells_partner=form.tells_partner.data,
            secret=services().settings.server.secret,
        )
        flash(_done(given), "done")
    return redirect(url_for("home.course", course_id=course_id), 303)


def _done(given: without_credit.WithoutCredit) -> str:
    if not given.goes_on:
        return "The career office ends the placement and speaks with the company."
    if given.tells_partner:
        return "Your project goes on. Your supervisor is told that it is not for credit."
    return "Your project goes on. Your supervisor is told nothing."
