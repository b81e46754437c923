"""Which course a CRN means, and the students whom a list names and nobody knows yet."""

from collections.abc import Sequence
from hashlib import sha256

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.enrollments import looking, naming, queries
from careerlink.enrollments.forms import LATER, NOT_OURS, CompareForm, CourseForm
from careerlink.enrollments.queries import UnknownNumber
from careerlink.errors import InvalidInput, NotPossible
from careerlink.institutions.models import Term
from careerlink.security import access, office, office_staff
from careerlink.web import transaction

bp = Blueprint("enrollment_numbers", __name__, url_prefix="/office/enrollments")


@bp.route("/<upload_id>/courses", methods=["GET", "POST"])
@access(office_staff)
def name(upload_id: str) -> ResponseReturnValue:
    """The CRNs of one list that nobody has named yet; what was said is compared at once."""
    status = 200
    with transaction() as session:
        upload = queries.get(session, g.actor, upload_id)
        unknown = queries.unknown_numbers(session, upload)
        terms = {one.term.id: one.term for one in unknown}
        offered = {key: queries.courses_for(session, g.actor, t) for key, t in terms.items()}
        forms = [_form(one, offered[one.term.id]) for one in unknown]
        token = CompareForm()
        if token.validate_on_submit():
            asked = zip(forms, unknown, strict=True)
            named = [_name(session, form, one, offered[one.term.id]) for form, one in asked]
            if None not in named:
                looking.again(session, upload, actor=g.actor)
                count = sum(bool(one) for one in named)
                flash(f"{count} {'CRN' if count == 1 else 'CRNs'} named.", "done")
                return redirect(url_for("enrollments.show", upload_id=upload_id), 303)
            status = 422
            upload = queries.get(session, g.actor, upload_id)
        page = render_template(
            "careerlink/enrollments/courses.html",
            upload=upload,
            form=token,
            asked=list(zip(unknown, forms, strict=True)),
        )
    return page, status


@bp.get("/crns")
@access(office)
def listed() -> str:
    with transaction() as session:
        return render_template(
            "careerlink/enrollments/crns.html",
            numbers=queries.numbers(session, g.actor, request.args.get("after")),
            is_staff=g.actor.is_staff,
        )


@bp.route("/crns/<int:number_id>", methods=["GET", "POST"])
@access(office_staff)
def change(number_id: int) -> ResponseReturnValue:
    status = 200
    with transaction() as session:
        row = queries.get_number(session, g.actor, number_id)
        form = CourseForm()
        offered = queries.courses_for(session, g.actor, row.term, now=row.course)
        form.offer(offered, later=False)
        if form.is_submitted():
            if form.validate() and _save(session, form, row.term, row.crn, offered):
                flash(f"CRN {row.crn} is named.", "done")
                return redirect(url_for(".listed"), 303)
            status = 422
        else:
            form.course.data = row.course.public_id if row.course else NOT_OURS
        page = render_template("careerlink/enrollments/crn.html", form=form, number=row)
    return page, status


@bp.get("/waiting")
@access(office)
def waiting() -> str:
    with transaction() as session:
        count, rows = queries.waiting(session, g.actor, request.args.get("after"))
        return render_template("careerlink/enrollments/waiting.html", count=count, waiting=rows)


def _form(one: UnknownNumber, courses: Sequence[Course]) -> CourseForm:
    """Known by term and CRN: the order on the page may be another one by now."""
    name = sha256(f"{one.term.id}:{one.crn}".encode()).hexdigest()[:12]
    # One token for the whole page; the outer form carries and checks it.
    form = CourseForm(prefix=f"crn-{name}-", meta={"csrf": False})
    form.offer(courses, later=True)
    return form


def _name(
    session: Session, form: CourseForm, one: UnknownNumber, offered: Sequence[Course]
) -> bool | None:
    """Whether it was named now; ``None``: refused."""
    if not form.validate():
        return None
    if form.course.data == LATER:
        return False
    return _save(session, form, one.term, one.crn, offered) or None


def _save(
    session: Session, form: CourseForm, term: Term, crn: str, offered: Sequence[Course]
) -> bool:
    """Only what was offered passes the form, or that it is none of ours."""
    course = next((one for one in offered if one.public_id == form.course.data), None)
    try:
        naming.name_course(session, term, crn=crn, course=course, actor=g.actor)
    except (InvalidInput, NotPossible) as refusal:
        form.refuse(InvalidInput(refusal.message, field="course"))
        return False
    return True
