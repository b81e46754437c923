"""The question to a colleague of a silent supervisor; it shows project and first name only."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound
from careerlink.placements import consents
from careerlink.placements.models import Placement
from careerlink.security import access
from careerlink.supervisors import hand_over_queries, hand_overs, queries
from careerlink.supervisors.access import NO_CONSENT, UNKNOWN, LinkClosed, link_named
from careerlink.supervisors.forms import MYSELF, SOMEBODY, StandInForm
from careerlink.supervisors.hand_overs import Proposal
from careerlink.supervisors.models import HandOverReason
from careerlink.tokens import AccessLink, LinkPurpose
from careerlink.web import transaction

bp = Blueprint("stand_in", __name__, url_prefix="/s/<token>/stand-in")
bp.csrf_exempt = True  # type: ignore[attr-defined]
PAGE = "careerlink/supervisors/stand_in.html"
OVER = "This question is settled or too old. Nothing is asked of you any more; thank you."


def stand_in_link() -> None:
    """Whoever has the address that was mailed to a colleague."""
    link_named()
    if g.link.purpose != LinkPurpose.STAND_IN:
        raise NotFound(UNKNOWN)


@bp.route("", methods=["GET", "POST"])
@access(stand_in_link)
def answer(token: str) -> ResponseReturnValue:
    form = StandInForm(meta={"csrf": False})
    link: AccessLink = g.link
    with transaction() as session:
        placement = _placement(session, link)
        given = hand_over_queries.latest_by(session, placement, link.contact_id)
        values = {
            "token": token,
            "placement": placement,
            "first_name": queries.first_name(placement),
            "contact": link.contact,
            "given": given,
            "form": form,
        }
        if given is not None or not form.validate_on_submit():
            refused = given is None and form.is_submitted()
            return render_template(PAGE, **values), (422 if refused else 200)
        try:
            hand_overs.ask(
                session,
                link,
                placement,
                actor=queries.actor_of(link),
                reason=HandOverReason.STANDS_IN,
                proposal=_proposal(form, link),
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
            return render_template(PAGE, **values), 422
    return redirect(url_for(".answer", token=token), 303)


def _placement(session: Session, link: AccessLink) -> Placement:
    placement = queries.placement_of(session, link)
    if placement is None or not link.is_open or link.contact.left_at is not None:
        raise LinkClosed(OVER)
    consent = consents.standing_consent(session, placement)
    if consent is None or not consents.covers(consent, link.contact_id):
        raise LinkClosed(NO_CONSENT)
    g.institution_name = placement.institution.name
    return placement


def _proposal(form: StandInForm, link: AccessLink) -> Proposal:
    if form.answer.data == MYSELF:
        contact = link.contact
        return Proposal(contact.name, contact.title, contact.email)
    if form.answer.data == SOMEBODY:
        return Proposal(form.name.data or "", form.title.data or "", form.email.data or "")
    return Proposal()
