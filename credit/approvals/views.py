"""The desk of chairs and registrars: what waits for them, and one case with its packet."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.security import access
from careerlink.web import request_session, transaction
from careerlink.web.query import asked
from credit.approvals import queries
from credit.approvals.access import approves_cases
from credit.approvals.forms import ASKED_BACK, DEEDS, ApprovalForm, WhyForm
from credit.cases import inputs, looking, page
from credit.cases.choice import Choice
from credit.cases.deciding import DecidedMeanwhile, EvidenceChanged
from credit.cases.history import outcome_words
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.returning import deciding, operations
from credit.returning.forms import comments

bp = Blueprint("approvals", __name__)
Refusal = InvalidInput | NotPossible | DecidedMeanwhile | EvidenceChanged


@bp.get("/home/approvals")
@access(approves_cases)
def listed() -> str:
    wanted = asked("show")
    with transaction() as session:
        is_known = wanted in set(queries.Filter)
        chosen = queries.Filter(wanted) if is_known else queries.opens_on(session, g.actor)
        return render_template(
            "credit/approvals/list.html",
            desk=queries.desk(session, g.actor, chosen=chosen, after=asked("after") or None),
            chosen=chosen,
            outcome_words=outcome_words,
            most=queries.MOST_COUNTED,
        )


@bp.get("/home/approvals/<case_id>")
@access(approves_cases)
def show(case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        case = queries.get(session, case_id, actor=g.actor)
        looking.note_reading(case, actor=g.actor, course=case.course)
        return packet(session, case, ApprovalForm(formdata=None))


@bp.post("/home/approvals/<case_id>")
@access(approves_cases)
def decide(case_id: str) -> ResponseReturnValue:
    deed = request.form.get("decision", "")
    if deed not in DEEDS:
        raise NotFound
    form = ApprovalForm()
    return _decided(case_id, form, lambda: form.as_choice(deed))


@bp.route("/home/approvals/<case_id>/<any(deny, void):deed>", methods=["GET", "POST"])
@access(approves_cases)
def ask_back(case_id: str, deed: str) -> ResponseReturnValue:
    """Deny and void say first what will happen; the packet's comment comes along."""
    form = WhyForm()
    try:
        operations.check(ASKED_BACK[deed], comments(request.form))
    except InvalidInput as refusal:
        with transaction() as session:
            return _refused(session, case_id, ApprovalForm(), refusal, deed)
    is_confirmed = request.form.get("confirmed") == deed
    if is_confirmed and form.validate():
        return _decided(
            case_id,
            form,
            lambda: Choice(
                ASKED_BACK[deed], comment=form.comment.data or "", seen=form.seen.data or None
            ),
            deed=deed,
        )
    with transaction() as session:
        case = queries.get(session, case_id, actor=g.actor)
        return _asking(session, case, form, deed, status=422 if is_confirmed else 200)


def _decided(
    case_id: str,
    form: ApprovalForm | WhyForm,
    choose: Callable[[], Choice],
    deed: str = "",
) -> ResponseReturnValue:
    session = request_session()
    try:
        with transaction():
            case = queries.get(session, case_id, actor=g.actor)
            if isinstance(form, ApprovalForm):
                looking.offer_confirmations(session, case, form)
            if not form.validate():
                raise InvalidInput("")
            decision = deciding.decide(
                session, case, choose(), written=comments(request.form), actor=g.actor
            )
            words = said(decision, case, was_final=deed == "void")
            following = queries.next_after(session, g.actor, case)
        flash(words, "done")
        address = url_for(".show", case_id=following) if following else url_for(".listed")
        return redirect(address, 303)
    except (InvalidInput, NotPossible, DecidedMeanwhile, EvidenceChanged) as refusal:
        session.rollback()
        with transaction():
            return _refused(session, case_id, form, refusal, deed)


def said(decision: Decision, case: CreditCase, *, was_final: bool) -> str:
    """Who hears of it: the student of what is final, the next step of the rest."""
    name, words = case.person.label, outcome_words(decision)
    if case.state == CaseState.IN_APPROVAL:
        return f"{name}: {words.lower()}. It goes on to the next step."
    if decision.outcome == DecisionOutcome.VOIDED and not was_final:
        return f"{name}: sent back to the instructor, who gets a mail."
    return f"{name}: {words.lower()}. {name} gets a mail."


def _refused(
    session: Session, case_id: str, form: ApprovalForm | WhyForm, refusal: Refusal, deed: str
) -> ResponseReturnValue:
    """The page as it is now, with what was typed."""
    case = queries.get(session, case_id, actor=g.actor)
    if isinstance(refusal, InvalidInput):
        refusal = looking.too_late(session, case, form) or refusal
    if isinstance(refusal, InvalidInput):
        if refusal.message:
            form.refuse(refusal)
        if isinstance(form, WhyForm):
            return _asking(session, case, form, deed, status=422)
        return packet(session, case, form, status=422)
    kept = form.comment.data or ""
    typed = {name: value for name, value in form.data.items() if name != "seen"}
    fresh = ApprovalForm(formdata=None, data=typed)
    return packet(session, case, fresh, status=409, refusal=refusal, kept=kept)


def packet(
    session: Session, case: CreditCase, form: ApprovalForm, *, status: int = 200, **more: object
) -> ResponseReturnValue:
    facts = inputs.load_one(session, case)
    values: dict[str, Any] = {
        **page.values(session, facts, case.course, actor=g.actor, form=form),
        "typed_pins": comments(request.form),
        "course": case.course,
        "next_one": queries.next_after(session, g.actor, case),
        **more,
    }
    return render_template("credit/approvals/packet.html", **values), status


def _asking(
    session: Session, case: CreditCase, form: WhyForm, deed: str, *, status: int = 200
) -> ResponseReturnValue:
    facts, blank = inputs.load_one(session, case), ApprovalForm(formdata=None)
    values = page.values(session, facts, case.course, actor=g.actor, form=blank)
    if not form.seen.data:
        form.seen.data = blank.seen.data
    values |= {"form": form, "deed": deed, "course": case.course}
    return render_template("credit/approvals/ask_back.html", **values), status
