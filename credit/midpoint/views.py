"""Writing to a student from the packet."""

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.security import access, looks_after
from credit.cases import answers
from credit.cases.models import CreditCase
from credit.midpoint import operations
from credit.midpoint.forms import CommentForm

bp = Blueprint("midpoint", __name__)


@bp.post("/courses/<course_id>/cases/<case_id>/comments")
@access(looks_after)
def write(course_id: str, case_id: str) -> ResponseReturnValue:
    form = CommentForm(prefix="midpoint-")

    def deed(session: Session, case: CreditCase) -> None:
        operations.write(session, case, actor=g.actor, text=form.text.data or "")
        flash("The student reads it on their page and gets a mail.", "done")

    return answers.after(case_id, form, deed, "midpoint_form")
