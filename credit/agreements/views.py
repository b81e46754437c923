"""The learning agreement inside the course: the student writes and signs, others read."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements import reading
from careerlink.placements.models import Placement
from careerlink.security import access, in_course, studies
from careerlink.web import services, transaction
from credit.agreements import drafting, operations, page, queries
from credit.agreements.forms import AgreementForm, DecisionForm, values_of
from credit.agreements.models import LearningAgreement
from credit.competencies import queries as competencies

bp = Blueprint(
    "agreements",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/agreement",
)


@bp.get("")
@access(in_course)
def show(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement, agreement = found(session, placement_id)
        if _writes(g.actor, placement, agreement):
            form = AgreementForm(formdata=None, data=values_of(placement, agreement))
            _offer(session, form)
            form.open_choices()
            return _write_page(session, placement, agreement, form)
        answer = read_page(session, placement, agreement, DecisionForm(formdata=None))
    reading.note_from_outside(placement, actor=g.actor)
    return answer


@bp.post("")
@access(studies)
def write(course_id: str, placement_id: str) -> ResponseReturnValue:
    """Save, and do what the button says besides: add or remove an objective, or sign."""
    action = request.form.get("action", "save")
    form = AgreementForm()
    with transaction() as session:
        placement, agreement = found(session, placement_id)
        _offer(session, form)
        is_valid = form.validate()
        if is_valid:
            form.take_chosen()
        _change_rows(form, action)
        try:
            if is_valid:
                drafting.save_draft(session, placement, form.draft(), actor=g.actor)
        except InvalidInput as refusal:
            form.refuse(refusal)
            is_valid = False
    if not is_valid:
        return _typed(placement_id, form)
    if action == "sign":
        return _sign(placement_id, form)
    if action == "add":
        return _again(placement_id, form)
    flash("Saved. Nobody else sees it until you sign.", "saved")
    return back(_anchor(action, form))


@bp.post("/draft")
@access(studies)
def keep_draft(course_id: str, placement_id: str) -> ResponseReturnValue:
    """What the page sends by itself while somebody writes; half a number is not kept."""
    form = AgreementForm()
    with transaction() as session:
        placement, _ = found(session, placement_id)
        _offer(session, form)
        if form.validate():
            try:
                drafting.save_draft(session, placement, form.draft(), actor=g.actor)
            except InvalidInput:
                session.rollback()
    return "", 204


def _sign(placement_id: str, form: AgreementForm) -> ResponseReturnValue:
    if not form.is_signed():
        form.point_out_gaps()
        return _typed(placement_id, form)
    try:
        with transaction() as session:
            operations.sign(
                session,
                existing(session, placement_id),
                actor=g.actor,
                signed_name=form.signed_name.data,
                secret=services().settings.server.secret,
            )
    except NotPossible as refusal:
        session.rollback()
        form.point_out_gaps()
        form.form_errors += refusal.unmet or [refusal.message]
        return _typed(placement_id, form)
    flash("Signed. The supervisor gets a mail with a link to read and sign.", "done")
    return back()


def _typed(placement_id: str, form: AgreementForm) -> ResponseReturnValue:
    return _again(placement_id, form), 422


def _again(placement_id: str, form: AgreementForm) -> str:
    with transaction() as session:
        placement, agreement = found(session, placement_id)
        form.open_choices()
        return _write_page(session, placement, agreement, form)


def _write_page(
    session: Session,
    placement: Placement,
    agreement: LearningAgreement | None,
    form: AgreementForm,
) -> str:
    return render_template(
        "credit/agreements/write.html",
        form=form,
        **page.values(session, placement, agreement, g.actor),
    )


def read_page(
    session: Session,
    placement: Placement,
    agreement: LearningAgreement | None,
    form: DecisionForm,
) -> str:
    # They decide on what this very page shows.
    form.document_hash.data = agreement.document_hash if agreement else None
    return render_template(
        "credit/agreements/show.html",
        form=form,
        **page.values(session, placement, agreement, g.actor),
    )


def found(session: Session, placement_id: str) -> tuple[Placement, LearningAgreement | None]:
    course: Course = g.course
    placement = placements.get(session, placement_id, actor=g.actor, course=course)
    changes = request.method == "POST"
    return placement, queries.latest(session, placement, to_change=changes)


def existing(session: Session, placement_id: str) -> LearningAgreement:
    _, agreement = found(session, placement_id)
    if agreement is None:
        raise NotFound
    return agreement


def _writes(actor: Actor, placement: Placement, agreement: LearningAgreement | None) -> bool:
    return page.is_student_of(actor, placement) and drafting.may_write(placement, agreement)


def _offer(session: Session, form: AgreementForm) -> None:
    form.offer(
        queries.course_objectives(session, g.course),
        competencies.offered_in(session, g.course, besides=form.named_competencies()),
    )


def _change_rows(form: AgreementForm, action: str) -> None:
    if action == "add":
        form.add_row()
    elif action.startswith("remove-") and action[7:].isdecimal():
        form.remove_row(int(action[7:]))


def _anchor(action: str, form: AgreementForm) -> str:
    return "objectives" if action != "save" or form.chosen.data else ""


def back(anchor: str = "") -> ResponseReturnValue:
    args: dict[str, Any] = request.view_args or {}
    return redirect(url_for(".show", **args, _anchor=anchor or None), 303)
