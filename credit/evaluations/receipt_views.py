"""What a supervisor sent: the receipt at the same link, as PDF, and its correction."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.documents import download, rendering
from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from careerlink.web import transaction
from credit import addresses
from credit.competencies import levels
from credit.evaluations import (
    hours_asked,
    operations,
    queries,
    receipt_document,
    release,
    whole_form,
)
from credit.evaluations.answers import AGAIN
from credit.evaluations.models import Evaluation, EvaluationState
from credit.evaluations.whole_form import MEDIA, CorrectionForm

bp = Blueprint("evaluations_by_link", __name__, url_prefix="/s/<token>/evaluation")


@bp.get("/correct")
@access(supervisor_link)
def ask_correction(token: str) -> ResponseReturnValue:
    with transaction() as session:
        evaluation = _sent(session)
        if evaluation is None or _until(session, evaluation) is None:
            return _back(token)
        sent = queries.readable(session, g.actor, g.placement)
        latest = next(one for one in sent if one.evaluation_id == evaluation.id)
        form, targets = whole_form.build(
            session,
            evaluation,
            CorrectionForm,
            formdata=None,
            data=whole_form.values_of(latest),
        )
        return _page(session, token, evaluation, form, targets)


@bp.post("/correct")
@access(supervisor_link)
def correct(token: str) -> ResponseReturnValue:
    with transaction() as session:
        evaluation = operations.to_fill_in(session, g.placement, actor=g.actor)
        if evaluation.state != EvaluationState.SUBMITTED:
            return _back(token)
        form, targets = whole_form.build(session, evaluation, CorrectionForm)
        if _is_repeat(session, evaluation):
            return _back(token)
        if not whole_form.is_valid(form):
            return _page(session, token, evaluation, form, targets), 422
        given = whole_form.given(session, evaluation, form, targets)
        reason = form.reason.data or ""
        try:
            operations.correct(session, evaluation, given, actor=g.actor, reason=reason)
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(session, token, evaluation, form, targets), 422
        except NotPossible as refusal:
            form.form_errors += refusal.unmet or [refusal.message]
            return _page(session, token, evaluation, form, targets), 422
    return _back(token)


@bp.get("/receipt.pdf")
@access(supervisor_link)
def receipt_file(token: str) -> ResponseReturnValue:
    with transaction() as session:
        evaluation = _sent(session)
        if evaluation is None:
            return _back(token)
        sent = queries.readable(session, g.actor, g.placement)
        latest = next(one for one in sent if one.evaluation_id == evaluation.id)
        content = receipt_document.document(
            evaluation, g.placement, latest, first_name=addresses.first_name(g.placement)
        )
    name = f"evaluation-{evaluation.public_id}-{latest.number}.pdf"
    return download.attachment(rendering.pdf(content), name=name)


def page(session: Session, token: str, evaluation: Evaluation) -> str:
    """The receipt, with every version that was sent."""
    versions = [
        one
        for one in queries.all_versions(session, g.actor, g.placement)
        if one.evaluation_id == evaluation.id
    ]
    everything = queries.of_placement(session, g.placement)
    return render_template(
        "credit/evaluations/receipt.html",
        token=token,
        evaluation=evaluation,
        submitted=versions[-1],
        earlier=versions[:-1],
        correctable_until=_until(session, evaluation),
        is_read=release.is_read_by_student(everything, evaluation),
        is_settled=hours_asked.is_settled(session, g.placement),
        media_words=MEDIA,
        **names(),
    )


def names() -> dict[str, Any]:
    return {
        "placement": g.placement,
        "first_name": addresses.first_name(g.placement),
        "again_words": AGAIN,
        "level_words": levels.words,
    }


def _sent(session: Session) -> Evaluation | None:
    found = operations.now_of(session, g.placement, actor=g.actor)
    return found if found is not None and found.state == EvaluationState.SUBMITTED else None


def _until(session: Session, evaluation: Evaluation) -> Any:
    sent = queries.latest_submission(session, evaluation)
    if sent is None or g.placement.course.concluded_at is not None:
        return None
    everything = queries.of_placement(session, g.placement)
    return release.correctable_until(evaluation, sent, everything)


def _is_repeat(session: Session, evaluation: Evaluation) -> bool:
    """The page was opened before another version came: the button was pressed twice."""
    sent = queries.latest_submission(session, evaluation)
    return sent is not None and request.form.get("number", "") != str(sent.number)


def _page(session: Session, token: str, evaluation: Evaluation, form: Any, targets: Any) -> str:
    sent = queries.latest_submission(session, evaluation)
    if sent is None:
        raise NotFound
    return render_template(
        "credit/evaluations/correct.html",
        token=token,
        form=form,
        targets=targets,
        number=sent.number,
        reported=hours_asked.reported(session, evaluation),
        **names(),
    )


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for(".show", token=token), 303)
