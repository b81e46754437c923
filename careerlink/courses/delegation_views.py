"""The page of who acts for whom in a course: asking somebody, the office's word, the end."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, Length, Optional

from careerlink import clock
from careerlink.courses import delegating, delegations
from careerlink.courses.models import CourseSection, InstructorDelegation
from careerlink.errors import InvalidInput
from careerlink.people.models import Person
from careerlink.security import access, sets_up, teaches_or_office
from careerlink.web import transaction
from careerlink.web.forms import Form

bp = Blueprint("delegations", __name__)
SOMEBODY_ELSE = "other"
TWO_PEOPLE = "You chose somebody of this course: leave the address empty, or choose its person."


class DelegationForm(Form):
    delegate = SelectField(
        "Who acts for you", choices=[], validators=[DataRequired("Choose who acts for you")]
    )
    address = StringField(
        "Their mail address",
        validators=[Optional(), Email("Enter an address such as a@b.edu"), Length(max=254)],
    )
    starts_on = DateField("First day", validators=[DataRequired("Choose the first day")])
    ends_on = DateField("Last day", validators=[DataRequired("Choose the last day")])
    sections = SelectMultipleField("Only for these sections", choices=[])
    may_decide = BooleanField("They may also decide on agreements and credit")


class ReasonForm(Form):
    reason = StringField("Reason, if you decline", validators=[Optional(), Length(max=1000)])


@bp.get("/courses/<course_id>/delegations")
@access(teaches_or_office)
def listed(course_id: str) -> str:
    with transaction() as session:
        form = _form(session)
        if not form.starts_on.data:
            form.starts_on.data = clock.today(g.course.institution.time_zone)
            form.may_decide.data = True
        return _page(session, form)


@bp.post("/courses/<course_id>/delegations")
@access(sets_up)
def begin(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        form = _form(session)
        if not form.validate():
            return _page(session, form), 422
        try:
            delegation = delegating.begin(
                session,
                g.course,
                _delegate(session, form),
                actor=g.actor,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                may_decide=form.may_decide.data,
                sections=_sections(session, form),
            )
        except InvalidInput as refused:
            form.refuse(refused)
            return _page(session, form), 422
        said = _said(delegation)
    flash(said, "done")
    return redirect(url_for(".listed", course_id=course_id), 303)


@bp.get("/courses/<course_id>/delegations/<delegation_id>")
@access(teaches_or_office)
def show(course_id: str, delegation_id: str) -> str:
    with transaction() as session:
        return _one(_found(session, delegation_id), ReasonForm())


@bp.post("/courses/<course_id>/delegations/<delegation_id>/end")
@access(teaches_or_office)
def end(course_id: str, delegation_id: str) -> ResponseReturnValue:
    with transaction() as session:
        delegating.end(session, _found(session, delegation_id), actor=g.actor)
    flash("It has ended. What was decided stands.", "done")
    # Who ended their own acting for somebody has perhaps no course here any more.
    return redirect(url_for("home.start"), 303)


@bp.post("/courses/<course_id>/delegations/<delegation_id>/confirm")
@access(sets_up)
def confirm(course_id: str, delegation_id: str) -> ResponseReturnValue:
    with transaction() as session:
        delegating.confirm(session, _found(session, delegation_id), actor=g.actor)
    flash("Confirmed. It begins and ends by itself.", "done")
    return redirect(url_for(".listed", course_id=course_id), 303)


@bp.post("/courses/<course_id>/delegations/<delegation_id>/decline")
@access(sets_up)
def decline(course_id: str, delegation_id: str) -> ResponseReturnValue:
    form = ReasonForm()
    with transaction() as session:
        found = _found(session, delegation_id)
        if not form.validate():
            return _one(found, form), 422
        try:
            delegating.decline(session, found, actor=g.actor, reason=form.reason.data or "")
        except InvalidInput as refused:
            form.refuse(refused)
            return _one(found, form), 422
    flash("Declined. The instructor sees why in the history.", "done")
    return redirect(url_for(".listed", course_id=course_id), 303)


def _found(session: Session, delegation_id: str) -> InstructorDelegation:
    return delegations.get(session, g.actor, g.course, delegation_id)


def _form(session: Session) -> DelegationForm:
    form = DelegationForm()
    colleagues = delegations.colleagues(session, g.course, besides=g.actor.person_id)
    form.delegate.choices = [
        SelectChoice("", "Choose somebody"),
        *(SelectChoice(str(person.public_id), person.label) for person in colleagues),
        SelectChoice(SOMEBODY_ELSE, "Somebody who is not in this course"),
    ]
    form.sections.choices = [
        SelectChoice(str(one.id), one.name or one.sis_id)
        for one in delegations.sections(session, g.course)
    ]
    return form


def _sections(session: Session, form: DelegationForm) -> list[CourseSection]:
    chosen = set(form.sections.data or ())
    return [one for one in delegations.sections(session, g.course) if str(one.id) in chosen]


def _delegate(session: Session, form: DelegationForm) -> Person:
    if form.delegate.data == SOMEBODY_ELSE:
        return delegations.by_address(session, g.course, form.address.data or "")
    if form.address.data:
        raise InvalidInput(TWO_PEOPLE, field="address")
    colleagues = delegations.colleagues(session, g.course, besides=g.actor.person_id)
    (chosen,) = [one for one in colleagues if one.public_id == form.delegate.data]
    return chosen


def _said(delegation: InstructorDelegation) -> str:
    if delegation.checked_at is None:
        return "Asked for. The career office confirms people from outside the course."
    return f"{delegation.delegate.label} acts for you on these days."


def _page(session: Session, form: DelegationForm) -> str:
    return render_template(
        "careerlink/courses/delegations.html",
        form=form,
        rows=delegations.of_course(session, g.actor, g.course),
        may_ask=delegating.may_delegate(g.actor, g.course),
        today=clock.today(g.course.institution.time_zone),
    )


def _one(delegation: InstructorDelegation, form: ReasonForm) -> str:
    today = clock.today(g.course.institution.time_zone)
    over = delegation.revoked_at or delegation.declined_at or delegation.ends_on < today
    return render_template(
        "careerlink/courses/delegation.html",
        form=form,
        delegation=delegation,
        today=today,
        may_answer=g.actor.is_staff and not over and delegation.checked_at is None,
        may_end=not over and delegating.may_end(g.actor, delegation),
    )
