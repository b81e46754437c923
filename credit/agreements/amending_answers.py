"""Reading a change, signing it or saying no: the same in the course and behind a link."""

from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import NotFound, NotPermitted
from careerlink.placements.models import Placement
from careerlink.web import transaction
from credit.agreements import (
    amending,
    amending_page,
    amending_parties,
    amending_signing,
    versions,
)
from credit.agreements.amending_flow import END, PLAN, Site, done, frame
from credit.agreements.amending_forms import SayWhyForm, SignChangeForm
from credit.agreements.amending_workflow import may_propose, party_of
from credit.agreements.models import AgreementState, LearningAgreement


def show(placement: Placement, site: Site, version_id: str) -> ResponseReturnValue:
    with transaction() as session:
        agreement = versions.get(session, placement, version_id)
        if agreement.amends_id is None:
            return redirect(site.back_url, 303)
        if not amending_parties.reads(session, placement, g.actor)(agreement):
            raise NotFound
        forms = SignChangeForm(formdata=None), SayWhyForm(formdata=None)
        return _change_page(session, site, agreement, *forms)


def sign(placement: Placement, site: Site, version_id: str) -> ResponseReturnValue:
    _require_party(placement)
    form = SignChangeForm()
    with transaction() as session:
        agreement = _to_change(session, placement, version_id)
        if agreement.state != AgreementState.AWAITING_SIGNATURES:
            # A second tab or a second press: the page says what has become of it.
            return redirect(site.at("show", version_id=version_id), 303)
        if form.validate():
            amending_signing.sign(
                session,
                agreement,
                actor=g.actor,
                signed_name=form.signed_name.data,
                document_hash=form.document_hash.data,
            )
            flash(done(agreement, "Signed. Thank you."), "done")
            return redirect(site.at("show", version_id=version_id), 303)
        why = SayWhyForm(formdata=None)
        return _change_page(session, site, agreement, form, why), 422


def refuse(placement: Placement, site: Site, version_id: str) -> ResponseReturnValue:
    return _say_no(placement, site, version_id, is_refusal=True)


def withdraw(placement: Placement, site: Site, version_id: str) -> ResponseReturnValue:
    return _say_no(placement, site, version_id, is_refusal=False)


def _say_no(
    placement: Placement, site: Site, version_id: str, *, is_refusal: bool
) -> ResponseReturnValue:
    if not may_propose(g.actor, placement):
        raise NotPermitted(amending.WHO_MAY)
    form = SayWhyForm()
    with transaction() as session:
        agreement = _to_change(session, placement, version_id)
        if agreement.state != AgreementState.AWAITING_SIGNATURES:
            return redirect(site.at("show", version_id=version_id), 303)
        if form.validate():
            end = amending_signing.refuse if is_refusal else amending_signing.withdraw
            end(session, agreement, actor=g.actor, reason=form.reason.data or "")
            flash("The agreement stays as it is, and the others get a mail.", "done")
            return redirect(site.at("show", version_id=version_id), 303)
        sign_form = SignChangeForm(formdata=None)
        return _change_page(session, site, agreement, sign_form, form), 422


def _change_page(
    session: Session,
    site: Site,
    agreement: LearningAgreement,
    sign_form: SignChangeForm,
    why_form: SayWhyForm,
) -> str:
    # They sign what this very page shows.
    sign_form.document_hash.data = agreement.document_hash
    values = amending_page.values(session, agreement, g.actor, site.at)
    return render_template(
        "credit/agreements/change.html",
        **(frame(agreement.placement, site) | values),
        anew_url=_anew(session, site, agreement),
        sign_form=sign_form,
        why_form=why_form,
    )


def _anew(session: Session, site: Site, agreement: LearningAgreement) -> str:
    """Where what came to nothing can be proposed again; empty where it cannot."""
    placement = agreement.placement
    ended = agreement.state in (AgreementState.REFUSED, AgreementState.WITHDRAWN)
    amendment = versions.amendment_of(session, agreement) if ended else None
    if amendment is None or amending.why_not_changeable(session, placement):
        return ""
    if not amending_parties.may_propose(session, g.actor, placement):
        return ""
    what = END if amendment.ending is not None else PLAN
    return site.at("write", what=what, anew=agreement.public_id)


def _to_change(session: Session, placement: Placement, version_id: str) -> LearningAgreement:
    found = versions.get(session, placement, version_id)
    waiting = versions.get_waiting(session, placement, to_change=True)
    return waiting if waiting is not None and waiting.id == found.id else found


def _require_party(placement: Placement) -> None:
    if party_of(g.actor, placement) is None:
        raise NotPermitted("Only those who take part in this agreement sign it.")
