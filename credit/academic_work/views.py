"""The instructor gives levels for the academic work on the packet."""

from flask import Blueprint, flash, g, request
from flask.typing import ResponseReturnValue

from careerlink.errors import InvalidInput
from careerlink.security import access, looks_after
from careerlink.web import request_session, transaction
from credit.academic_work import operations, page
from credit.academic_work.forms import AssessmentForm
from credit.cases import answers
from credit.cases.forms import DecisionForm

bp = Blueprint("academic_work", __name__)


@bp.post("/courses/<course_id>/cases/<case_id>/academic-levels")
@access(looks_after)
def assess(course_id: str, case_id: str) -> ResponseReturnValue:
    form, session = AssessmentForm(prefix="levels-"), request_session()
    levels = page.typed(request.form)
    try:
        with transaction():
            if not form.validate():
                raise InvalidInput("")
            operations.assess(
                session,
                answers.get_case(session, case_id),
                actor=g.actor,
                levels=levels,
                comment=form.comment.data or "",
            )
        flash("The levels are kept. The student reads them with the decision.", "saved")
        return answers.to_packet(case_id)
    except InvalidInput as refusal:
        session.rollback()
        if refusal.message:
            form.refuse(refusal)
        with transaction():
            case = answers.get_case(session, case_id)
            blank = DecisionForm(formdata=None)
            return answers.packet(
                session,
                case,
                blank,
                status=422,
                wrong=form,
                levels_form=form,
                typed_levels=levels,
            )
