"""What goes into a partner's file: checks, documents and contacts."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.files.operations import receive
from careerlink.partners import checklist, contacts, operations, queries
from careerlink.partners.forms import ChecksForm, ContactForm, DocumentForm, VerifyForm
from careerlink.partners.likeness import same_house
from careerlink.partners.models import CheckOutcome, DocumentKind, Partner
from careerlink.partners.views import bp
from careerlink.security import access, office_staff
from careerlink.web import services, transaction


@bp.route("/<partner_id>/checks", methods=["GET", "POST"])
@access(office_staff)
def checks(partner_id: str) -> ResponseReturnValue:
    with transaction() as session:
        partner = queries.get_visible(session, g.actor, partner_id)
        form = ChecksForm(data=_answers_so_far(partner))
        if form.validate_on_submit():
            count = _record_changed(session, partner, form)
            flash(f"{count} checks recorded." if count != 1 else "1 check recorded.", "saved")
            return redirect(url_for(".show", partner_id=partner_id, _anchor="checks"), 303)
        return render_template(
            "careerlink/partners/checks.html",
            form=form,
            partner=partner,
            checklist=checklist.CHECKLIST,
        ), 422 if form.is_submitted() else 200


@bp.route("/<partner_id>/contacts/new", methods=["GET", "POST"])
@access(office_staff)
def add_contact(partner_id: str) -> ResponseReturnValue:
    with transaction() as session:
        partner = queries.get_visible(session, g.actor, partner_id)
        form = ContactForm()
        if form.validate_on_submit():
            try:
                contacts.add_contact(
                    session,
                    partner,
                    actor=g.actor,
                    name=form.name.data or "",
                    email=form.email.data or "",
                    title=form.title.data or "",
                    phone=form.phone.data or "",
                )
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash("Contact added. Verify the address before a link goes there.", "done")
                return redirect(
                    url_for(".show", partner_id=partner_id, _anchor="contacts"), 303
                )
        return render_template(
            "careerlink/partners/contact.html", form=form, partner=partner
        ), 422 if form.is_submitted() else 200


@bp.route("/<partner_id>/contacts/<contact_id>/verify", methods=["GET", "POST"])
@access(office_staff)
def verify_contact(partner_id: str, contact_id: str) -> ResponseReturnValue:
    with transaction() as session:
        partner = queries.get_visible(session, g.actor, partner_id)
        contact = queries.get_contact(session, partner, contact_id)
        form = VerifyForm()
        if form.validate_on_submit():
            try:
                contacts.verify_contact(
                    session, contact, actor=g.actor, how=form.how.data or ""
                )
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash(f"{contact.email} is verified; links may go there.", "done")
                return redirect(
                    url_for(".show", partner_id=partner_id, _anchor="contacts"), 303
                )
        return render_template(
            "careerlink/partners/verify.html",
            form=form,
            partner=partner,
            contact=contact,
            is_own_domain=same_house(contact.email, partner.domain),
        ), 422 if form.is_submitted() else 200


@bp.post("/<partner_id>/contacts/<contact_id>/left")
@access(office_staff)
def contact_left(partner_id: str, contact_id: str) -> ResponseReturnValue:
    with transaction() as session:
        partner = queries.get_visible(session, g.actor, partner_id)
        contact = queries.get_contact(session, partner, contact_id)
        contacts.mark_as_left(session, contact, actor=g.actor)
    flash(f"{contact.name} is marked as having left; no link goes there any more.", "done")
    return redirect(url_for(".show", partner_id=partner_id, _anchor="contacts"), 303)


@bp.post("/<partner_id>/contacts/<contact_id>/reminders")
@access(office_staff)
def resume_reminders(partner_id: str, contact_id: str) -> ResponseReturnValue:
    with transaction() as session:
        partner = queries.get_visible(session, g.actor, partner_id)
        contact = queries.get_contact(session, partner, contact_id)
        contacts.resume_reminders(session, contact, actor=g.actor)
    flash(f"{contact.name} gets reminders by mail again.", "done")
    return redirect(url_for(".show", partner_id=partner_id, _anchor="contacts"), 303)


@bp.route("/<partner_id>/documents/new", methods=["GET", "POST"])
@access(office_staff)
def add_document(partner_id: str) -> ResponseReturnValue:
    with transaction() as session:
        partner = queries.get_visible(session, g.actor, partner_id)
        form = DocumentForm()
        if form.validate_on_submit():
            try:
                _add_document(session, partner, form)
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash("Document added to the file.", "saved")
                return redirect(
                    url_for(".show", partner_id=partner_id, _anchor="documents"), 303
                )
        return render_template(
            "careerlink/partners/document.html", form=form, partner=partner
        ), 422 if form.is_submitted() else 200


def _add_document(session: Session, partner: Partner, form: DocumentForm) -> None:
    attachment = None
    if form.file.data:
        attachment = receive(
            session,
            services().settings,
            form.file.data,
            institution_id=partner.institution_id,
            actor=g.actor,
        )
    operations.add_document(
        session,
        partner,
        actor=g.actor,
        kind=DocumentKind(form.kind.data),
        title=form.title.data or "",
        expires_on=form.expires_on.data,
        attachment=attachment,
    )


def _answers_so_far(partner: Partner) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, check in checklist.latest(partner.checks).items():
        found[f"{key}_outcome"] = check.outcome.value
        found[f"{key}_evidence"] = check.evidence
    return found


def _record_changed(session: Session, partner: Partner, form: Any) -> int:
    """Only what differs from the last answer becomes a new one."""
    before, count = checklist.latest(partner.checks), 0
    for item, outcome, evidence in form.answers():
        known = before.get(item.key)
        if not outcome or (known and (known.outcome, known.evidence) == (outcome, evidence)):
            continue
        operations.record_check(
            session,
            partner,
            actor=g.actor,
            item=item.key,
            outcome=CheckOutcome(outcome),
            evidence=evidence,
        )
        count += 1
    return count
