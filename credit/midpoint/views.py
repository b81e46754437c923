"""Writing to a student from the packet."""

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue

from careerlink.errors import InvalidInput
from careerlink.security import access, looks_after
from careerlink.web import request_session, transaction
from credit.cases import answers
from credit.cases.forms import DecisionForm
from credit.midpoint import operations
from credit.midpoint.forms import CommentForm

bp = Blueprint("midpoint", __name__)


@bp.post("/courses/<course_id>/cases/<case_id>/comments")
@access(looks_after)
def write(course_id: str, case_id: str) -> ResponseReturnValue:
    form, session = CommentForm(prefix="midpoint-"), request_session()
    try:
        with transaction():
            if not form.validate():
                raise InvalidInput("")
            case = answers.get_case(session, case_id)
            operations.write(session, case, actor=g.actor, text=form.text.data or "")
        flash("The student reads it on their page and gets a mail.", "done")
        return answers.to_packet(case_id)
    except InvalidInput as refusal:
        session.rollback()
        if refusal.message:
            form.refuse(refusal)
        with transaction():
            case = answers.get_case(session, case_id)
            blank = DecisionForm(formdata=None)
            return answers.packet(
                session, case, blank, status=422, wrong=form, midpoint_form=form
            )
