"""The learning agreement behind a supervisor's link: read it, sign it, or ask a question."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import NotFound
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from careerlink.web import transaction
from careerlink.web.forms import Form
from credit.agreements import operations, page, queries
from credit.agreements.forms import LinkSignForm, QuestionForm
from credit.agreements.models import AgreementState, LearningAgreement

bp = Blueprint("agreements_by_link", __name__, url_prefix="/s/<token>/agreement")


@bp.get("")
@access(supervisor_link)
def show(token: str) -> ResponseReturnValue:
    with transaction() as session:
        return _page(session, token, LinkSignForm(formdata=None), QuestionForm(formdata=None))


@bp.post("/sign")
@access(supervisor_link)
def sign(token: str) -> ResponseReturnValue:
    form = LinkSignForm()
    with transaction() as session:
        agreement = _existing(session)
        if agreement.state != AgreementState.AWAITING_SUPERVISOR:
            # A second tab or a second press: the page says what has become of it.
            return _back(token)
        if form.validate():
            operations.countersign(
                session,
                agreement,
                actor=g.actor,
                signed_name=form.signed_name.data,
                document_hash=form.document_hash.data,
            )
            flash("Signed. Thank you.", "done")
            return _back(token)
        return _page(session, token, form, QuestionForm(formdata=None), refused=form), 422


@bp.post("/question")
@access(supervisor_link)
def ask(token: str) -> ResponseReturnValue:
    form = QuestionForm()
    with transaction() as session:
        agreement = _existing(session)
        if agreement.state != AgreementState.AWAITING_SUPERVISOR:
            return _back(token)
        if form.validate():
            operations.return_to_student(
                session, agreement, actor=g.actor, reason=form.reason.data
            )
            return _back(token)
        return _page(session, token, LinkSignForm(formdata=None), form, refused=form), 422


def _page(
    session: Session,
    token: str,
    sign_form: LinkSignForm,
    question_form: QuestionForm,
    refused: Form | None = None,
) -> str:
    agreement = queries.latest(session, g.placement)
    # They sign what this very page shows.
    sign_form.document_hash.data = agreement.document_hash if agreement else None
    values = page.values(session, g.placement, agreement, g.actor)
    if values["hides_draft"]:
        return render_template("credit/agreements/link_waiting.html", token=token, **values)
    return render_template(
        "credit/agreements/link.html",
        token=token,
        form=refused,
        sign_form=sign_form,
        question_form=question_form,
        is_to_sign=agreement is not None
        and agreement.state == AgreementState.AWAITING_SUPERVISOR,
        **values,
    )


def _existing(session: Session) -> LearningAgreement:
    agreement = queries.latest(session, g.placement, to_change=request.method == "POST")
    if agreement is None:
        raise NotFound
    return agreement


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for(".show", token=token), 303)
