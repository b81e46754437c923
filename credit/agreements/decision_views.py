"""What is done to a plan that was signed: approve, return, refuse, take back, remind."""

from flask import flash, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import NotFound
from careerlink.security import access, in_course, looks_after, studies
from careerlink.web import services, transaction
from credit.agreements import operations, page
from credit.agreements.forms import DecisionForm
from credit.agreements.models import LearningAgreement
from credit.agreements.views import back, bp, existing, found, read_page


@bp.post("/take-back")
@access(studies)
def take_back(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        operations.take_back(session, existing(session, placement_id), actor=g.actor)
    flash("The plan is yours again. Whoever had signed signs again after a change.", "done")
    return back()


@bp.post("/remind")
@access(in_course)
def remind(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        operations.remind(
            session,
            existing(session, placement_id),
            actor=g.actor,
            secret=services().settings.server.secret,
        )
    flash("A reminder with a working link is on its way to the supervisor.", "done")
    return back()


@bp.post("/decision")
@access(looks_after)
def decide(course_id: str, placement_id: str) -> ResponseReturnValue:
    form = DecisionForm()
    decision = request.form.get("decision", "")
    with transaction() as session:
        agreement = existing(session, placement_id)
        if done := page.decided_already(session, agreement, decision):
            flash(done, "active")
            return back()
        if decision in ("return", "refuse") and not form.reason.data:
            form.reason.errors = ["Write what the student should know or change"]
        elif form.validate():
            _decide(session, agreement, decision, form)
            flash(page.DECIDED[decision], "done")
            return back()
    with transaction() as session:
        placement, agreement_now = found(session, placement_id)
        return read_page(session, placement, agreement_now, form), 422


def _decide(
    session: Session, agreement: LearningAgreement, decision: str, form: DecisionForm
) -> None:
    if decision == "approve":
        operations.approve(
            session, agreement, actor=g.actor, document_hash=form.document_hash.data or ""
        )
    elif decision == "return":
        operations.return_to_student(session, agreement, actor=g.actor, reason=form.reason.data)
    elif decision == "refuse":
        operations.refuse(session, agreement, actor=g.actor, reason=form.reason.data)
    else:
        raise NotFound
