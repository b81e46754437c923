"""Asking for a move, and the page on which the receiving instructor signs it."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course, CourseMember
from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.security import access, in_course, looks_after, sets_up
from careerlink.web import transaction
from credit.cases import bundle, life_page, move_queries, moving, queries
from credit.cases.life_forms import MoveForm, WhyForm
from credit.cases.models import CreditCase

bp = Blueprint("cases_moves", __name__)
MOVE = "/courses/<course_id>/moves/<move_id>"


@bp.route(
    "/courses/<course_id>/cases/<case_id>/projects/<placement_id>/move",
    methods=["GET", "POST"],
)
@access(sets_up)
def ask(course_id: str, case_id: str, placement_id: str) -> ResponseReturnValue:
    if not g.actor.is_staff:
        raise NotFound
    with transaction() as session:
        case = queries.get(session, case_id, actor=g.actor, course=g.course)
        link = bundle.current_link(session, case, placement_id)
        courses = _others(session, case)
        form = MoveForm()
        form.offer(courses)
        if form.validate_on_submit() and _asked(session, case, placement_id, form, courses):
            flash("Asked. Nothing changes until the other instructor signs.", "wait")
            target = url_for("cases_projects.show", course_id=course_id, case_id=case_id)
            return redirect(target, 303)
        page = render_template("credit/cases/move_ask.html", form=form, case=case, link=link)
        return page, 422 if form.is_submitted() else 200


@bp.get(MOVE)
@access(in_course)
def show(course_id: str, move_id: str) -> ResponseReturnValue:
    with transaction() as session:
        return _page(session, move_id, WhyForm(formdata=None))


@bp.post(f"{MOVE}/accept")
@access(looks_after)
def accept(course_id: str, move_id: str) -> ResponseReturnValue:
    with transaction() as session:
        move = move_queries.get(session, move_id, actor=g.actor, course=g.course)
        case = moving.accept(session, move, actor=g.actor)
        flash("Signed. The project counts in this case now.", "done")
        target = url_for("cases.show", course_id=course_id, case_id=case.public_id)
    return redirect(target, 303)


@bp.post(f"{MOVE}/decline")
@access(looks_after)
def decline(course_id: str, move_id: str) -> ResponseReturnValue:
    return _ended(move_id, "decline", "Declined. The project stays where it was.")


@bp.post(f"{MOVE}/withdraw")
@access(sets_up)
def withdraw(course_id: str, move_id: str) -> ResponseReturnValue:
    if not g.actor.is_staff:
        raise NotFound
    return _ended(move_id, "withdraw", "Withdrawn. The project stays where it was.")


def _ended(move_id: str, deed: str, words: str) -> ResponseReturnValue:
    form = WhyForm()
    with transaction() as session:
        if not form.validate():
            return _page(session, move_id, form, status=422)
        move = move_queries.get(session, move_id, actor=g.actor, course=g.course)
        act = moving.decline if deed == "decline" else moving.withdraw
        act(session, move, actor=g.actor, reason=form.reason.data or "")
        flash(words, "done")
    return redirect(url_for(".show", course_id=g.course.public_id, move_id=move_id), 303)


def _page(
    session: Session, move_id: str, form: WhyForm, *, status: int = 200
) -> ResponseReturnValue:
    move = move_queries.get(session, move_id, actor=g.actor, course=g.course)
    values = life_page.move(session, move, actor=g.actor)
    return render_template("credit/cases/move.html", form=form, **values), status


def _asked(
    session: Session,
    case: CreditCase,
    placement_id: str,
    form: MoveForm,
    courses: Sequence[Course],
) -> bool:
    to = next(one for one in courses if one.public_id == form.to.data)
    try:
        moving.ask(
            session, case, placement_id, to, actor=g.actor, reason=form.reason.data or ""
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    except NotPossible as refusal:
        form.refuse(InvalidInput(refusal.message, field="to"))
        return False
    return True


def _others(session: Session, case: CreditCase) -> Sequence[Course]:
    """The student's other courses; whether one of them may take it up is said when asked."""
    return session.scalars(
        select(Course)
        .join(CourseMember, CourseMember.course_id == Course.id)
        .where(
            Course.institution_id == case.institution_id,
            Course.id != case.course_id,
            Course.joined_id.is_(None),
            CourseMember.person_id == case.person_id,
        )
        .options(joinedload(Course.term))
        .order_by(Course.id.desc())
    ).all()
