"""Appealing, withdrawing an appeal, adding a statement, and the second reader's answer."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import ChangedMeanwhile, InvalidInput, NotFound, NotPossible
from careerlink.security import access, studies, teaches
from careerlink.web import request_session, transaction
from credit.appeals import answering, operations, page
from credit.appeals.forms import AnswerForm, StatementForm
from credit.approvals import queries as approvals
from credit.approvals import views as desk
from credit.approvals.access import approves_cases
from credit.approvals.forms import ApprovalForm
from credit.cases import answers, inputs, queries
from credit.cases.forms import DecisionForm
from credit.cases.models import CreditCase

bp = Blueprint("appeals", __name__)


@bp.get("/courses/<course_id>/credit/appeal")
@access(studies)
def write(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        return _writing(session, _own(session), StatementForm(formdata=None))


@bp.post("/courses/<course_id>/credit/appeal")
@access(studies)
def file(course_id: str) -> ResponseReturnValue:
    form = StatementForm()
    with transaction() as session:
        case = _own(session)
        if not form.validate():
            return _writing(session, case, form, status=422)
        operations.file(session, case, actor=g.actor, statement=form.statement.data or "")
    flash("Your appeal is filed. A second reader answers it; you get a mail.", "done")
    return redirect(url_for("credit.show", course_id=course_id), 303)


@bp.post("/courses/<course_id>/credit/appeal/withdraw")
@access(studies)
def withdraw(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        operations.withdraw(session, _own(session), actor=g.actor)
    flash("Your appeal is withdrawn. The decision stands.", "done")
    return redirect(url_for("credit.show", course_id=course_id), 303)


@bp.post("/courses/<course_id>/cases/<case_id>/statement")
@access(teaches)
def add_statement(course_id: str, case_id: str) -> ResponseReturnValue:
    form = StatementForm(prefix="statement-")
    with transaction() as session:
        case = answers.get_case(session, case_id)
        if not form.validate():
            blank = DecisionForm(formdata=None)
            return answers.packet(
                session, case, blank, status=422, wrong=form, statement_form=form
            )
        operations.add_statement(session, case, actor=g.actor, text=form.statement.data or "")
    flash("Added. The second reader and the student read it.", "done")
    return answers.to_packet(case_id)


@bp.post("/home/approvals/<case_id>/appeal")
@access(approves_cases)
def answer(case_id: str) -> ResponseReturnValue:
    form, session = AnswerForm(), request_session()
    try:
        with transaction():
            case = approvals.get(session, case_id, actor=g.actor)
            facts = inputs.load_one(session, case)
            form.offer(list(facts.sum_with().checks), facts)
            if not form.validate():
                raise InvalidInput("")
            appeal = answering.answer(session, case, form.reply(), actor=g.actor)
            words = f"{case.person.label}: {page.WORDS[appeal.state].lower()}."
        flash(f"{words} {case.person.label} gets a mail.", "done")
        return redirect(url_for("approvals.show", case_id=case_id), 303)
    except (InvalidInput, NotPossible, ChangedMeanwhile) as refusal:
        session.rollback()
        with transaction():
            return _refused(session, case_id, form, refusal)


def _refused(
    session: Session,
    case_id: str,
    form: AnswerForm,
    refusal: InvalidInput | NotPossible | ChangedMeanwhile,
) -> ResponseReturnValue:
    case = approvals.get(session, case_id, actor=g.actor)
    blank = ApprovalForm(formdata=None)
    if isinstance(refusal, InvalidInput):
        if refusal.message:
            form.refuse(refusal)
        return desk.packet(session, case, blank, status=422, wrong=form, answer_form=form)
    kept = form.reason.data or ""
    return desk.packet(session, case, blank, status=409, refusal=refusal, kept=kept)


def _own(session: Session) -> CreditCase:
    case = queries.own(session, g.actor, g.course)
    if case is None:
        raise NotFound
    return case


def _writing(
    session: Session, case: CreditCase, form: StatementForm, *, status: int = 200
) -> ResponseReturnValue:
    facts = inputs.load_one(session, case)
    decisions = queries.decisions(session, case)
    values = page.student_values(session, facts, decisions, actor=g.actor)
    return render_template("credit/appeals/write.html", form=form, case=case, **values), status
