"""The listing desk of the career office: the list, writing, and the record."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerlink import states
from careerlink.errors import ChangedMeanwhile, InvalidInput
from careerlink.institutions.day import campus_day
from careerlink.institutions.models import Institution
from careerlink.listings import form_filling, operations, queries, releases, terms, wording
from careerlink.listings.forms import ListingForm
from careerlink.listings.models import Listing
from careerlink.listings.queries import DeskFilters
from careerlink.listings.workflow import EDITABLE, WORKFLOW
from careerlink.partners import queries as partners
from careerlink.partners import trail
from careerlink.partners.models import Partner
from careerlink.partners.standing import why_nothing_new
from careerlink.registry import registry
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from careerlink.web.query import asked

bp = Blueprint("listings", __name__, url_prefix="/office/listings")


@bp.get("")
@access(office)
def index() -> str:
    chosen = DeskFilters(asked("state"), asked("field"), asked("partner"), asked("q"))
    with transaction() as session:
        found = queries.listed(session, g.actor, chosen, after=asked("after"))
        return render_template(
            "careerlink/listings/list.html",
            found=found,
            releases=queries.release_counts(session, [row.id for row in found.rows]),
            chosen=chosen,
            state_filters=[
                _filter(wording.STATES[c.key], c.count, chosen, state=c.key)
                for c in queries.state_counts(session, g.actor, chosen)
            ],
            field_filters=[
                _filter(c.key, c.count, chosen, field="" if c.key == chosen.field else c.key)
                for c in queries.field_counts(session, g.actor, chosen)
            ],
            address=lambda **changes: _address(chosen, **changes),
        )


@bp.route("/new", methods=["GET", "POST"])
@access(office_staff)
def write() -> ResponseReturnValue:
    """For a partner that ``?partner=`` names; without one, a partner is chosen first."""
    with transaction() as session:
        if not asked("partner"):
            return _choose_partner(session)
        partner = partners.get_visible(session, g.actor, asked("partner"))
        form = form_filling.form_for(session, partner, None)
        if form.validate_on_submit():
            listing = operations.write(
                session, partner, actor=g.actor, **_content(session, form, partner)
            )
            flash("Draft saved. Look at it as students will, then submit it.", "saved")
            return redirect(url_for(".show", listing_id=listing.public_id), 303)
        return _form_page(session, form, partner, None)


@bp.get("/<listing_id>")
@access(office)
def show(listing_id: str) -> str:
    with transaction() as session:
        listing = queries.get_visible(session, g.actor, listing_id)
        today = campus_day(session, g.actor)
        floor = listing.institution.fee_floor_minor
        return render_template(
            "careerlink/listings/show.html",
            listing=listing,
            moves=[
                (edge, states.missing(session, listing, edge))
                for _to, edge in states.available(listing, WORKFLOW, g.actor)
                if edge.verb != "revise"
            ],
            missing=_missing(session, listing),
            is_editable=g.actor.is_staff and listing.state in EDITABLE,
            below_floor=terms.is_below_floor(listing.fee_minor, listing.planned_minutes, floor),
            why_nothing_new=why_nothing_new(listing.partner, today),
            more=[fact for ask in registry.listing_facts for fact in ask(session, listing)],
            releases=releases.of_listing(session, listing),
            trail=trail.recent(session, {"listing": [listing.id]}),
            **described(session, listing),
        )


@bp.route("/<listing_id>/edit", methods=["GET", "POST"])
@access(office_staff)
def edit(listing_id: str) -> ResponseReturnValue:
    with transaction() as session:
        listing = queries.get_visible(session, g.actor, listing_id)
        partner = listing.partner
        form = form_filling.form_for(session, partner, listing)
        if form.validate_on_submit():
            if form.version.data != str(listing.version):
                raise ChangedMeanwhile("Somebody changed this listing after you opened it.")
            try:
                operations.edit(
                    session, listing, actor=g.actor, **_content(session, form, partner)
                )
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash("Listing saved.", "saved")
                return redirect(url_for(".show", listing_id=listing_id), 303)
        return _form_page(session, form, partner, listing)


@bp.get("/<listing_id>/preview")
@access(office)
def preview(listing_id: str) -> str:
    with transaction() as session:
        listing = queries.get_visible(session, g.actor, listing_id)
        return render_template(
            "careerlink/listings/preview.html", listing=listing, **described(session, listing)
        )


def described(session: Any, listing: Listing) -> dict[str, Any]:
    """What the page of a listing says beside its own columns."""
    return {
        "skills": queries.skills_of(session, [listing.id])[listing.id],
        "objectives": queries.objectives_of(session, [listing.id])[listing.id],
        "floor_minor": listing.institution.fee_floor_minor,
        "wording": wording,
    }


def _missing(session: Any, listing: Listing) -> list[str]:
    """What keeps the next step of a listing that is not with students yet."""
    onward = {"submit", "publish"}
    return [
        line
        for _to, edge in states.available(listing, WORKFLOW, g.actor)
        if edge.verb in onward
        for line in states.missing(session, listing, edge)
    ]


def _content(session: Any, form: ListingForm, partner: Partner) -> dict[str, Any]:
    institution = session.get_one(Institution, partner.institution_id)
    supervisors = form_filling.supervisor_ids(session, partner)
    return {
        **form.values(institution.currency, supervisors),
        "skill_names": form.chosen_skills(),
        "objective_ids": form.objectives.data or [],
    }


def _form_page(
    session: Any, form: ListingForm, partner: Partner, listing: Listing | None
) -> ResponseReturnValue:
    institution = session.get_one(Institution, partner.institution_id)
    html = render_template(
        "careerlink/listings/form.html",
        form=form,
        partner=partner,
        listing=listing,
        institution=institution,
        why_nothing_new=why_nothing_new(partner, campus_day(session, g.actor)),
    )
    return html, 422 if form.is_submitted() else 200


def _choose_partner(session: Any) -> str:
    found = partners.listed(
        session,
        g.actor,
        state="approved",
        text=asked("q"),
        after=asked("after"),
        today=campus_day(session, g.actor),
    )
    return render_template(
        "careerlink/listings/choose_partner.html", found=found, text=asked("q")
    )


def _filter(label: str, count: int, chosen: DeskFilters, **changes: str) -> dict[str, Any]:
    (name,) = changes
    is_current = label == chosen.field if name == "field" else chosen.state == changes[name]
    return {
        "label": label,
        "count": count,
        "current": is_current,
        "url": _address(chosen, **changes),
    }


def _address(chosen: DeskFilters, **changes: Any) -> str:
    values = {
        "state": chosen.state,
        "field": chosen.field,
        "partner": chosen.partner,
        "q": chosen.text,
        **changes,
    }
    return url_for(".index", **{name: value for name, value in values.items() if value})
