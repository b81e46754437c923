"""What an instructor does when a returned case has not come back."""

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.security import access, looks_after
from credit.cases import answers
from credit.cases.models import CreditCase
from credit.returning import operations
from credit.returning.forms import MoreTimeForm, TakeUpForm

bp = Blueprint("cases_returning", __name__)
AT = "/courses/<course_id>/cases/<case_id>"


@bp.post(f"{AT}/more-time")
@access(looks_after)
def extend(course_id: str, case_id: str) -> ResponseReturnValue:
    form = MoreTimeForm(prefix="more-")

    def deed(session: Session, case: CreditCase) -> None:
        operations.extend(
            session,
            case,
            actor=g.actor,
            until=form.until.data,
            reason=form.reason.data or "",
        )
        flash("The student has more time and sees the new day.", "done")

    return answers.after(case_id, form, deed, "more_time_form")


@bp.post(f"{AT}/take-up")
@access(looks_after)
def take_up(course_id: str, case_id: str) -> ResponseReturnValue:
    form = TakeUpForm(prefix="take-up-")

    def deed(session: Session, case: CreditCase) -> None:
        operations.take_up(session, case, actor=g.actor, reason=form.reason.data or "")
        flash("You can decide on what is there.", "done")

    return answers.after(case_id, form, deed, "take_up_form")
