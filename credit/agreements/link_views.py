"""The learning agreement behind a link: read it, sign it, ask, or say who else must sign."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound
from careerlink.placements import signatories
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from careerlink.web import transaction
from careerlink.web.forms import Form
from credit.agreements import (
    amending_signing,
    commenting,
    looks,
    operations,
    page,
    queries,
    signatures,
    versions,
)
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.sign_forms import LinkSignForm, QuestionForm, SignatoryForm
from credit.agreements.signature_models import Party

bp = Blueprint("agreements_by_link", __name__, url_prefix="/s/<token>/agreement")


@bp.get("")
@access(supervisor_link)
def show(token: str) -> ResponseReturnValue:
    with transaction() as session:
        answer = _page(session, token)
        agreement = queries.latest(session, g.placement)
    if agreement is not None:
        looks.note(agreement, actor=g.actor)
    return answer


@bp.post("/sign")
@access(supervisor_link)
def sign(token: str) -> ResponseReturnValue:
    form = LinkSignForm()
    with transaction() as session:
        agreement = _existing(session)
        if agreement.state != AgreementState.AWAITING_SUPERVISOR:
            # A second tab or a second press: the page says what has become of it.
            return _back(token)
        if form.validate() and form.is_signed():
            operations.countersign(
                session,
                agreement,
                actor=g.actor,
                said=form.signing(),
                document_hash=form.document_hash.data,
            )
            flash("Signed. Thank you.", "done")
            return _back(token)
        return _page(session, token, sign_form=form, refused=form), 422


@bp.post("/question")
@access(supervisor_link)
def ask(token: str) -> ResponseReturnValue:
    form = QuestionForm()
    with transaction() as session:
        agreement = _existing(session)
        if agreement.state != AgreementState.AWAITING_SUPERVISOR:
            return _back(token)
        form.offer(commenting.keys_of(agreement))
        if form.document_hash.data != agreement.document_hash:
            form.reason.errors = [operations.READ_AGAIN]
            return _page(session, token, question_form=form, refused=form), 409
        if form.validate() and form.says_something():
            operations.return_to_student(
                session,
                agreement,
                actor=g.actor,
                reason=form.reason.data or page.SEE_COMMENTS,
                remarks=form.remarks(),
            )
            return _back(token)
        return _page(session, token, question_form=form, refused=form), 422


@bp.post("/signatory")
@access(supervisor_link)
def name_signatory(token: str) -> ResponseReturnValue:
    form = SignatoryForm()
    with transaction() as session:
        agreement = _existing(session)
        if agreement.state != AgreementState.AWAITING_SUPERVISOR:
            return _back(token)
        if form.validate():
            try:
                signatories.name_signatory(
                    session,
                    g.placement,
                    actor=g.actor,
                    name=form.name.data,
                    title=form.title.data or "",
                    email=form.email.data,
                )
            except InvalidInput as refusal:
                form.refuse(refusal)
                return _page(session, token, signatory_form=form, refused=form), 422
            flash("The career office checks the address, then writes there.", "done")
            return _back(token)
        return _page(session, token, signatory_form=form, refused=form), 422


@bp.post("/signatory/withdraw")
@access(supervisor_link)
def withdraw_signatory(token: str) -> ResponseReturnValue:
    with transaction() as session:
        agreement = _existing(session)
        named = signatories.current(session, g.placement.id)
        if named is not None:
            operations.withdraw_signatory(session, agreement, named, actor=g.actor)
            if waiting := versions.get_waiting(session, g.placement, to_change=True):
                amending_signing.go_on(session, waiting, actor=g.actor)
    return _back(token)


def _page(session: Session, token: str, refused: Form | None = None, **forms: Any) -> str:
    agreement = queries.latest(session, g.placement)
    values = page.values(session, g.placement, agreement, g.actor)
    if agreement is None or values["hides_draft"]:
        return render_template("credit/agreements/link_waiting.html", token=token, **values)
    forms = {
        "sign_form": LinkSignForm(formdata=None),
        "question_form": QuestionForm(formdata=None),
        "signatory_form": SignatoryForm(formdata=None),
        **forms,
    }
    for form in (forms["sign_form"], forms["question_form"]):
        # They sign, or speak of, what this very page shows.
        form.document_hash.data = agreement.document_hash
    return render_template(
        "credit/agreements/link.html",
        token=token,
        form=refused,
        **forms,
        **values,
        **_what_to_do(session, agreement),
    )


def _what_to_do(session: Session, agreement: LearningAgreement) -> dict[str, Any]:
    waits = agreement.state == AgreementState.AWAITING_SUPERVISOR
    party = signatures.party_of(session, agreement, g.actor)
    missing = signatures.missing_of_company(session, agreement) if waits else []
    return {
        "is_to_sign": party in missing,
        "is_signatory": party == Party.COMPANY,
        "waits_for_company": waits and bool(missing),
        "company_signed": waits and Party.COMPANY not in missing,
        "declined": signatories.last_declined(session, g.placement.id),
    }


def _existing(session: Session) -> LearningAgreement:
    agreement = queries.latest(session, g.placement, to_change=request.method == "POST")
    if agreement is None:
        raise NotFound
    return agreement


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for(".show", token=token), 303)
