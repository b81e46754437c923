"""\"I am not the right person\": at the link, before any student data is shown and after it."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.placements.models import Placement
from careerlink.security import access
from careerlink.supervisors import hand_over_queries, hand_overs, queries
from careerlink.supervisors.access import CLOSED, HANDED_OVER, LinkClosed, link_named
from careerlink.supervisors.forms import KNOWN, NotMeForm
from careerlink.supervisors.hand_overs import Proposal
from careerlink.supervisors.models import HandOverReason
from careerlink.tokens import AccessLink, LinkPurpose
from careerlink.web import transaction

bp = Blueprint("not_me", __name__, url_prefix="/s/<token>/not-me")
bp.csrf_exempt = True  # type: ignore[attr-defined]
"""There may be no session yet, and the address itself is the secret."""
PAGE = "careerlink/supervisors/not_me.html"


@bp.route("", methods=["GET", "POST"])
@access(link_named)
def ask(token: str) -> ResponseReturnValue:
    form = NotMeForm(meta={"csrf": False})
    link: AccessLink = g.link
    with transaction() as session:
        placement = _placement(session, link)
        latest = hand_over_queries.latest_by(session, placement, link.contact_id)
        values = {"token": token, "placement": placement, "form": form, "latest": latest}
        if not form.validate_on_submit():
            return render_template(PAGE, **values), (422 if form.is_submitted() else 200)
        try:
            hand_overs.ask(
                session,
                link,
                placement,
                actor=queries.actor_of(link),
                reason=HandOverReason(form.reason.data),
                proposal=_proposal(form),
                note=form.note.data or "",
                passes_draft=form.passes_draft.data,
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
            return render_template(PAGE, **values), 422
    return redirect(url_for(".ask", token=token), 303)


@bp.post("/take-back")
@access(link_named)
def take_back(token: str) -> ResponseReturnValue:
    link: AccessLink = g.link
    with transaction() as session:
        placement = _placement(session, link)
        request = hand_over_queries.asked_by(session, placement, link.contact_id)
        if request is not None:
            hand_overs.take_back(session, request, actor=queries.actor_of(link))
    return redirect(url_for("supervisor.greet", token=token), 303)


def _placement(session: Session, link: AccessLink) -> Placement:
    """Of a link that may be past its time: the wrong person should still be able to say so."""
    placement = queries.placement_of(session, link)
    if placement is None or link.revoked_at is not None:
        raise LinkClosed(CLOSED)
    if link.purpose != LinkPurpose.PLACEMENT:
        raise LinkClosed(CLOSED)
    if not queries.is_supervised_by(session, placement.id, link.contact_id, hold=True):
        raise LinkClosed(HANDED_OVER)
    g.institution_name = placement.institution.name
    return placement


def _proposal(form: NotMeForm) -> Proposal:
    if form.who.data != KNOWN:
        return Proposal()
    return Proposal(form.name.data or "", form.title.data or "", form.email.data or "")
