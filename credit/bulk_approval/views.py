"""Awarding several cases from one list, each by a decision and a transaction of its own."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerlink.errors import NotPermitted, NotPossible, Refusal
from careerlink.placements.forms import EmptyForm
from careerlink.security import access, teaches
from careerlink.web import request_session, transaction
from credit.bulk_approval import page
from credit.cases import answers, deciding
from credit.cases.choice import Choice
from credit.cases.models import CaseState, DecisionOutcome

bp = Blueprint("bulk_approval", __name__)
AT = "/courses/<course_id>/queue/approve"


@bp.get(AT)
@access(teaches)
def show(course_id: str) -> str:
    _only_deciders()
    return _list(EmptyForm(formdata=None))


def _list(form: EmptyForm) -> str:
    with transaction() as session:
        rows = page.waiting(session, g.actor, g.course)
        done = page.named(session, g.actor, g.course, request.args.getlist("done"))
        left = page.named(session, g.actor, g.course, request.args.getlist("left"))
        return render_template(
            "credit/bulk_approval/show.html",
            form=form,
            groups=page.groups(session, rows, g.course),
            others=[row for row in rows if row.why_not],
            done=[row for row in done if row.outcome],
            left=left,
            most=page.MOST,
        )


@bp.post(AT)
@access(teaches)
def approve(course_id: str) -> ResponseReturnValue:
    """What could be decided and what not stands in the address: a reload decides nothing."""
    _only_deciders()
    form, ticked = EmptyForm(), request.form.getlist("case")[: page.MOST]
    if not form.validate():
        raise NotPossible("Open the list again, then approve.")
    if not ticked:
        form.form_errors.append("Tick the cases to approve.")
        return _list(form), 422
    done: list[str] = []
    left: list[str] = []
    for case_id in dict.fromkeys(ticked):
        (done if _approve(case_id) else left).append(case_id)
    address = url_for(".show", course_id=g.course.public_id, done=done, left=left)
    return redirect(address, 303)


def _only_deciders() -> None:
    if not g.actor.may_decide(g.course.id):
        raise NotPermitted(g.actor.why_not_decide(g.course.id))


def _approve(case_id: str) -> bool:
    session = request_session()
    try:
        with transaction():
            case = answers.get_case(session, case_id)
            # Ready cases that are not exactly as the rule asks are for the packet.
            if case.state == CaseState.READY:
                (row,) = page.rows_of(session, g.actor, [case])
                if row.why_not:
                    raise NotPossible(row.why_not)
            seen = request.form.get(f"seen-{case_id}", "") or "0.none"
            choice = Choice(DecisionOutcome.APPROVED, seen=seen)
            deciding.decide(session, case, choice, actor=g.actor)
    except Refusal:
        session.rollback()
        return False
    return True
