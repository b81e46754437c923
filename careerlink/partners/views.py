"""The partner desk of the career office: the list, the file, and opening one."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerlink import states
from careerlink.errors import InvalidInput
from careerlink.institutions.day import campus_day
from careerlink.listings import queries as listings
from careerlink.partners import checklist, operations, queries, standing, trail
from careerlink.partners.forms import PartnerForm, ProposeForm
from careerlink.partners.workflow import WORKFLOW
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from careerlink.web.query import asked

bp = Blueprint("partners", __name__, url_prefix="/office/partners")

STATES = {
    "": "All",
    "proposed": "Proposed",
    "under_review": "Under review",
    "approved": "Approved",
    "ending": "Approval ends within 30 days",
    "ran_out": "Approval ran out",
    "paused": "Paused",
    "declined": "Declined",
}


@bp.get("")
@access(office)
def index() -> str:
    state, text = asked("state"), asked("q")
    with transaction() as session:
        today = campus_day(session, g.actor)
        found = queries.listed(
            session, g.actor, state=state, text=text, after=asked("after"), today=today
        )
        counts = queries.state_counts(session, g.actor, text=text, today=today)
    filters = [
        {
            "label": STATES[count.key],
            "count": count.count,
            "current": state == count.key,
            "url": url_for(".index", state=count.key or None, q=text or None),
        }
        for count in counts
    ]
    return render_template(
        "careerlink/partners/list.html",
        found=found,
        filters=filters,
        state=state,
        text=text,
        today=today,
        standing=standing,
    )


@bp.route("/new", methods=["GET", "POST"])
@access(office_staff)
def propose() -> ResponseReturnValue:
    form, look_alikes = ProposeForm(), []
    with transaction() as session:
        if form.validate_on_submit():
            facts = form.facts()
            look_alikes = list(
                queries.look_alikes(
                    session, g.actor, name=facts["name"], website=facts["website"]
                )
            )
            try:
                if look_alikes and not form.is_another.data:
                    raise InvalidInput(
                        "Look at the partners below, then say that it is another."
                    )
                partner = operations.propose(session, actor=g.actor, **facts)
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash("Partner proposed. Start the review when you are ready.", "done")
                return redirect(url_for(".show", partner_id=partner.public_id), 303)
        return render_template(
            "careerlink/partners/propose.html", form=form, look_alikes=look_alikes
        ), 422 if form.is_submitted() else 200


@bp.get("/<partner_id>")
@access(office)
def show(partner_id: str) -> str:
    with transaction() as session:
        partner = queries.get_visible(session, g.actor, partner_id)
        today = campus_day(session, g.actor)
        contacts = queries.contacts_of(session, partner)
        ids = {"partner": [partner.id], "partner_contact": [contact.id for contact in contacts]}
        return render_template(
            "careerlink/partners/show.html",
            partner=partner,
            standing=standing.of(partner, today),
            today=today,
            may_start=partner.may_start_new(today),
            moves=states.available(partner, WORKFLOW, g.actor),
            checklist=checklist.CHECKLIST,
            answers=checklist.latest(partner.checks),
            contacts=contacts,
            documents=queries.documents_of(session, partner),
            look_alikes=queries.look_alikes(
                session, g.actor, name=partner.name, website=partner.website, but=partner
            ),
            listings=listings.of_partner(session, g.actor, partner),
            trail=trail.recent(session, ids),
        )


@bp.route("/<partner_id>/facts", methods=["GET", "POST"])
@access(office_staff)
def change_facts(partner_id: str) -> ResponseReturnValue:
    with transaction() as session:
        partner = queries.get_visible(session, g.actor, partner_id)
        form = PartnerForm(obj=partner)
        if form.validate_on_submit():
            try:
                operations.change_facts(session, partner, actor=g.actor, **form.facts())
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash("Facts saved.", "saved")
                return redirect(url_for(".show", partner_id=partner_id), 303)
        return render_template(
            "careerlink/partners/facts.html", form=form, partner=partner
        ), 422 if form.is_submitted() else 200
