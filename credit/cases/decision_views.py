"""Deciding a case from its packet. The rules are in the operations."""

from collections.abc import Callable

from flask import Blueprint, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.security import access, looks_after, teaches
from careerlink.web import request_session, transaction
from credit.cases import answers, going_on, inputs, looking, page
from credit.cases.choice import Choice
from credit.cases.deciding import DecidedMeanwhile, EvidenceChanged
from credit.cases.forms import OUTCOMES, DecisionForm, ReasonForm
from credit.cases.history import outcome_words
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from credit.returning import deciding, operations
from credit.returning.forms import comments

bp = Blueprint("cases_deciding", __name__)
AT = "/courses/<course_id>/cases/<case_id>"
Refusal = InvalidInput | NotPossible | DecidedMeanwhile | EvidenceChanged
FROM_THE_PACKET = (
    DecisionOutcome.APPROVED,
    DecisionOutcome.RETURNED,
    DecisionOutcome.INCOMPLETE,
)


@bp.post(AT)
@access(looks_after)
def decide(course_id: str, case_id: str) -> ResponseReturnValue:
    outcome = OUTCOMES.get(request.form.get("decision", ""))
    if outcome not in FROM_THE_PACKET:
        raise NotFound
    form = DecisionForm()
    return _decided(case_id, form, outcome, lambda: form.choice(outcome))


@bp.route(f"{AT}/<any(deny, void):deed>", methods=["GET", "POST"])
@access(teaches)
def ask_back(course_id: str, case_id: str, deed: str) -> ResponseReturnValue:
    """Deny and void say first what will happen; the packet's comment comes along."""
    form = ReasonForm()
    try:
        operations.check(OUTCOMES[deed], comments(request.form))
    except InvalidInput as refusal:
        with transaction() as session:
            return _refused(session, case_id, DecisionForm(), refusal, deed)
    is_confirmed = request.form.get("confirmed") == deed
    if is_confirmed and form.validate():
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
        case = answers.get_case(session, case_id)
        return _asking(session, case, form, deed, status=422 if is_confirmed else 200)


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
            following = going_on.following(session, g.actor, g.course, case)
            decision = deciding.decide(
                session, case, choose(), written=comments(request.form), actor=g.actor
            )
            if following is not None and decision.outcome != DecisionOutcome.VOIDED:
                return answers.to_packet(following, decided=case_id)
            told = "It goes on to the next step."
            if case.state != CaseState.IN_APPROVAL:
                told = f"{case.person.label} gets a mail."
            words = f"{outcome_words(decision)}. {told}"
        flash(words, "done")
        return answers.to_packet(case_id)
    except (InvalidInput, NotPossible, DecidedMeanwhile, EvidenceChanged) as refusal:
        session.rollback()
        # The page is read in a unit that ends before the answer goes out: on SQLite it would
        # keep everybody else from writing, the session's own row included.
        with transaction():
            return _refused(session, case_id, form, refusal, deed)


def _refused(
    session: Session,
    case_id: str,
    form: DecisionForm | ReasonForm,
    refusal: Refusal,
    deed: str,
) -> ResponseReturnValue:
    """The page as it is now, with what was typed."""
    case = answers.get_case(session, case_id)
    if isinstance(refusal, InvalidInput):
        refusal = looking.too_late(session, case, form) or refusal
    if isinstance(refusal, InvalidInput):
        if refusal.message:
            form.refuse(refusal)
        if isinstance(form, ReasonForm):
            return _asking(session, case, form, deed, status=422)
        return answers.packet(session, case, form, status=422)
    kept = form.comment.data or ""
    # Everything typed stays, but what it was based on is read anew.
    typed = {name: value for name, value in form.data.items() if name != "seen"}
    fresh = DecisionForm(formdata=None, data=typed)
    return answers.packet(session, case, fresh, status=409, refusal=refusal, kept=kept)


def _asking(
    session: Session, case: CreditCase, form: ReasonForm, deed: str, *, status: int = 200
) -> ResponseReturnValue:
    facts, blank = inputs.load_one(session, case), DecisionForm(formdata=None)
    values = page.values(session, facts, g.course, actor=g.actor, form=blank)
    if not form.seen.data:
        form.seen.data = values["form"].seen.data
    values["form"] = form
    return render_template("credit/cases/ask_back.html", deed=deed, **values), status
