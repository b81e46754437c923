"""The office's page of one concern: what is known, who is on it, what came of it."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from careerlink.errors import InvalidInput
from careerlink.placements import queries as placements
from careerlink.placements.reading import note_reading
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from careerlink.web.forms import Form
from credit.check_ins import queries as check_ins
from credit.check_ins import wording as answer_words
from credit.concerns import operations, queries, wording
from credit.concerns.models import Concern
from credit.hours import queries as hours

bp = Blueprint("concerns", __name__, url_prefix="/office/concerns")


class SettleForm(Form):
    note = TextAreaField(
        "What came of it",
        [
            DataRequired("Say in a sentence what came of it."),
            Length(max=2000, message="Keep it to 2,000 characters."),
        ],
    )


@bp.get("/<concern_id>")
@access(office)
def show(concern_id: str) -> ResponseReturnValue:
    with transaction() as session:
        concern = queries.get(session, concern_id, actor=g.actor)
        answer = _page(session, concern, SettleForm(formdata=None))
    note_reading(concern.placement, actor=g.actor)
    return answer


@bp.post("/<concern_id>/take")
@access(office_staff)
def take(concern_id: str) -> ResponseReturnValue:
    with transaction() as session:
        concern = queries.get(session, concern_id, actor=g.actor)
        operations.take(session, concern, actor=g.actor)
        flash("You are on it; colleagues and the instructor see your name.", "done")
    return redirect(url_for(".show", concern_id=concern_id), 303)


@bp.post("/<concern_id>/settle")
@access(office_staff)
def settle(concern_id: str) -> ResponseReturnValue:
    form = SettleForm()
    with transaction() as session:
        concern = queries.get(session, concern_id, actor=g.actor)
        if not form.validate():
            return _page(session, concern, form), 422
        try:
            operations.settle(session, concern, actor=g.actor, note=form.note.data)
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(session, concern, form), 422
        flash("Settled. The instructor reads your note.", "done")
    return redirect(url_for(".show", concern_id=concern_id), 303)


def _page(session: Session, concern: Concern, form: SettleForm) -> str:
    placement = concern.placement
    return render_template(
        "credit/concerns/show.html",
        concern=concern,
        placement=placement,
        form=form,
        title_words=wording.title(concern),
        helps=wording.HELPS[concern.kind],
        why=wording.WHY[concern.kind],
        supervisions=placements.supervisions(session, placement),
        pairs=check_ins.pairs(session, [placement.id], actor=g.actor).get(placement.id, []),
        short=answer_words.SHORT,
        said=answer_words.said,
        kinds=answer_words.KINDS,
        last_worked=hours.last_worked(session, [placement.id]).get(placement.id),
        others=[
            one
            for one in queries.of_placement(session, placement, actor=g.actor)
            if one.id != concern.id
        ],
        titles=wording.title,
    )
