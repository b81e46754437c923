"""Where cases go: the rules of a course and of the institution, and handing a case over."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.errors import InvalidInput, NotFound
from careerlink.security import access, in_course, office, office_staff, sets_up
from careerlink.web import transaction
from careerlink.web.forms import as_number
from credit.cases import queries as cases
from credit.cases.models import CreditCase
from credit.routing import assigning, operations, page, queries
from credit.routing.forms import HandOverForm, RuleForm, chosen
from credit.routing.models import Criterion

bp = Blueprint("routing", __name__)
HERE = "/courses/<course_id>/routing"
EVERYWHERE = "/office/routing"


@bp.get(HERE)
@access(sets_up)
def show(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        return _course_page(session, RuleForm(formdata=None))


@bp.post(HERE)
@access(sets_up)
def add(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        form = RuleForm()
        if not _added(session, g.course, form):
            return _course_page(session, form), 422
        flash("The rule holds for cases that are nobody’s yet.", "saved")
    return redirect(url_for(".show", course_id=course_id), 303)


@bp.post(f"{HERE}/<rule_id>/end")
@access(sets_up)
def end(course_id: str, rule_id: str) -> ResponseReturnValue:
    with transaction() as session:
        rule = queries.get_rule(session, rule_id, actor=g.actor, course=g.course)
        operations.end_rule(session, rule, actor=g.actor)
        flash("The rule is ended. Cases stay with whom they went to.", "saved")
    return redirect(url_for(".show", course_id=course_id), 303)


@bp.post(f"{HERE}/route")
@access(sets_up)
def route(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        count = assigning.route_all(session, g.course, actor=g.actor)
        flash(f"{count} {'case' if count == 1 else 'cases'} went to an instructor.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)


@bp.get(EVERYWHERE)
@access(office)
def everywhere() -> ResponseReturnValue:
    with transaction() as session:
        return _office_page(session, RuleForm(formdata=None))


@bp.post(EVERYWHERE)
@access(office_staff)
def add_everywhere() -> ResponseReturnValue:
    with transaction() as session:
        form = RuleForm()
        if not _added(session, None, form):
            return _office_page(session, form), 422
        flash("The rule holds in every course whose own rules say nothing.", "saved")
    return redirect(url_for(".everywhere"), 303)


@bp.post(f"{EVERYWHERE}/<rule_id>/end")
@access(office_staff)
def end_everywhere(rule_id: str) -> ResponseReturnValue:
    with transaction() as session:
        rule = queries.get_rule(session, rule_id, actor=g.actor, course=None)
        operations.end_rule(session, rule, actor=g.actor)
        flash("The rule is ended. Cases stay with whom they went to.", "saved")
    return redirect(url_for(".everywhere"), 303)


@bp.route("/courses/<course_id>/cases/<case_id>/hand-over", methods=["GET", "POST"])
@access(in_course)
def hand_over(course_id: str, case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        case = cases.get(session, case_id, actor=g.actor, course=g.course)
        if not assigning.may_hand_over(g.actor, case):
            raise NotFound
        teaching = queries.instructors(session, case.course_id)
        form = HandOverForm(data={"seen": str(case.assigned_to_id or "")})
        # A form that was sent twice names somebody who has the case by now.
        is_sent = form.is_submitted()
        form.offer(
            [one for one in teaching if is_sent or one.id != case.assigned_to_id],
            is_assigned=is_sent or case.assigned_to_id is not None,
        )
        if form.validate_on_submit() and _handed_over(session, case, form):
            to = case.assigned_to.label if case.assigned_to else "all instructors"
            flash(f"Handed over to {to}. It stands in their queue now.", "done")
            return redirect(url_for("cases.show", course_id=course_id, case_id=case_id), 303)
        status = 422 if is_sent else 200
        return render_template(
            "credit/routing/hand_over.html",
            form=form,
            case=case,
            has_left=case.assigned_to_id not in {None, *(one.id for one in teaching)},
        ), status


def _handed_over(session: Session, case: CreditCase, form: HandOverForm) -> bool:
    try:
        assigning.hand_over(
            session,
            case,
            chosen(form.to, queries.instructors(session, case.course_id)),
            actor=g.actor,
            reason=form.reason.data or "",
            seen=as_number(form.seen.data, None),
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _added(session: Session, course: Course | None, form: RuleForm) -> bool:
    teaching = queries.instructors(session, course.id) if course is not None else []
    form.offer(teaching)
    if not form.validate():
        return False
    try:
        operations.add_rule(
            session,
            course,
            actor=g.actor,
            criterion=Criterion(form.criterion.data),
            value=form.value.data or "",
            person=chosen(form.person, teaching),
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _course_page(session: Session, form: RuleForm) -> str:
    form.offer(queries.instructors(session, g.course.id))
    return render_template(
        "credit/routing/course.html",
        form=form,
        **page.course_values(session, g.course, actor=g.actor),
    )


def _office_page(session: Session, form: RuleForm) -> str:
    form.offer([])
    return render_template(
        "credit/routing/office.html", form=form, **page.office_values(session, g.actor)
    )
