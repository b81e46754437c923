"""The office's page of who approves at later steps: naming, standing in, ending."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length
from wtforms.validators import Optional as IfGiven

from careerlink.errors import InvalidInput, NotPermitted
from careerlink.people.models import Person
from careerlink.security import access, office, office_staff
from careerlink.web import request_session, services, transaction
from careerlink.web.forms import Form
from credit.approvals import appointments
from credit.approvals.appointments import Scope
from credit.approvals.models import ApproverAppointment
from credit.approvals.roles import ApproverRole

bp = Blueprint("office_approvers", __name__)
EVERYWHERE, PROGRAM = "everywhere", "program"
ADDRESS = (
    DataRequired("Enter their mail address."),
    Email("Enter an address such as a@b.edu"),
    Length(max=254),
)


class AppointForm(Form):
    address = StringField("Their mail address", ADDRESS)
    role = SelectField(
        "As what",
        choices=[
            SelectChoice(ApproverRole.CHAIR.value, "Chair: approves, and reads appeals"),
            SelectChoice(ApproverRole.REGISTRAR.value, "Registrar: approves"),
        ],
    )
    scope = SelectField("For", choices=[])
    program = StringField("Program", [IfGiven(), Length(max=200)])
    starts_on = DateField("First day", [DataRequired("Choose the first day.")])
    ends_on = DateField("Last day", [IfGiven()])


class StandInForm(Form):
    absent = SelectField("Whose place", choices=[])
    address = StringField("Their mail address", ADDRESS)
    starts_on = DateField("First day", [DataRequired("Choose the first day.")])
    ends_on = DateField("Last day", [DataRequired("Choose the last day.")])


@bp.get("/office/approvers")
@access(office)
def listed() -> str:
    with transaction() as session:
        return _page(session, *_forms(session))


@bp.post("/office/approvers")
@access(office_staff)
def appoint() -> ResponseReturnValue:
    return _done(is_stand_in=False)


@bp.post("/office/approvers/stand-in")
@access(office_staff)
def stand_in() -> ResponseReturnValue:
    return _done(is_stand_in=True)


@bp.post("/office/approvers/<appointment_id>/end")
@access(office_staff)
def end(appointment_id: str) -> ResponseReturnValue:
    with transaction() as session:
        found = appointments.get(session, g.actor, appointment_id)
        appointments.end(session, found, actor=g.actor)
        name = found.person.label
    flash(f"Ended. What {name} decided stands.", "done")
    return redirect(url_for(".listed"), 303)


def _done(*, is_stand_in: bool) -> ResponseReturnValue:
    session = request_session()
    with transaction():
        forms = _forms(session, stand_in_given=is_stand_in)
    form = forms[1] if is_stand_in else forms[0]
    try:
        with transaction():
            if not form.validate():
                raise InvalidInput("")
            made = _stood_in(session, forms[1]) if is_stand_in else _named(session, forms[0])
            absent = made.stands_in_for
            acts = f"acts for {absent.person.label} on the days named" if absent else "is named"
            words = f"{made.person.label} {acts}."
        flash(words, "done")
        return redirect(url_for(".listed"), 303)
    except (InvalidInput, NotPermitted) as refusal:
        session.rollback()
        if isinstance(refusal, NotPermitted):
            raise
        if refusal.message:
            form.refuse(refusal)
        with transaction():
            return _page(session, *forms), 422


def _named(session: Session, form: AppointForm) -> ApproverAppointment:
    return appointments.appoint(
        session,
        _person(session, form.address.data or ""),
        actor=g.actor,
        role=ApproverRole(form.role.data),
        scope=_scope(session, form),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
    )


def _stood_in(session: Session, form: StandInForm) -> ApproverAppointment:
    return appointments.stand_in(
        session,
        _person(session, form.address.data or ""),
        appointments.get(session, g.actor, form.absent.data or ""),
        actor=g.actor,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
    )


def _person(session: Session, address: str) -> Person:
    signs_in = bool(services().settings.sign_in.issuer)
    return appointments.by_address(session, g.actor, address, campus_signs_in=signs_in)


def _scope(session: Session, form: AppointForm) -> Scope:
    if form.scope.data == EVERYWHERE:
        return Scope()
    if form.scope.data == PROGRAM:
        if not (form.program.data or "").strip():
            raise InvalidInput("Name the program as enrollments do.", field="program")
        return Scope(program=form.program.data)
    return Scope(course=appointments.course_named(session, g.actor, form.scope.data))


def _forms(
    session: Session, *, stand_in_given: bool | None = None
) -> tuple[AppointForm, StandInForm]:
    """Both stand on the page; only the one that was sent reads what was typed."""
    given = request.form if request.method == "POST" else None
    naming = AppointForm(given if stand_in_given is False else None)
    standing = StandInForm(given if stand_in_given else None, prefix="stand-in-")
    naming.scope.choices = [
        SelectChoice(EVERYWHERE, "All courses and programs"),
        SelectChoice(PROGRAM, "One program, named below"),
        *(SelectChoice(c.public_id, c.name) for c in appointments.courses(session, g.actor)),
    ]
    standing.absent.choices = [
        SelectChoice(one.public_id, f"{one.person.label}, {one.role.value}")
        for one in appointments.of_institution(session, g.actor, ended=False)
        if one.stands_in_for_id is None
    ]
    today = appointments.today_of(session, g.actor)
    for form in (naming, standing):
        if not form.starts_on.data and not form.starts_on.raw_data:
            form.starts_on.data = today
    return naming, standing


def _page(session: Session, naming: AppointForm, standing: StandInForm) -> str:
    return render_template(
        "credit/approvals/office.html",
        form=naming,
        stand_in_form=standing,
        rows=appointments.of_institution(session, g.actor, ended=False),
        ended=appointments.of_institution(session, g.actor, ended=True),
        today=appointments.today_of(session, g.actor),
        may_name=g.actor.is_staff,
    )
