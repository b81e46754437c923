"""The instructor gives levels for the academic work on the packet."""

from flask import Blueprint, flash, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.security import access, looks_after
from credit.academic_work import operations, page
from credit.academic_work.forms import AssessmentForm
from credit.cases import answers
from credit.cases.models import CreditCase

bp = Blueprint("academic_work", __name__)


@bp.post("/courses/<course_id>/cases/<case_id>/academic-levels")
@access(looks_after)
def assess(course_id: str, case_id: str) -> ResponseReturnValue:
    form = AssessmentForm(prefix="levels-")
    levels = page.typed(request.form)

    def deed(session: Session, case: CreditCase) -> None:
        if missing := operations.without_level(case, levels):
            form.linked_errors = page.errors(missing)
            raise InvalidInput("")
        operations.assess(
            session, case, actor=g.actor, levels=levels, comment=form.comment.data or ""
        )
        flash("The levels are kept. The student reads them with the decision.", "saved")

    return answers.after(case_id, form, deed, "levels_form", typed_levels=levels)
