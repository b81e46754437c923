"""What is done to a plan that was signed: approve, return, refuse, take back, remind."""

from flask import flash, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import NotFound, NotPossible
from careerlink.security import access, in_course, looks_after, studies
from careerlink.web import transaction
from credit.agreements import asking, commenting, operations, page
from credit.agreements.models import LearningAgreement
from credit.agreements.sign_forms import DecisionForm
from credit.agreements.signature_models import Conflict
from credit.agreements.signatures import Signing
from credit.agreements.views import back, bp, existing, found, read_page


@bp.post("/take-back")
@access(studies)
def take_back(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        operations.take_back(session, existing(session, placement_id), actor=g.actor)
    flash("The plan is yours again. Whoever had signed what you change signs again.", "done")
    return back()


@bp.post("/remind")
@access(in_course)
def remind(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        asking.remind(session, existing(session, placement_id), actor=g.actor)
    flash("A reminder with a working link leaves in the supervisor’s working hours.", "done")
    return back()


@bp.post("/decision")
@access(looks_after)
def decide(course_id: str, placement_id: str) -> ResponseReturnValue:
    form = DecisionForm()
    decision = request.form.get("decision", "")
    status = 422
    with transaction() as session:
        agreement = existing(session, placement_id)
        if done := page.decided_already(session, agreement, decision):
            flash(done, "active")
            return back()
        form.offer(commenting.keys_of(agreement))
        if form.document_hash.data != (agreement.document_hash or ""):
            # What they typed stays on the page, below the text as it is now.
            form.form_errors.append(operations.READ_AGAIN)
            status = 409
        elif form.validate() and _says_why(form, decision):
            try:
                _decide(session, agreement, decision, form)
            except NotPossible as refusal:
                form.form_errors += [refusal.message, *refusal.unmet]
                session.rollback()
                status = 409
            else:
                flash(page.DECIDED[decision], "done")
                return back()
    with transaction() as session:
        placement, agreement_now = found(session, placement_id)
        return read_page(session, placement, agreement_now, form), status


def _says_why(form: DecisionForm, decision: str) -> bool:
    says_where = decision == "return" and bool(form.remarks())
    if decision in ("return", "refuse") and not (form.reason.data or says_where):
        form.reason.errors = ["Write what the student should know or change"]
        return False
    return True


def _decide(
    session: Session, agreement: LearningAgreement, decision: str, form: DecisionForm
) -> None:
    if decision == "approve":
        tie = Conflict.DECLARED if form.has_tie.data else Conflict.NONE
        name = g.actor.name_in(agreement.placement.course_id)
        operations.approve(
            session,
            agreement,
            actor=g.actor,
            document_hash=form.document_hash.data or "",
            said=Signing(name=name, conflict=tie),
        )
    elif decision == "return":
        operations.return_to_student(
            session,
            agreement,
            actor=g.actor,
            reason=form.reason.data or page.SEE_COMMENTS,
            remarks=form.remarks(),
        )
    elif decision == "refuse":
        operations.refuse(session, agreement, actor=g.actor, reason=form.reason.data)
    else:
        raise NotFound
