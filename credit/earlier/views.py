"""What is on record of a student beside a case: for its instructor and career staff."""

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.forms import Form
from credit.cases import inputs, queries
from credit.cases.forms import thousandths
from credit.cases.models import CreditCase
from credit.earlier import operations, page
from credit.earlier.forms import TakeBackForm
from credit.earlier.models import EarlierKind
from credit.earlier.operations import Said

bp = Blueprint("earlier", __name__, url_prefix="/courses/<course_id>/cases/<case_id>/on-record")


@bp.get("")
@access(sets_up)
def show(course_id: str, case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        return page.show(session, _case(session, case_id), actor=g.actor)


@bp.post("")
@access(sets_up)
def add(course_id: str, case_id: str) -> ResponseReturnValue:
    what = request.form.get("what", "")
    if what not in page.FORMS:
        raise NotFound
    with transaction() as session:
        case = _case(session, case_id)
        form = page.typed(what, inputs.load_one(session, case))
        if not form.validate():
            return page.show(session, case, actor=g.actor, wrong=form, status=422)
        try:
            with session.begin_nested():
                _record(session, case, what, form)
        except InvalidInput as refusal:
            form.refuse(refusal)
            return page.show(session, case, actor=g.actor, wrong=form, status=422)
    flash("It is on record, and the sum counts with it.", "saved")
    return redirect(url_for(".show", course_id=course_id, case_id=case_id), 303)


@bp.post("/take-back")
@access(sets_up)
def take_back(course_id: str, case_id: str) -> ResponseReturnValue:
    form = TakeBackForm()
    with transaction() as session:
        case = _case(session, case_id)
        if not form.validate():
            raise NotFound
        operations.take_back(session, case, form.record.data or "", actor=g.actor)
    flash("It counts no more. Decisions that rested on it still name it.", "done")
    return redirect(url_for(".show", course_id=course_id, case_id=case_id), 303)


def _case(session: Session, public_id: str) -> CreditCase:
    return queries.get(session, public_id, actor=g.actor, course=g.course)


def _record(session: Session, case: CreditCase, what: str, form: Form) -> None:
    data = form.data
    if what == "waiver":
        operations.waive_tie(
            session,
            case,
            data["project"],
            granted_by=data["granted_by"],
            reason=data["reason"],
            until=data["until"],
            actor=g.actor,
        )
    elif what == "major":
        operations.record_major(
            session,
            case,
            title=data["title"],
            credits_thousandths=thousandths(data["credits"]) or 0,
            source=data["source"],
            actor=g.actor,
        )
    else:
        operations.record(session, case, _said(what, form), actor=g.actor)


def _said(what: str, form: Form) -> Said:
    data = form.data
    is_elsewhere = what == "elsewhere"
    return Said(
        kind=EarlierKind.SAME_WORK if is_elsewhere else EarlierKind(data["kind"]),
        source=data["source"],
        course_label=data["course_label"] or "",
        credits_thousandths=thousandths(data["credits"]) or 0,
        earned_on=data.get("earned_on"),
        placement_id=data["project"] if is_elsewhere else "",
        consent=data.get("consent") or "",
    )
