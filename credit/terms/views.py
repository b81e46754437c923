"""Closing a term: what is unfinished, what to do with many at once, whom to thank."""

from datetime import timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import ChangedMeanwhile, InvalidInput
from careerlink.home import history
from careerlink.institutions import term_queries
from careerlink.institutions.models import Term
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from careerlink.web.forms import as_number
from credit.terms import bulk, closing, proposing, queries, thanking
from credit.terms.forms import BulkForm, ChoiceForm, ClosingForm, ReasonForm
from credit.terms.groups import GROUPS, Group

bp = Blueprint("terms_closing", __name__, url_prefix="/office/terms/<int:term_id>/close")
VERIFY_AHEAD = timedelta(days=120)
"""Until about the middle of the next term, so that nothing runs out while students work."""
MOST_LINES = 10


@bp.get("")
@access(office)
def show(term_id: int) -> str:
    with transaction() as session:
        return _page(session, _term(session, term_id))


@bp.post("")
@access(office_staff)
def close(term_id: int) -> ResponseReturnValue:
    form = ClosingForm()
    with transaction() as session:
        term = _term(session, term_id)
        if not form.validate():
            return _page(session, term, closing_form=form), 422
        try:
            closing.close_term(
                session,
                term,
                actor=g.actor,
                reason=form.reason.data or "",
                records_until=form.records_until.data,
                seen=as_number(form.version.data, None),
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(session, _term(session, term_id), closing_form=form), 422
        except ChangedMeanwhile as changed:
            form.form_errors.append(f"{changed} Look at it below.")
            return _page(session, _term(session, term_id), closing_form=form), 409
        flash(f"{term.name} is closed. Appeals and late evidence still come in.", "done")
    return redirect(url_for(".show", term_id=term_id), 303)


@bp.post("/reopen")
@access(office_staff)
def reopen(term_id: int) -> ResponseReturnValue:
    form = ReasonForm()
    with transaction() as session:
        term = _term(session, term_id)
        if not form.validate():
            return _page(session, term, reopening_form=form), 422
        closing.reopen_term(session, term, actor=g.actor, reason=form.reason.data or "")
        flash(f"{term.name} is open again.", "done")
    return redirect(url_for(".show", term_id=term_id), 303)


@bp.get("/<any({}):key>".format(", ".join(GROUPS)))
@access(office)
def group(term_id: int, key: str) -> str:
    with transaction() as session:
        return _group_page(session, _term(session, term_id), GROUPS[key], BulkForm())


@bp.post("/<any({}):key>".format(", ".join(k for k, one in GROUPS.items() if one.deed)))
@access(office_staff)
def act(term_id: int, key: str) -> ResponseReturnValue:
    form = BulkForm()
    with transaction() as session:
        term = _term(session, term_id)
        if not form.validate():
            return _group_page(session, term, GROUPS[key], form), 422
        if not form.ids():
            form.refuse(InvalidInput("Tick at least one line."))
            return _group_page(session, _term(session, term_id), GROUPS[key], form), 422
        rows = queries.chosen(session, g.actor, term, GROUPS[key], form.ids())
        done = bulk.carry_out(
            session, GROUPS[key], rows, actor=g.actor, reason=form.reason.data or ""
        )
        gone = len(set(form.ids())) - len(rows)
        flash(f"Done for {done.number}.", "done")
        for student, why in done.refused[:MOST_LINES]:
            flash(f"{student}: {why}", "wait")
        if gone:
            flash(f"{gone} had moved on meanwhile and stay as they are.", "wait")
    return redirect(url_for(".group", term_id=term_id, key=key), 303)


@bp.get("/thanks")
@access(office)
def thanks(term_id: int) -> str:
    with transaction() as session:
        return _thanks_page(session, _term(session, term_id), ChoiceForm())


@bp.post("/thanks")
@access(office_staff)
def send_thanks(term_id: int) -> ResponseReturnValue:
    form = ChoiceForm()
    with transaction() as session:
        term = _term(session, term_id)
        if not form.validate() or not form.ids():
            form.form_errors.append("Tick at least one person.")
            return _thanks_page(session, term, form), 422
        number = thanking.thank(session, term, form.ids(), actor=g.actor)
        flash(_thanked(number), "done" if number else "wait")
    return redirect(url_for(".thanks", term_id=term_id), 303)


def _thanked(number: int) -> str:
    if not number:
        return "Nobody is left to thank among those you ticked."
    return "One mail is on its way." if number == 1 else f"{number} mails are on their way."


def _term(session: Session, term_id: int) -> Term:
    return term_queries.get(session, term_id, actor=g.actor)


def _page(
    session: Session,
    term: Term,
    *,
    closing_form: ClosingForm | None = None,
    reopening_form: ReasonForm | None = None,
) -> str:
    form = closing_form or ClosingForm(
        formdata=None,
        data={"version": term.version, "records_until": closing.kept_until(term)},
    )
    form.version.data = term.version
    return render_template(
        "credit/terms/close.html",
        term=term,
        counts=queries.counts(session, g.actor, term),
        courses=queries.undecided_by_course(session, g.actor, term),
        to_verify=queries.to_verify(session, g.actor, term, until=term.ends_on + VERIFY_AHEAD),
        verify_until=term.ends_on + VERIFY_AHEAD,
        why_not=closing.why_not(session, term, actor=g.actor),
        form=reopening_form if term.closed_at and reopening_form else form,
        closing_form=form,
        reopening_form=reopening_form or ReasonForm(formdata=None),
        history=history.lines_of(session, [term], actor=g.actor, most=MOST_LINES),
    )


def _group_page(session: Session, term: Term, chosen: Group, form: BulkForm) -> str:
    found = queries.page_of(session, g.actor, term, chosen, after=request.args.get("after"))
    is_all = request.args.get("tick") == "all"
    asked = proposing.asked_among(session, chosen, found.rows)
    offered = [
        row.id for row in found.rows if is_all or proposing.is_offered(chosen, row, asked)
    ]
    return render_template(
        "credit/terms/group.html",
        term=term,
        group=chosen,
        found=found,
        items=[chosen.item(row) for row in found.rows],
        total=queries.count(session, g.actor, term, chosen),
        form=form,
        ticked=set(form.ids() if form.is_submitted() else offered),
        is_all=is_all,
        asked=asked,
        may_act=bool(chosen.deed) and g.actor.is_staff,
    )


def _thanks_page(session: Session, term: Term, form: ChoiceForm) -> str:
    people = thanking.offered(session, g.actor, term)
    return render_template(
        "credit/terms/thanks.html",
        term=term,
        people=people,
        form=form,
        ticked=set(form.ids() if form.is_submitted() else ()),
        may_act=g.actor.is_staff and any(one.is_offered for one in people),
    )
