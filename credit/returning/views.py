"""What an instructor does when a returned case has not come back."""

from collections.abc import Callable

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.security import access, looks_after
from careerlink.web import request_session, transaction
from credit.cases import answers
from credit.cases.forms import DecisionForm
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

    return _done(case_id, form, deed, "more_time_form")


@bp.post(f"{AT}/take-up")
@access(looks_after)
def take_up(course_id: str, case_id: str) -> ResponseReturnValue:
    form = TakeUpForm(prefix="take-up-")

    def deed(session: Session, case: CreditCase) -> None:
        operations.take_up(session, case, actor=g.actor, reason=form.reason.data or "")
        flash("You can decide on what is there.", "done")

    return _done(case_id, form, deed, "take_up_form")


def _done(
    case_id: str,
    form: MoreTimeForm | TakeUpForm,
    deed: Callable[[Session, CreditCase], None],
    name: str,
) -> ResponseReturnValue:
    session = request_session()
    try:
        with transaction():
            if not form.validate():
                raise InvalidInput("")
            deed(session, answers.get_case(session, case_id))
        return answers.to_packet(case_id)
    except InvalidInput as refusal:
        session.rollback()
        if refusal.message:
            form.refuse(refusal)
        with transaction():
            case = answers.get_case(session, case_id)
            blank = DecisionForm(formdata=None)
            return answers.packet(session, case, blank, status=422, wrong=form, **{name: form})
