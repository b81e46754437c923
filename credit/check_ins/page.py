"""What the pages of both sides show, and how an answer that was sent is taken."""

from typing import Any

from flask import request
from sqlalchemy.orm import Session
from wtforms import TextAreaField
from wtforms.validators import Length

from careerlink.errors import InvalidInput
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from careerlink.web.forms import Form
from credit import addresses
from credit.check_ins import operations, queries, wording
from credit.check_ins.models import RED, CheckIn, CheckInAnswer, Party


class AnswerForm(Form):
    words = TextAreaField(
        "In a few words, if you like",
        [Length(max=1000, message="Keep it to 1,000 characters.")],
    )


def values(
    session: Session,
    placement: Placement,
    party: Party,
    *,
    actor: Actor,
    form: AnswerForm | None = None,
) -> dict[str, Any]:
    check_in = queries.due(session, placement, party)
    if check_in is not None and not operations.answers(actor, placement, party):
        check_in = None
    return {
        "placement": placement,
        "check_in": check_in,
        "form": form or AnswerForm(formdata=None),
        "other": other_name(session, placement, party),
        "choices": wording.choices,
        "questions": wording.QUESTIONS,
        "said": wording.said,
        "kinds": wording.KINDS,
        "answers": queries.answers_of(session, placement, party, actor=actor),
    }


def sent(session: Session, check_in: CheckIn, *, actor: Actor) -> AnswerForm | None:
    """Take the answer; the form again where it was not one."""
    form = AnswerForm()
    given = request.form.get("answer", "")
    try:
        if given not in set(CheckInAnswer):
            raise InvalidInput("Choose one of the answers.", field="words")
        if not form.validate():
            return form
        operations.answer(
            session,
            check_in,
            actor=actor,
            given=CheckInAnswer(given),
            words=form.words.data or "",
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return form
    return None


def thanks(check_in: CheckIn) -> str:
    if check_in.answer in RED:
        return "Thank you. The career office has it on its list now and looks into it."
    return "Thank you. Nothing more to do."


def other_name(session: Session, placement: Placement, party: Party) -> str:
    if party == Party.SUPERVISOR:
        return addresses.first_name(placement)
    now = [
        one.contact.name
        for one in placements.supervisions(session, placement)
        if one.ended_at is None
    ]
    return now[0] if now else "the supervisor"
