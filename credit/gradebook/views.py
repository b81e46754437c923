"""The gradebook page: what was decided, what was sent, what the LMS shows."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.courses import set_up
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotFound
from careerlink.placements.forms import EmptyForm
from careerlink.security import access, in_course
from careerlink.web import request_session, transaction
from careerlink.web.query import asked
from credit import delivery
from credit.cases import queries as cases
from credit.cases.models import CreditCase
from credit.gradebook import operations, queries
from credit.gradebook.forms import GradebookForm, ReplaceForm
from lti.columns import Deed

bp = Blueprint("gradebook", __name__)
AT = "/courses/<course_id>/gradebook"


def only_those_who_see_it() -> None:
    if not (g.actor.may_look(g.course.id) or g.actor.reads_office):
        raise NotFound


@bp.get(AT)
@access(in_course)
def show(course_id: str) -> ResponseReturnValue:
    only_those_who_see_it()
    wanted = asked("show")
    chosen = queries.Filter(wanted) if wanted in set(queries.Filter) else queries.Filter.ALL
    with transaction() as session:
        found = queries.read(
            session, g.actor, g.course, chosen=chosen, after=asked("after") or None
        )
        return render_template(
            "credit/gradebook/show.html",
            gradebook=found,
            chosen=chosen,
            may_act=operations.may_act(g.actor, g.course),
            may_choose=set_up.may_set_up(g.actor, g.course),
        )


@bp.post(f"{AT}/read")
@access(in_course)
def read_now(course_id: str) -> ResponseReturnValue:
    only_those_who_see_it()
    form = GradebookForm()
    with transaction() as session:
        _complete(form)
        operations.ask(
            session, g.course, context_id=int(form.context.data), deed=Deed.READ, actor=g.actor
        )
        flash("The gradebook is being read. Open this page again in a minute.", "wait")
    return _back()


@bp.post(f"{AT}/<case_id>/send-again")
@access(in_course)
def send_again(course_id: str, case_id: str) -> ResponseReturnValue:
    only_those_who_see_it()
    with transaction() as session:
        _complete(EmptyForm())
        delivery.send_again(session, _case(session, case_id), actor=g.actor)
        flash("The grade is on its way again.", "wait")
    return _back()


@bp.post(f"{AT}/<case_id>/keep")
@access(in_course)
def keep(course_id: str, case_id: str) -> ResponseReturnValue:
    only_those_who_see_it()
    with transaction() as session:
        _complete(EmptyForm())
        case = _case(session, case_id)
        operations.keep(session, case, actor=g.actor)
        flash(f"The grade that stands there is kept for {case.person.label}.", "done")
    return _back()


@bp.route(f"{AT}/<case_id>/replace", methods=["GET", "POST"])
@access(in_course)
def replace(course_id: str, case_id: str) -> ResponseReturnValue:
    """Both figures side by side; what is replaced is the grade that was on this page."""
    only_those_who_see_it()
    form = ReplaceForm()
    with transaction() as session:
        case = _case(session, case_id)
        if form.validate_on_submit():
            try:
                operations.replace(
                    session, case, seen_thousandths=int(form.seen.data), actor=g.actor
                )
            except ChangedMeanwhile as changed:
                session.rollback()
                return _both(session, _case(session, case_id), str(changed), status=409)
            flash("Ours is on its way. What the gradebook then shows stands here.", "wait")
            return _back()
        return _both(session, case, status=422 if form.is_submitted() else 200)


def _both(
    session: Session, case: CreditCase, changed: str = "", *, status: int = 200
) -> ResponseReturnValue:
    grade = operations.grade_of(session, case)
    form = ReplaceForm(formdata=None, data={"seen": grade.seen_thousandths if grade else None})
    html = render_template(
        "credit/gradebook/replace.html",
        case=case,
        grade=grade,
        form=form,
        changed=changed,
        platform=delivery.platform_name(session, g.course),
        may_act=operations.may_act(g.actor, g.course),
    )
    return html, status


def _case(session: Session, case_id: str) -> CreditCase:
    return cases.get(session, case_id, actor=g.actor, course=g.course)


def _complete(form: GradebookForm | EmptyForm) -> None:
    if not form.validate_on_submit():
        request_session().rollback()
        raise InvalidInput("Press the button on the gradebook page.")


def _back() -> ResponseReturnValue:
    return redirect(url_for("gradebook.show", course_id=g.course.public_id), 303)
