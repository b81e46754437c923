"""What an instructor notes on a packet besides the decision."""

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.security import access, looks_after
from credit.cases import answers, recording
from credit.cases.forms import AcademicForm, OtherEvidenceForm, WaitForm
from credit.cases.models import CreditCase
from credit.hours.amounts import parse_minutes

bp = Blueprint("cases_recording", __name__)
AT = "/courses/<course_id>/cases/<case_id>"


@bp.post(f"{AT}/academic")
@access(looks_after)
def record_academic(course_id: str, case_id: str) -> ResponseReturnValue:
    form = AcademicForm(prefix="academic-")

    def deed(session: Session, case: CreditCase) -> None:
        typed = (form.hours.data or "").strip()
        minutes = (
            0 if typed in ("0", "0.0") else parse_minutes(typed, most=recording.MOST_ACADEMIC)
        )
        recording.record_academic_work(session, case, actor=g.actor, minutes=minutes)
        flash("Academic work is recorded.", "saved")

    return answers.after(case_id, form, deed, "academic_form")


@bp.post(f"{AT}/wait")
@access(looks_after)
def wait(course_id: str, case_id: str) -> ResponseReturnValue:
    form = WaitForm()

    def deed(session: Session, case: CreditCase) -> None:
        recording.wait_for_evaluation(session, case, actor=g.actor, until=form.until.data)
        flash("The case waits for the supervisor; it comes back to you after that day.", "wait")

    return answers.after(case_id, form, deed, "wait_form")


@bp.post(f"{AT}/other-evidence")
@access(looks_after)
def go_without(course_id: str, case_id: str) -> ResponseReturnValue:
    form = OtherEvidenceForm(prefix="other-")

    def deed(session: Session, case: CreditCase) -> None:
        typed = (form.hours.data or "").strip()
        recording.decide_on_other_evidence(
            session,
            case,
            actor=g.actor,
            reason=form.reason.data or "",
            minutes=_minutes(typed) if typed else None,
        )
        flash("No evaluation is waited for any more. You can decide now.", "done")

    return answers.after(case_id, form, deed, "other_form")


def _minutes(typed: str) -> int:
    """None at all may be the figure, too."""
    if typed.rstrip("h ") in ("0", "0.0", "0,0", "0:00"):
        return 0
    return parse_minutes(typed, most=recording.MOST_ACADEMIC)
