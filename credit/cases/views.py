"""Pages on which cases are read and decided. The rules are in the operations."""

from collections.abc import Callable

from flask import Blueprint, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound
from careerlink.security import access, in_course, looks_after, teaches
from careerlink.web import request_session, transaction
from careerlink.web.query import asked
from credit import delivery
from credit.cases import answers, deciding, keeping, looking, page, queue
from credit.cases.choice import Choice
from credit.cases.deciding import DecidedMeanwhile, EvidenceChanged
from credit.cases.forms import (
    OUTCOMES,
    DecisionForm,
    ReasonForm,
)
from credit.cases.history import outcome_words
from credit.cases.models import CreditCase, DecisionOutcome
from credit.routing import seen

bp = Blueprint("cases", __name__)
AT = "/courses/<course_id>/cases/<case_id>"


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
            session,
            g.actor,
            g.course,
            chosen=chosen,
            after=asked("after") or None,
            whose=queue.Whose(asked("for") if asked("for") in set(queue.Whose) else "mine"),
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
        case = answers.get_case(session, case_id)
        if looking.settle(keeping.candidates().where(CreditCase.id == case.id)):
            case = answers.get_case(session, case_id)
        looking.note_reading(case, actor=g.actor, course=g.course)
        shown = answers.packet(session, case, DecisionForm(formdata=None))
    seen.note(case, actor=g.actor)
    return shown


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
@access(teaches)
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
        return _asking(session, answers.get_case(session, case_id), form, deed)


@bp.post(f"{AT}/send-again")
@access(in_course)
def send_again(course_id: str, case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        case = answers.get_case(session, case_id)
        delivery.send_again(session, case, actor=g.actor)
        flash("The grade is on its way again.", "wait")
    return answers.to_packet(case_id)


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
            case = answers.get_case(session, case_id)
            if isinstance(form, DecisionForm):
                looking.offer_confirmations(session, case, form)
            if not form.validate():
                raise InvalidInput("")
            decision = deciding.decide(session, case, choose(), actor=g.actor)
            words = f"{outcome_words(decision)}. {case.person.label} gets a mail."
        flash(words, "done")
        return answers.to_packet(case_id)
    except (InvalidInput, DecidedMeanwhile, EvidenceChanged) as refusal:
        session.rollback()
        # The page is read in a unit that ends before the answer goes out: on SQLite it would
        # keep everybody else from writing, the session's own row included.
        with transaction():
            return _refused(session, case_id, form, refusal, deed)


def _refused(
    session: Session,
    case_id: str,
    form: DecisionForm | ReasonForm,
    refusal: InvalidInput | DecidedMeanwhile | EvidenceChanged,
    deed: str,
) -> ResponseReturnValue:
    """The page as it is now, with what was typed."""
    case = answers.get_case(session, case_id)
    if isinstance(refusal, InvalidInput):
        if refusal.message:
            form.refuse(refusal)
        if isinstance(form, ReasonForm):
            return _asking(session, case, form, deed, status=422)
        return answers.packet(session, case, form, status=422)
    kept = form.comment.data or ""
    fresh = DecisionForm(formdata=None, data={"comment": kept})
    return answers.packet(session, case, fresh, status=409, refusal=refusal, kept=kept)


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
