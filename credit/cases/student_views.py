"""My credit: the student's own case. Whoever teaches is sent to the queue."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound
from careerlink.security import access, in_course, studies
from careerlink.web import request_session, transaction
from credit.cases import (
    award,
    history,
    inputs,
    keeping,
    looking,
    queries,
    readiness,
    recording,
    sum_lines,
)
from credit.cases.forms import ResubmitForm
from credit.cases.models import CaseState, CreditCase
from credit.cases.workflow import is_own
from credit.policy import queries as policy
from credit.returning import answering, limits
from lti import grades

bp = Blueprint("credit", __name__)


@bp.get("/courses/<course_id>/credit")
@access(in_course)
def show(course_id: str) -> ResponseReturnValue:
    if g.actor.may_look(g.course.id):
        return redirect(url_for("cases.show_queue", course_id=course_id), 303)
    if not g.actor.is_student(g.course.id):
        target = "cases.show_queue" if g.actor.reads_office else "policy.show"
        return redirect(url_for(target, course_id=course_id), 303)
    looking.settle(
        keeping.candidates().where(
            CreditCase.course_id == g.course.id, CreditCase.person_id == g.actor.person_id
        )
    )
    with transaction() as session:
        return _page(session, ResubmitForm(formdata=None))


@bp.post("/courses/<course_id>/credit")
@access(studies)
def resubmit(course_id: str) -> ResponseReturnValue:
    form, session = ResubmitForm(), request_session()
    try:
        with transaction():
            case = queries.own(session, g.actor, g.course)
            if case is None:
                raise NotFound
            if not form.validate():
                raise InvalidInput("")
            answering.save(session, case, request.form, actor=g.actor)
            if request.form.get("action") == "save":
                flash(
                    "Your answers are kept. Your instructor reads them once you send it.",
                    "saved",
                )
            else:
                answering.require_all(session, case)
                recording.resubmit(session, case, actor=g.actor, note=form.note.data or "")
                flash("Your case is back with the instructor.", "done")
    except (InvalidInput, answering.Unanswered) as refusal:
        session.rollback()
        if refusal.message:
            form.refuse(InvalidInput(refusal.message))
        with transaction():
            return _page(session, form, status=422)
    return redirect(url_for(".show", course_id=course_id), 303)


def so_far(session: Session, case: CreditCase) -> dict[str, Any]:
    """What a student's home says of their case, in three lines."""
    facts = inputs.load_one(session, case)
    likely = award.most_likely(facts)
    decided = queries.latest_decision(session, case)
    return {
        "case": case,
        "latest": decided,
        "result": sum_lines.result(likely),
        "note": sum_lines.note(likely),
        "lacks": readiness.lacks(facts),
        "mover": readiness.mover(facts),
        "outcome_words": history.outcome_words,
    }


def _page(session: Session, form: ResubmitForm, *, status: int = 200) -> ResponseReturnValue:
    case = queries.own(session, g.actor, g.course)
    if case is None:
        version = policy.policy_for(session, g.course)
        return render_template("credit/cases/no_credit.html", version=version), status
    facts = inputs.load_one(session, case)
    decisions = queries.decisions(session, case)
    found, likely = facts.sum_with(), award.most_likely(facts)
    values = {
        "case": case,
        "facts": facts,
        "form": form,
        "sum": found,
        "sum_lines": sum_lines.lines(facts.policy, found),
        "sum_result": sum_lines.result(likely),
        "sum_note": sum_lines.note(likely),
        "has_to_confirm": likely.credits_thousandths != found.credits_thousandths,
        "lacks": readiness.lacks(facts),
        "mover": readiness.mover(facts),
        "latest": decisions[-1] if decisions else None,
        "outcome_words": history.outcome_words,
        "events": history.events(session, case, decisions),
        "grade": grades.states_for(session, g.course.id, [case.person_id]).get(case.person_id),
        **answering.values(session, case, facts, decisions, request.form),
        "may_resubmit": case.state == CaseState.RETURNED
        and is_own(g.actor, case)
        and not limits.is_over(case),
    }
    return render_template("credit/cases/credit.html", **values), status
