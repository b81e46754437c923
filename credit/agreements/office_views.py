"""What the career office does for a plan: verify signers, keep signed papers, the clauses."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from careerlink.errors import InvalidInput, NotFound
from careerlink.files import operations as files
from careerlink.institutions.models import Institution
from careerlink.placements import queries as placements
from careerlink.placements import reading, signatories
from careerlink.placements.models import Placement
from careerlink.placements.signatories import Signatory
from careerlink.security import access, office, office_staff
from careerlink.web import services, transaction
from careerlink.web.forms import Form
from credit import addresses
from credit.agreements import asking, operations, page, queries, wording
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.office_forms import PaperForm, VerifyForm, wording_form
from credit.agreements.signature_models import Party

bp = Blueprint("agreements_office", __name__, url_prefix="/office")


@bp.get("/placements/<placement_id>/signing")
@access(office_staff)
def signing(placement_id: str) -> str:
    with transaction() as session:
        placement = placements.get(session, placement_id, actor=g.actor, course=None)
        answer = _page(session, placement)
    reading.note_reading(placement, actor=g.actor)
    return answer


@bp.post("/placements/<placement_id>/signing/verify")
@access(office_staff)
def verify(placement_id: str) -> ResponseReturnValue:
    form = VerifyForm()
    with transaction() as session:
        placement = placements.get(session, placement_id, actor=g.actor, course=None)
        try:
            _verify(session, placement, form.how.data or "")
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(session, placement, verify_form=form, refused=form), 422
    flash("Verified. The link to read and sign the plan is on its way there.", "done")
    return _back(placement_id)


@bp.post("/placements/<placement_id>/signing/decline")
@access(office_staff)
def decline(placement_id: str) -> ResponseReturnValue:
    form = VerifyForm()
    with transaction() as session:
        placement = placements.get(session, placement_id, actor=g.actor, course=None)
        try:
            signatories.decline(
                session,
                _named(session, placement),
                reason=form.reason.data or "",
                actor=g.actor,
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(session, placement, verify_form=form, refused=form), 422
        if agreement := queries.latest(session, placement, to_change=True):
            operations.go_on_without(session, agreement)
    flash("Declined. The supervisor reads your reason and can name somebody else.", "done")
    return _back(placement_id)


@bp.post("/placements/<placement_id>/signing/paper")
@access(office_staff)
def paper(placement_id: str) -> ResponseReturnValue:
    form = PaperForm()
    with transaction() as session:
        placement = placements.get(session, placement_id, actor=g.actor, course=None)
        agreement = _agreement(session, placement)
        if form.validate():
            try:
                _record(session, placement, agreement, form)
            except InvalidInput as refusal:
                form.refuse(refusal)
        if form.errors:
            return _page(session, placement, paper_form=form, refused=form), 422
    flash("Recorded. The original is kept with the signature.", "done")
    return _back(placement_id)


@bp.get("/agreement-clauses")
@access(office)
def clauses() -> str:
    with transaction() as session:
        return _clauses(wording_form(wording.of(session, _institution(session))))


@bp.post("/agreement-clauses")
@access(office_staff)
def write_clauses() -> ResponseReturnValue:
    with transaction() as session:
        institution = _institution(session)
        form = wording_form(wording.of(session, institution), typed=True)
        if not form.validate():
            return _clauses(form), 422
        try:
            wording.write(
                session,
                institution,
                {clause: form[clause].data or "" for clause in wording.DEFAULTS},
                actor=g.actor,
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _clauses(form), 422
    flash("Saved. Plans that are signed keep the words they were signed with.", "saved")
    return redirect(url_for(".clauses"), 303)


def _verify(session: Session, placement: Placement, how: str) -> None:
    contact = signatories.verify(session, _named(session, placement), how=how, actor=g.actor)
    agreement = queries.latest(session, placement)
    if agreement is not None and agreement.state == AgreementState.AWAITING_SUPERVISOR:
        asking.ask(
            session,
            agreement,
            contact,
            actor=g.actor,
            secret=services().settings.server.secret,
        )


def _record(
    session: Session, placement: Placement, agreement: LearningAgreement, form: PaperForm
) -> None:
    original = files.receive(
        session,
        services().settings,
        form.file.data or FileStorage(),
        institution_id=placement.institution_id,
        actor=g.actor,
    )
    operations.record_paper(
        session,
        agreement,
        Party(form.party.data),
        name=form.name.data,
        original=original,
        actor=g.actor,
    )


def _page(
    session: Session, placement: Placement, refused: Form | None = None, **forms: Any
) -> str:
    agreement = queries.latest(session, placement)
    values = page.values(session, placement, agreement, g.actor)
    return render_template(
        "credit/agreements/office_signing.html",
        form=refused,
        agreement_url=addresses.of(placement, "agreement"),
        **{
            "verify_form": VerifyForm(formdata=None),
            "paper_form": PaperForm(formdata=None),
            **forms,
        },
        **values,
    )


def _clauses(form: Form) -> str:
    return render_template("credit/agreements/clauses.html", form=form, titles=wording.TITLES)


def _named(session: Session, placement: Placement) -> Signatory:
    found = signatories.current(session, placement.id)
    if found is None:
        raise NotFound
    return found


def _agreement(session: Session, placement: Placement) -> LearningAgreement:
    found = queries.latest(session, placement, to_change=True)
    if found is None:
        raise NotFound
    return found


def _institution(session: Session) -> Institution:
    return session.scalars(
        select(Institution).where(Institution.id == g.actor.institution_id)
    ).one()


def _back(placement_id: str) -> ResponseReturnValue:
    return redirect(url_for(".signing", placement_id=placement_id), 303)
