"""Which term a course is in, where the launch did not say it or said a wrong one."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.institutions import term_operations
from careerlink.institutions import term_queries as queries
from careerlink.institutions.models import Term
from careerlink.institutions.term_forms import NONE, CourseTermForm
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from careerlink.web.forms import as_number

bp = Blueprint("terms_courses", __name__, url_prefix="/office/terms/courses")


@bp.get("")
@access(office)
def listed() -> str:
    with transaction() as session:
        return _page(session, _term(session), CourseTermForm(formdata=None), None)


@bp.post("/<course_id>")
@access(office_staff)
def choose(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        course = session.scalar(
            select(Course).where(
                Course.public_id == course_id,
                Course.institution_id == g.actor.institution_id,
                Course.joined_id.is_(None),
            )
        )
        if course is None:
            raise NotFound
        form = CourseTermForm()
        form.offer(queries.all_of(session, g.actor))
        if not form.validate_on_submit():
            return _page(session, course.term, form, course), 422
        wanted = form.term.data
        term = None if wanted == NONE else queries.get(session, int(wanted), actor=g.actor)
        before = course.term_id
        term_operations.set_course_term(session, course, term, actor=g.actor)
        flash(f"{course.name}: {term.name if term else 'no term'}.", "saved")
    return redirect(url_for(".listed", term=before), 303)


def _page(session: Session, term: Term | None, form: CourseTermForm, at: Course | None) -> str:
    terms = queries.all_of(session, g.actor)
    found = queries.courses_of(session, g.actor, term, after=request.args.get("after"))
    forms = {course.id: _form(course, terms) for course in found.rows}
    if at is not None and at.id in forms:
        forms[at.id] = form
    return render_template(
        "careerlink/terms/courses.html",
        term=term,
        terms=terms,
        found=found,
        rows=forms,
        form=form,
        without=queries.without_term(session, g.actor),
    )


def _form(course: Course, terms: object) -> CourseTermForm:
    form = CourseTermForm(formdata=None, prefix="", data={"term": str(course.term_id or NONE)})
    form.offer(terms)  # type: ignore[arg-type]
    return form


def _term(session: Session) -> Term | None:
    asked = as_number(request.args.get("term"), None)
    return queries.get(session, asked, actor=g.actor) if asked is not None else None
