"""The page of one placement in its course: student, instructor, assistant."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice

from careerlink.courses.roles import CourseRole
from careerlink.errors import InvalidInput, NotFound
from careerlink.placements import consents, operations, page, queries
from careerlink.placements.forms import (
    ONLY_NAMED,
    WHOEVER,
    ConsentForm,
    EmptyForm,
    MessageForm,
)
from careerlink.placements.models import Placement
from careerlink.security import access, in_course, studies
from careerlink.web import transaction

bp = Blueprint("placements", __name__)
PAGE = "careerlink/placements/show.html"
CONSENT = "careerlink/placements/consent.html"
DEEDS = {"start": operations.start, "complete": operations.complete}
DONE = {
    "start": "The work has started. Log hours as you go.",
    "complete": "The work is completed. Your supervisor is asked for an evaluation.",
}
AT = "/courses/<course_id>/placements/<placement_id>"


@bp.get(AT)
@access(in_course)
def show(course_id: str, placement_id: str) -> ResponseReturnValue:
    if g.actor.role_in(g.course.id) == CourseRole.NONE:
        return redirect(url_for("office_placements.show", placement_id=placement_id), 303)
    with transaction() as session:
        placement = _get(session, placement_id)
        return render_template(PAGE, **page.values(session, placement, actor=g.actor))


@bp.post(f"{AT}/<any(start, complete):deed>")
@access(studies)
def move(course_id: str, placement_id: str, deed: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        DEEDS[deed](session, placement, actor=g.actor)
        flash(DONE[deed], "done")
    return _to(placement)


@bp.post(f"{AT}/messages")
@access(in_course)
def send_message(course_id: str, placement_id: str) -> ResponseReturnValue:
    form = MessageForm()
    with transaction() as session:
        placement = _get(session, placement_id)
        if not form.validate():
            values = page.values(session, placement, actor=g.actor)
            return render_template(PAGE, **{**values, "form": form, "message_form": form}), 422
        operations.send_message(session, placement, actor=g.actor, text=form.text.data)
        flash("Your message is sent.", "saved")
    return redirect(f"{_url(placement)}#conversation", 303)


@bp.route(f"{AT}/consent", methods=["GET", "POST"])
@access(studies)
def consent(course_id: str, placement_id: str) -> ResponseReturnValue:
    form = ConsentForm()
    with transaction() as session:
        placement = _get(session, placement_id)
        named = consents.supervisors_of(session, placement)
        texts = {
            WHOEVER: consents.text_for(session, placement, only_named=False),
            ONLY_NAMED: consents.text_for(session, placement, only_named=True),
        }
        form.party.choices = [
            SelectChoice(key, text.party)
            for key, text in texts.items()
            if key == WHOEVER or len(named) == 1
        ]
        values: dict[str, Any] = {
            "form": form, "placement": placement, "text": texts[WHOEVER],
            "standing": consents.standing_consent(session, placement),
            "given": consents.given_consents(session, placement),
        }  # fmt: skip
        if not form.validate_on_submit():
            return render_template(CONSENT, **values), (422 if form.is_submitted() else 200)
        try:
            consents.give_for_supervision(
                session,
                placement,
                actor=g.actor,
                signed_name=form.signed_name.data,
                only_named=form.party.data == ONLY_NAMED,
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
            return render_template(CONSENT, **values), 422
        flash("Your consent is on record. You can withdraw it at any time.", "done")
    return _to(placement)


@bp.route(f"{AT}/consent/withdraw", methods=["GET", "POST"])
@access(studies)
def withdraw_consent(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        if request.method != "POST":
            return render_template(
                "careerlink/placements/withdraw_consent.html",
                form=EmptyForm(),
                placement=placement,
                standing=consents.standing_consent(session, placement),
                named=consents.supervisors_of(session, placement),
            )
        consents.withdraw(session, placement, actor=g.actor)
        flash("Your consent is withdrawn; the supervisor’s links are closed.", "done")
    return _to(placement)


def _get(session: Session, placement_id: str) -> Placement:
    if g.actor.role_in(g.course.id) == CourseRole.NONE:
        raise NotFound
    return queries.get(session, placement_id, actor=g.actor, course=g.course)


def _url(placement: Placement) -> str:
    return url_for(
        "placements.show", course_id=g.course.public_id, placement_id=placement.public_id
    )


def _to(placement: Placement) -> ResponseReturnValue:
    return redirect(_url(placement), 303)
