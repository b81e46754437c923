"""My credit: the student's own case. Whoever teaches is sent to the queue."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound
from careerlink.security import access, in_course, studies
from careerlink.web import request_session, transaction
from careerlink.web.forms import as_number
from credit.cases import acceptance, inputs, looking, queries, recording, student_page
from credit.cases.forms import ResubmitForm
from credit.policy import queries as policy
from credit.returning import answering, kept_note

bp = Blueprint("credit", __name__)


@bp.get("/courses/<course_id>/credit")
@access(in_course)
def show(course_id: str) -> ResponseReturnValue:
    if g.actor.may_look(g.course.id):
        return redirect(url_for("cases.show_queue", course_id=course_id), 303)
    if not g.actor.is_student(g.course.id):
        target = "cases.show_queue" if g.actor.reads_office else "policy.show"
        return redirect(url_for(target, course_id=course_id), 303)
    with transaction() as session:
        case = queries.own(session, g.actor, g.course)
        if case is not None:
            looking.settle([inputs.load_one(session, case)])
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
                kept_note.keep(case, form.note.data or "")
                flash(
                    "Your answers are kept. Your instructor reads them once you send it.",
                    "saved",
                )
            else:
                answering.require_all(session, case)
                recording.resubmit(session, case, actor=g.actor, note=form.note.data or "")
                kept_note.keep(case, "")
                flash("Your case is back with the instructor.", "done")
    except answering.Unanswered as refusal:
        session.rollback()
        with transaction():
            return _page(session, form, status=422, unanswered=refusal.pins)
    except InvalidInput as refusal:
        session.rollback()
        if refusal.message:
            form.refuse(refusal)
        with transaction():
            return _page(session, form, status=422)
    return redirect(url_for(".show", course_id=course_id), 303)


@bp.post("/courses/<course_id>/credit/accept")
@access(studies)
def accept(course_id: str) -> ResponseReturnValue:
    """Of the decision that was on screen; one that no longer stands is not accepted."""
    with transaction() as session:
        case = queries.own(session, g.actor, g.course)
        number = as_number(request.form.get("number"), None)
        if case is None or number is None:
            raise NotFound
        acceptance.accept(session, case, number, actor=g.actor)
    flash("Accepted. The award goes to the registrar.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)


def _page(
    session: Session,
    form: ResubmitForm,
    *,
    status: int = 200,
    unanswered: Sequence[str] = (),
) -> ResponseReturnValue:
    case = queries.own(session, g.actor, g.course)
    if case is None:
        version = policy.policy_for(session, g.course)
        return render_template("credit/cases/no_credit.html", version=version), status
    if not form.is_submitted():
        form.note.data = kept_note.of(case)
    values = student_page.values(session, case, actor=g.actor, typed=request.form)
    form.linked_errors = answering.errors(values["pinned"], unanswered)
    return render_template(
        "credit/cases/credit.html", form=form, unanswered=unanswered, **values
    ), status
