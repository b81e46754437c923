"""Evidence of a placement: the list, handing in, new versions, and milestones."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from careerlink.errors import InvalidInput
from careerlink.files import kinds
from careerlink.files import operations as files
from careerlink.placements import queries as placements
from careerlink.placements import reading
from careerlink.placements.models import Placement
from careerlink.security import access, in_course, studies
from careerlink.web import errors, services, transaction
from credit import addresses
from credit.evidence import (
    milestones,
    operations,
    page,
    queries,
    rules,
)
from credit.evidence.forms import EvidenceForm
from credit.evidence.models import Deliverable
from credit.evidence.operations import Work
from credit.evidence.queries import Piece

bp = Blueprint(
    "evidence", __name__, url_prefix="/courses/<course_id>/placements/<placement_id>/evidence"
)
AGAIN = "Choose the file again; browsers forget it when a form comes back."


@bp.get("")
@access(in_course)
def index(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        values = page.values(session, placement, actor=g.actor)
        answer = render_template("credit/evidence/list.html", **values)
    reading.note_from_outside(placement, actor=g.actor)
    return answer


@bp.route("/new", methods=["GET", "POST"])
@access(studies)
def hand_in(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        return _hand_in_page(session, placement, EvidenceForm(), None)


@bp.route("/<piece>/new-version", methods=["GET", "POST"])
@access(studies)
def new_version(course_id: str, placement_id: str, piece: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        found = queries.piece(session, placement, piece, actor=g.actor)
        latest = found.latest
        known = [one.objective_lineage for one in latest.objectives] if latest else []
        title = found.deliverable.title if found.deliverable else ""
        form = EvidenceForm(data={"title": title, "objectives": known})
        return _hand_in_page(session, placement, form, found)


@bp.post("/milestones/<lineage>/<any(reached,open):deed>")
@access(studies)
def tick(course_id: str, placement_id: str, lineage: str, deed: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        milestone = milestones.tick(
            session, placement, lineage, actor=g.actor, is_reached=deed == "reached"
        )
        flash(
            f"“{milestone.title}” is reached."
            if milestone.reached_at
            else f"“{milestone.title}” is open again.",
            "saved",
        )
        return redirect(addresses.of(placement, "evidence"), 303)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Said before anything is stored: the body is not even read."""
    megabytes = services().settings.files.max_megabytes
    return errors.page(
        413,
        "too-large",
        f"A file may have up to {megabytes} MB. Go back; what you typed is still there. Make "
        "the file smaller, or hand in a link to it.",
        title="This file is too large",
    )


def _hand_in_page(
    session: Session, placement: Placement, form: EvidenceForm, piece: Piece | None
) -> ResponseReturnValue:
    rules.require_open(session, g.actor, placement)
    deliverable = piece.deliverable if piece is not None else None
    if deliverable is not None and deliverable.lineage is not None:
        del form.title
    form.offer(page.objectives_of(session, placement))
    if form.is_submitted() and (title := _handed_in(session, placement, form, deliverable)):
        flash(f"“{title}” is handed in.", "done")
        return redirect(addresses.of(placement, "evidence"), 303)
    values: dict[str, Any] = {
        "placement": placement,
        "piece": piece,
        "is_late": rules.is_late(placement, deliverable.due_on if deliverable else None),
        "accept": kinds.accepted(kinds.EVERYDAY),
        "kinds_in_words": kinds.IN_WORDS,
        "megabytes": services().settings.files.max_megabytes,
        "list_url": addresses.of(placement, "evidence"),
    }
    html = render_template("credit/evidence/hand_in.html", form=form, **values)
    return html, 422 if form.is_submitted() else 200


def _handed_in(
    session: Session,
    placement: Placement,
    form: EvidenceForm,
    deliverable: Deliverable | None,
) -> str:
    """What was handed in, by its title; empty when the form was refused."""
    if not form.validate():
        if form.file.data and not form.file.errors:
            form.refuse(InvalidInput(AGAIN, field="file"))
        return ""
    try:
        # A refused row must not stay in the session that renders the page.
        with session.begin_nested():
            version = operations.hand_in(
                session,
                placement,
                actor=g.actor,
                work=_work(session, placement, form),
                deliverable=deliverable,
            )
    except InvalidInput as refusal:
        form.refuse(refusal)
        if form.file.data and refusal.field != "file":
            form.refuse(InvalidInput(AGAIN, field="file"))
        return ""
    return version.title


def _work(session: Session, placement: Placement, form: EvidenceForm) -> Work:
    attachment = None
    if form.file.data:
        attachment = files.receive(
            session,
            services().settings,
            form.file.data,
            institution_id=placement.institution_id,
            actor=g.actor,
        )
    return Work(
        title=form.title.data if form.title else "",
        note=form.note.data or "",
        url=form.url.data or "",
        attachment=attachment,
        is_attested=form.is_attested.data,
        objectives=form.objectives.data or [],
    )


def _get(session: Session, placement_id: str) -> Placement:
    return placements.get(session, placement_id, actor=g.actor, course=g.course)
