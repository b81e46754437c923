"""The packet as an answer: as it is now, with what was typed and what was refused."""

from collections.abc import Callable

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.web import request_session, transaction
from careerlink.web.forms import Form
from credit.academic_work.forms import AssessmentForm
from credit.cases import inputs, page, queries
from credit.cases.forms import AcademicForm, DecisionForm, OtherEvidenceForm, WaitForm
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase
from credit.midpoint.forms import CommentForm
from credit.returning.forms import MoreTimeForm, TakeUpForm, comments

PACKET = "credit/cases/packet.html"


def packet(
    session: Session,
    case: CreditCase,
    form: DecisionForm,
    facts: Facts | None = None,
    /,
    *,
    status: int = 200,
    **more: object,
) -> ResponseReturnValue:
    """``facts`` of the case, where they were read already."""
    found = facts or inputs.load_one(session, case)
    values = {
        "academic_form": AcademicForm(
            formdata=None, prefix="academic-", data={"hours": f"{case.academic_minutes / 60:g}"}
        ),
        "wait_form": WaitForm(formdata=None),
        "more_time_form": MoreTimeForm(formdata=None, prefix="more-"),
        "take_up_form": TakeUpForm(formdata=None, prefix="take-up-"),
        "levels_form": AssessmentForm(formdata=None, prefix="levels-"),
        "midpoint_form": CommentForm(formdata=None, prefix="midpoint-"),
        "typed_pins": comments(request.form),
        "other_form": OtherEvidenceForm(formdata=None, prefix="other-"),
        **page.values(session, found, g.course, actor=g.actor, form=form),
        **more,
    }
    return render_template(PACKET, **values), status


def get_case(session: Session, case_id: str) -> CreditCase:
    return queries.get(session, case_id, actor=g.actor, course=g.course)


def to_packet(case_id: str, decided: str | None = None) -> ResponseReturnValue:
    address = url_for(
        "cases.show", course_id=g.course.public_id, case_id=case_id, decided=decided
    )
    return redirect(address, 303)


def after(
    case_id: str,
    form: Form,
    deed: Callable[[Session, CreditCase], None],
    name: str,
    **typed: object,
) -> ResponseReturnValue:
    """Do what one of the packet's small forms asks, or show it again as it was typed.

    :param name: under which the packet knows the form; ``typed`` is shown again beside it.
    """
    session = request_session()
    try:
        with transaction():
            if not form.validate():
                raise InvalidInput("")
            deed(session, get_case(session, case_id))
        return to_packet(case_id)
    except InvalidInput as refusal:
        session.rollback()
        if refusal.message:
            form.refuse(refusal)
        with transaction():
            case, blank = get_case(session, case_id), DecisionForm(formdata=None)
            shown = {name: form, **typed}
            return packet(session, case, blank, status=422, wrong=form, **shown)
