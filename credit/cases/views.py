"""Pages on which cases are read and decided. The rules are in the operations."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound
from careerlink.security import access, in_course, looks_after
from careerlink.web import request_session, transaction
from careerlink.web.query import asked
from credit import delivery
from credit.cases import deciding, keeping, looking, page, queries, queue, recording
from credit.cases.choice import Choice
from credit.cases.deciding import DecidedMeanwhile, EvidenceChanged
from credit.cases.forms import (
    OUTCOMES,
    AcademicForm,
    DecisionForm,
    OtherEvidenceForm,
    ReasonForm,
    WaitForm,
)
from credit.cases.history import outcome_words
from credit.cases.models import CreditCase, DecisionOutcome
from credit.hours.amounts import parse_minutes

bp = Blueprint("cases", __name__)
AT = "/courses/<course_id>/cases/<case_id>"
PACKET = "credit/cases/packet.html"


@bp.get("/courses/<course_id>/queue")
@access(in_course)
def show_queue(course_id: str) -> ResponseReturnValue:
    if not (g.actor.may_look(g.course.id) or g.actor.reads_office):
        raise NotFound
    looking.settle(keeping.candidates().where(CreditCase.course_id == g.course.id))
    chosen = queue.Filter(
        asked("show") if asked("show") in set(queue.Filter) else queue.Filter.MINE
    )
    with transaction() as session:
        found = queue.read(
            session, g.actor, g.course, chosen=chosen, after=asked("after") or None
        )
        return render_template(
            "credit/cases/queue.html",
            queue=found,
            chosen=chosen,
            standing=g.actor.standing(g.course.id),
            has_policy=looking.has_policy(session, g.course),
        )


@bp.get(AT)
@access(in_course)
def show(course_id: str, case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        case = _get(session, case_id)
        if looking.settle(keeping.candidates().where(CreditCase.id == case.id)):
            case = _get(session, case_id)
        looking.note_reading(case, actor=g.actor, course=g.course)
        return _packet(session, case, DecisionForm(formdata=None))


@bp.post(AT)
@access(looks_after)
def decide(course_id: str, case_id: str) -> ResponseReturnValue:
    outcome = OUTCOMES.get(request.form.get("decision", ""))
    if outcome not in (
        DecisionOutcome.APPROVED,
        DecisionOutcome.RETURNED,
        DecisionOutcome.INCOMPLETE,
    ):
        raise NotFound
    form = DecisionForm()
    return _decided(case_id, form, outcome, lambda: form.choice(outcome))


@bp.route(f"{AT}/<any(deny, void):deed>", methods=["GET", "POST"])
@access(looks_after)
def ask_back(course_id: str, case_id: str, deed: str) -> ResponseReturnValue:
    """Deny and void say first what will happen; the packet's comment comes along."""
    form = ReasonForm()
    if request.form.get("confirmed") == deed and form.validate():
        outcome = OUTCOMES[deed]
        return _decided(
            case_id,
            form,
            outcome,
            lambda: Choice(
                outcome, comment=form.comment.data or "", seen=form.seen.data or None
            ),
            deed=deed,
        )
    with transaction() as session:
        return _asking(session, _get(session, case_id), form, deed)


@bp.post(f"{AT}/academic")
@access(looks_after)
def record_academic(course_id: str, case_id: str) -> ResponseReturnValue:
    form = AcademicForm(prefix="academic-")

    def deed(session: Session, case: CreditCase) -> None:
        typed = (form.hours.data or "").strip()
        minutes = (
            0 if typed in ("0", "0.0") else parse_minutes(typed, most=recording.MOST_ACADEMIC)
        )
        recording.record_academic_work(session, case, actor=g.actor, minutes=minutes)
        flash("Academic work is recorded.", "saved")

    return _recorded(case_id, form, deed, "academic_form")


@bp.post(f"{AT}/wait")
@access(looks_after)
def wait(course_id: str, case_id: str) -> ResponseReturnValue:
    form = WaitForm()

    def deed(session: Session, case: CreditCase) -> None:
        recording.wait_for_evaluation(session, case, actor=g.actor, until=form.until.data)
        flash("The case waits for the supervisor; it comes back to you on that day.", "wait")

    return _recorded(case_id, form, deed, "wait_form")


@bp.post(f"{AT}/other-evidence")
@access(looks_after)
def go_without(course_id: str, case_id: str) -> ResponseReturnValue:
    form = OtherEvidenceForm(prefix="other-")

    def deed(session: Session, case: CreditCase) -> None:
        typed = (form.hours.data or "").strip()
        recording.decide_on_other_evidence(
            session,
            case,
            actor=g.actor,
            reason=form.reason.data or "",
            minutes=_minutes(typed) if typed else None,
        )
        flash("No evaluation is waited for any more. You can decide now.", "done")

    return _recorded(case_id, form, deed, "other_form")


@bp.post(f"{AT}/send-again")
@access(in_course)
def send_again(course_id: str, case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        case = _get(session, case_id)
        delivery.send_again(session, case, actor=g.actor)
        flash("The grade is on its way again.", "wait")
    return _to(case_id)


def _decided(
    case_id: str,
    form: DecisionForm | ReasonForm,
    outcome: DecisionOutcome,
    choose: Callable[[], Choice],
    deed: str = "",
) -> ResponseReturnValue:
    session = request_session()
    try:
        with transaction():
            case = _get(session, case_id)
            if isinstance(form, DecisionForm):
                looking.offer_confirmations(session, case, form)
            if not form.validate():
                raise InvalidInput("")
            decision = deciding.decide(session, case, choose(), actor=g.actor)
            words = outcome_words(decision)
        flash(f"{words}. {case.person.label} gets a mail.", "done")
        return _to(case_id)
    except (InvalidInput, DecidedMeanwhile, EvidenceChanged) as refusal:
        session.rollback()
        return _refused(session, case_id, form, refusal, deed)


def _refused(
    session: Session,
    case_id: str,
    form: DecisionForm | ReasonForm,
    refusal: InvalidInput | DecidedMeanwhile | EvidenceChanged,
    deed: str,
) -> ResponseReturnValue:
    """The page as it is now, with what was typed."""
    case = _get(session, case_id)
    if isinstance(refusal, InvalidInput):
        if refusal.message:
            form.refuse(refusal)
        if isinstance(form, ReasonForm):
            return _asking(session, case, form, deed, status=422)
        return _packet(session, case, form, status=422)
    kept = form.comment.data or ""
    fresh = DecisionForm(formdata=None, data={"comment": kept})
    return _packet(session, case, fresh, status=409, refusal=refusal, kept=kept)


def _recorded(
    case_id: str,
    form: AcademicForm | WaitForm | OtherEvidenceForm,
    deed: Callable[[Session, CreditCase], None],
    name: str,
) -> ResponseReturnValue:
    session = request_session()
    try:
        with transaction():
            if not form.validate():
                raise InvalidInput("")
            deed(session, _get(session, case_id))
        return _to(case_id)
    except InvalidInput as refusal:
        session.rollback()
        if refusal.message:
            form.refuse(refusal)
        case = _get(session, case_id)
        blank = DecisionForm(formdata=None)
        return _packet(session, case, blank, status=422, wrong=form, **{name: form})


def _packet(
    session: Session, case: CreditCase, form: DecisionForm, *, status: int = 200, **more: object
) -> ResponseReturnValue:
    values = {
        "academic_form": AcademicForm(
            formdata=None, prefix="academic-", data={"hours": f"{case.academic_minutes / 60:g}"}
        ),
        "wait_form": WaitForm(formdata=None),
        "other_form": OtherEvidenceForm(formdata=None, prefix="other-"),
        **page.values(session, case, g.course, actor=g.actor, form=form),
        **more,
    }
    return render_template(PACKET, **values), status


def _asking(
    session: Session, case: CreditCase, form: ReasonForm, deed: str, *, status: int = 200
) -> ResponseReturnValue:
    values = page.values(
        session, case, g.course, actor=g.actor, form=DecisionForm(formdata=None)
    )
    if not form.seen.data:
        form.seen.data = values["form"].seen.data
    values["form"] = form
    return render_template("credit/cases/ask_back.html", deed=deed, **values), status


def _get(session: Session, case_id: str) -> CreditCase:
    return queries.get(session, case_id, actor=g.actor, course=g.course)


def _minutes(typed: str) -> int:
    """None at all may be the figure, too."""
    if typed.rstrip("h ") in ("0", "0.0", "0,0", "0:00"):
        return 0
    return parse_minutes(typed, most=recording.MOST_ACADEMIC)


def _to(case_id: str) -> ResponseReturnValue:
    return redirect(url_for(".show", course_id=g.course.public_id, case_id=case_id), 303)
