"""One case, or all undecided ones of a course, under another version: look first, then do."""

import json
from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.query import asked
from credit.cases import queries, rebasing
from credit.cases.life_forms import RebaseForm, VersionForm
from credit.cases.models import CreditCase
from credit.cases.sum_lines import result
from credit.policy import queries as policies

bp = Blueprint("cases_rebasing", __name__)
ONE = "/courses/<course_id>/cases/<case_id>/rebase"
ALL = "/courses/<course_id>/rebase"


@bp.get(ONE)
@access(sets_up)
def show(course_id: str, case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        return _page(session, RebaseForm(formdata=None), case=_case(session, case_id))


@bp.post(ONE)
@access(sets_up)
def rebase(course_id: str, case_id: str) -> ResponseReturnValue:
    form = RebaseForm()
    with transaction() as session:
        case = _case(session, case_id)
        if not form.validate():
            return _page(session, form, case=case, status=422)
        version = policies.get(session, form.version.data or "", actor=g.actor)
        rebasing.rebase(
            session,
            case,
            version,
            actor=g.actor,
            reason=form.reason.data or "",
            seen=_seen(form).get(case.public_id),
        )
        flash(f"The case goes by {version.name}, version {version.number}, now.", "done")
    return redirect(url_for("cases.show", course_id=course_id, case_id=case_id), 303)


@bp.get(ALL)
@access(sets_up)
def show_all(course_id: str) -> ResponseReturnValue:
    _staff_only()
    with transaction() as session:
        return _page(session, RebaseForm(formdata=None))


@bp.post(ALL)
@access(sets_up)
def rebase_all(course_id: str) -> ResponseReturnValue:
    _staff_only()
    form = RebaseForm()
    with transaction() as session:
        if not form.validate():
            return _page(session, form, status=422)
        version = policies.get(session, form.version.data or "", actor=g.actor)
        try:
            gone, stayed = rebasing.rebase_all(
                session,
                g.course,
                version,
                actor=g.actor,
                reason=form.reason.data or "",
                seen=_seen(form),
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(session, form, status=422)
        number = f"{gone} {'case goes' if gone == 1 else 'cases go'}"
        flash(f"{number} by {version.name}, version {version.number}, now.", "done")
        if stayed:
            names = ", ".join(case.person.label for case in stayed)
            flash(f"Decided or changed meanwhile, so left as they were: {names}.", "wait")
    return redirect(url_for("cases.show_queue", course_id=course_id, show="all"), 303)


def _page(
    session: Session,
    form: RebaseForm,
    *,
    case: CreditCase | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Of one case, or of all undecided ones of the course."""
    cases = [case] if case else rebasing.of_course(session, g.course, actor=g.actor)
    versions = rebasing.versions(session, actor=g.actor)
    chooser = VersionForm(formdata=None)
    chooser.offer(versions)
    wanted = form.version.data or asked("to")
    version = next((one for one in versions if one.public_id == wanted), None)
    rows = rebasing.preview(session, cases, version) if version is not None else []
    if version is not None:
        chooser.to.data = form.version.data = version.public_id
        form.seen.data = json.dumps(
            {row.case.public_id: row.case.policy_version_id for row in rows}
        )
    return render_template(
        "credit/cases/rebase.html",
        cases=cases,
        case=case,
        chooser=chooser,
        form=form,
        version=version,
        rows=rows,
        result=result,
    ), status


def _case(session: Session, case_id: str) -> CreditCase:
    _staff_only()
    return queries.get(session, case_id, actor=g.actor, course=g.course)


def _staff_only() -> None:
    if not g.actor.is_staff:
        raise NotFound


def _seen(form: RebaseForm) -> Mapping[str, int]:
    """What the page showed. A browser may send anything."""
    try:
        found = json.loads(form.seen.data or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, int)}
