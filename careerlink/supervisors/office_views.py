"""What staff do about supervisors: answer a hand-over, hand out a link or a spoken code."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink import clock, tokens
from careerlink.errors import InvalidInput, NotPossible
from careerlink.partners.models import PartnerContact
from careerlink.placements import naming
from careerlink.placements import queries as placements
from careerlink.placements.forms import NEW_CONTACT, EmptyForm
from careerlink.placements.models import Placement
from careerlink.placements.planning import current_supervisions
from careerlink.placements.reading import note_reading
from careerlink.security import access, office, office_staff
from careerlink.supervisors import codes, hand_over_queries, hand_overs, operations, queries
from careerlink.supervisors.forms import ApproveForm, DeclineForm
from careerlink.supervisors.hand_overs import Answer
from careerlink.supervisors.models import HandOverRequest
from careerlink.tokens import AccessLink
from careerlink.web import services, transaction

bp = Blueprint("hand_overs", __name__, url_prefix="/office")
AT = "/hand-overs/<hand_over_id>"
LINK = "/placements/<placement_id>/link"
PAGE = "careerlink/supervisors/office_hand_over.html"


@bp.get(AT)
@access(office)
def show(hand_over_id: str) -> str:
    with transaction() as session:
        row = hand_over_queries.get(session, hand_over_id, actor=g.actor)
        shown = _page(session, row, _approve_form(session, row, blank=True))
    note_reading(row.placement, actor=g.actor)
    return shown


@bp.post(f"{AT}/approve")
@access(office_staff)
def approve(hand_over_id: str) -> ResponseReturnValue:
    with transaction() as session:
        row = hand_over_queries.get(session, hand_over_id, actor=g.actor, to_change=True)
        form = _approve_form(session, row)
        if not form.validate():
            return _page(session, row, form, refused=form), 422
        try:
            hand_overs.approve(session, row, _answer(session, row, form), actor=g.actor)
        except InvalidInput as refusal:
            form.refuse(refusal)
            row = hand_over_queries.get(session, hand_over_id, actor=g.actor)
            return _page(session, row, form, refused=form), 422
        flash("Approved. Everybody concerned is told.", "done")
    return _to(row)


@bp.post(f"{AT}/decline")
@access(office_staff)
def decline(hand_over_id: str) -> ResponseReturnValue:
    form = DeclineForm()
    with transaction() as session:
        row = hand_over_queries.get(session, hand_over_id, actor=g.actor, to_change=True)
        if not form.validate():
            approving = _approve_form(session, row, blank=True)
            return _page(session, row, approving, declining=form, refused=form), 422
        hand_overs.decline(session, row, actor=g.actor, reason=form.reason.data or "")
        flash("Declined. Your words are behind their link.", "done")
    return _to(row)


@bp.post(f"{AT}/call-off")
@access(office_staff)
def call_off(hand_over_id: str) -> ResponseReturnValue:
    with transaction() as session:
        row = hand_over_queries.get(session, hand_over_id, actor=g.actor, to_change=True)
        hand_overs.call_off(session, row, actor=g.actor)
        flash("Called off. Whoever supervises goes on.", "done")
    return _to(row)


@bp.get(LINK)
@access(office_staff)
def link(placement_id: str) -> str:
    with transaction() as session:
        return _link_page(session, _placement(session, placement_id))


@bp.post(f"{LINK}/copy")
@access(office_staff)
def copy_link(placement_id: str) -> str:
    """Shown by the answer to this press alone, so that every showing is in the history."""
    with transaction() as session:
        placement = _placement(session, placement_id)
        found = _link(session, placement)
        operations.copy_link(session, found, actor=g.actor)
        server = services().settings.server
        address = f"{server.public_url}/s/{tokens.token_of(found.public_id, server.secret)}"
        return _link_page(session, placement, address=address)


@bp.post(f"{LINK}/code")
@access(office_staff)
def give_code(placement_id: str) -> str:
    with transaction() as session:
        placement = _placement(session, placement_id)
        server = services().settings.server
        found = _link(session, placement)
        code = codes.give(session, found, secret=server.secret, actor=g.actor)
        until = clock.now() + codes.LIFETIME
        return _link_page(session, placement, code=code, code_until=until)


def _placement(session: Session, public_id: str) -> Placement:
    return placements.get(session, public_id, actor=g.actor, course=None)


def _supervisor(session: Session, placement: Placement) -> PartnerContact | None:
    current = current_supervisions(session, placement)
    return current[0].contact if current else None


def _link(session: Session, placement: Placement) -> AccessLink:
    contact = _supervisor(session, placement)
    if contact is None:
        raise NotPossible("No link can be handed out now.", ["Nobody is named as supervisor."])
    secret = services().settings.server.secret
    return operations.link_for_staff(session, placement, contact, actor=g.actor, secret=secret)


def _link_page(session: Session, placement: Placement, **shown: Any) -> str:
    contact = _supervisor(session, placement)
    return render_template(
        "careerlink/supervisors/office_link.html",
        placement=placement,
        contact=contact,
        unmet=operations.why_no_link(session, placement, contact),
        links=queries.links_of(session, placement),
        spelled=codes.spelled(shown.get("code", "")),
        entered_at=f"{services().settings.server.public_url}/s",
        **shown,
    )


def _approve_form(
    session: Session, row: HandOverRequest, *, blank: bool = False
) -> ApproveForm:
    people = naming.on_file(session, row.placement.partner)
    known = next((one for one in people if one.email == row.proposed_email), None)
    wanted = {
        "contact": known.public_id if known else (NEW_CONTACT if row.proposed_name else None),
        "name": "" if known else row.proposed_name,
        "title": "" if known else row.proposed_title,
        "email": "" if known else row.proposed_email,
        "from_on": clock.today(row.placement.institution.time_zone),
        "has_left": row.reason == "left",
    }
    options: dict[str, Any] = {"formdata": None} if blank else {}
    choices = [
        (one.public_id, f"{one.name}, {one.email}")
        for one in people
        if one.id != row.contact_id or row.reason == "stands_in"
    ]
    return ApproveForm(people=choices, data=wanted, **options)


def _answer(session: Session, row: HandOverRequest, form: ApproveForm) -> Answer:
    successor = naming.verified_person(
        session,
        row.placement.partner,
        choice=form.contact.data,
        name=form.name.data or "",
        email=form.email.data or "",
        title=form.title.data or "",
        how=form.how.data or "",
        actor=g.actor,
    )
    return Answer(
        successor, form.from_on.data, asks_former=form.asks_former.data,
        has_left=form.has_left.data,
    )  # fmt: skip


def _page(
    session: Session,
    row: HandOverRequest,
    approving: ApproveForm,
    *,
    declining: DeclineForm | None = None,
    refused: Any = None,
) -> str:
    return render_template(
        PAGE,
        row=row,
        placement=row.placement,
        approving=approving,
        declining=declining or DeclineForm(formdata=None, prefix=""),
        plain=EmptyForm(formdata=None),
        form=refused,
        supervisions=placements.supervisions(session, row.placement),
        people={one.public_id: one for one in naming.on_file(session, row.placement.partner)},
        is_staff=g.actor.is_staff,
        came_from=request.endpoint,
    )


def _to(row: HandOverRequest) -> ResponseReturnValue:
    return redirect(url_for(".show", hand_over_id=row.public_id), 303)
