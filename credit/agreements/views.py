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
from credit.agreements import (
    commenting,
    drafting,
    emergency,
    fields,
    looks,
    operations,
    page,
    prefill,
    queries,
    writing,
)
from credit.agreements.filled import values_of
from credit.agreements.forms import AgreementForm
from credit.agreements.models import LearningAgreement
from credit.agreements.plan import plan_of
from credit.agreements.sign_forms import DecisionForm
from credit.agreements.workflow import is_student_of
from credit.competencies import queries as competencies
from credit.routing import owners

bp = Blueprint(
    "agreements",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/agreement",
)
EMERGENCY = ("name", "phone", "relation")


@bp.get("")
@access(in_course)
def show(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement, agreement = found(session, placement_id)
        if _writes(g.actor, placement, agreement):
            return _blank(session, placement, agreement)
        answer = read_page(session, placement, agreement, DecisionForm(formdata=None))
    reading.note_from_outside(placement, actor=g.actor)
    if agreement is not None and g.actor.may_look(placement.course_id):
        looks.note(agreement, actor=g.actor)
    return answer


@bp.post("")
@access(studies)
def write(course_id: str, placement_id: str) -> ResponseReturnValue:
    """Save, and do what the button says besides: change rows, use proposed words, or sign."""
    action = request.form.get("action", "save")
    form = AgreementForm()
    with transaction() as session:
        placement, _ = found(session, placement_id)
        _offer(session, form)
        is_valid = form.validate()
        if is_valid:
            form.take_chosen()
        form.change_rows(action)
        try:
            if is_valid:
                _save(session, placement, form)
                _use_proposal(session, placement_id, action)
        except InvalidInput as refusal:
            form.refuse(refusal)
            is_valid = False
    if not is_valid:
        return _typed(placement_id, form)
    if action == "sign":
        return _sign(placement_id, form)
    if action in ("add", "piece"):
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
                _save(session, placement, form)
            except InvalidInput:
                session.rollback()
    return "", 204


def _save(session: Session, placement: Placement, form: AgreementForm) -> None:
    agreement = drafting.save_draft(session, placement, form.plan(), actor=g.actor)
    emergency.keep(
        session,
        placement,
        actor=g.actor,
        **{name: form[f"emergency_{name}"].data or "" for name in EMERGENCY},
    )
    for comment in commenting.of(session, agreement):
        answer = request.form.get(f"answer-{comment.public_id}")
        if answer is not None:
            commenting.answer(session, comment, answer, actor=g.actor)


def _use_proposal(session: Session, placement_id: str, action: str) -> None:
    verb, _, public_id = action.partition("-")
    if verb == "use":
        agreement = existing(session, placement_id)
        commenting.accept(session, agreement, public_id, actor=g.actor)


def _sign(placement_id: str, form: AgreementForm) -> ResponseReturnValue:
    if not form.is_signed():
        with transaction() as session:
            form.point_out(fields.gaps(existing(session, placement_id)))
        return _typed(placement_id, form)
    try:
        with transaction() as session:
            operations.sign(
                session,
                existing(session, placement_id),
                actor=g.actor,
                said=form.signing(),
                secret=services().settings.server.secret,
            )
    except NotPossible as refusal:
        session.rollback()
        return _cannot_sign(placement_id, form, refusal)
    flash("Signed. The supervisor gets a mail with a link to read and sign.", "done")
    return back()


def _cannot_sign(
    placement_id: str, form: AgreementForm, refusal: NotPossible
) -> ResponseReturnValue:
    """What belongs to a field stands at it; what is left goes above."""
    with transaction() as session:
        agreement = existing(session, placement_id)
        gaps = fields.gaps(agreement)
        form.point_out(gaps)
        form.point_out_unanswered(commenting.unsettled(session, agreement))
        named = {gap.text for gap in gaps} | set(
            commenting.nothing_unsettled(session, agreement)
        )
        form.form_errors += [
            line for line in refusal.unmet or [refusal.message] if line not in named
        ]
    return _typed(placement_id, form)


def _typed(placement_id: str, form: AgreementForm) -> ResponseReturnValue:
    return _again(placement_id, form), 422


def _blank(
    session: Session, placement: Placement, agreement: LearningAgreement | None
) -> ResponseReturnValue:
    plan = plan_of(agreement) if agreement is not None else prefill.plan(session, placement)
    values = values_of(plan) | prefill.emergency_values(session, placement, actor=g.actor)
    form = AgreementForm(formdata=None, data=values)
    _offer(session, form)
    form.open_choices()
    return _write_page(session, placement, agreement, form)


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
        **writing.values(session, placement, agreement, form),
    )


def read_page(
    session: Session,
    placement: Placement,
    agreement: LearningAgreement | None,
    form: DecisionForm,
) -> str:
    # They decide on what this very page shows.
    form.document_hash.data = agreement.document_hash if agreement else None
    values = page.values(session, placement, agreement, g.actor)
    values["colleague"] = owners.colleague(session, placement, actor=g.actor)
    return render_template("credit/agreements/show.html", form=form, **values)


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
    return is_student_of(actor, placement) and drafting.may_write(placement, agreement)


def _offer(session: Session, form: AgreementForm) -> None:
    form.offer(
        queries.course_objectives(session, g.course),
        competencies.offered_in(session, g.course, besides=form.named_competencies()),
    )


def _anchor(action: str, form: AgreementForm) -> str:
    if action.startswith(("drop", "piece")):
        return "work"
    return "objectives" if action != "save" or form.chosen.data else ""


def back(anchor: str = "") -> ResponseReturnValue:
    args: dict[str, Any] = request.view_args or {}
    return redirect(url_for(".show", **args, _anchor=anchor or None), 303)
