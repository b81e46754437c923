"""What the registrar is told: problems first, then files, each with its lines."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.enrollments.models import EnrollmentLevel
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotFound
from careerlink.institutions import term_queries
from careerlink.institutions.models import Term
from careerlink.security import access, office, office_staff
from careerlink.web import request_session, services, transaction, undo
from careerlink.web.query import asked
from credit.registrar import lines, operations, queries, reconciling
from credit.registrar.forms import MakeForm, SentForm
from credit.registrar.models import ExportScope, RegistrarExport
from credit.registrar.operations import NothingNew

bp = Blueprint("registrar", __name__, url_prefix="/office/registrar")


@bp.get("")
@access(office)
def show() -> str:
    with transaction() as session:
        terms = term_queries.all_of(session, g.actor)
        term = _chosen(terms)
        exports = queries.exports_of(session, g.actor, term) if term is not None else []
        return render_template(
            "credit/registrar/show.html",
            terms=terms,
            term=term,
            standing=queries.standing(session, term, after=asked("after") or None)
            if term is not None
            else None,
            exports=exports,
            counts=queries.counts(session, exports),
            without_term=queries.without_term(session, g.actor),
            levels=list(EnrollmentLevel),
            scopes=list(ExportScope),
        )


@bp.post("/make")
@access(office_staff)
def make() -> ResponseReturnValue:
    form = MakeForm()
    if not form.validate_on_submit():
        raise InvalidInput("Press one of the buttons on the registrar’s page.")
    level, scope = EnrollmentLevel(form.level.data), ExportScope(form.scope.data)
    undo()  # On SQLite nobody else could write while the lines of a whole term are read.
    with services().database.read() as reading:
        term = _term(reading, form.term.data or "")
        gathered = operations.gather(reading, term, level=level, scope=scope)
    try:
        with transaction() as session:
            made = operations.make(
                session,
                _term(session, form.term.data or ""),
                level=level,
                scope=scope,
                actor=g.actor,
                gathered=gathered,
            )
            address = made.public_id
        flash(f"File {made.number} is made. Look at its lines, then download it.", "done")
    except NothingNew as nothing:
        request_session().rollback()
        flash(str(nothing), "active")
        if nothing.export is None:
            return redirect(url_for("registrar.show", term=form.term.data), 303)
        address = nothing.export.public_id
    return redirect(url_for("registrar.export", export_id=address), 303)


@bp.get("/files/<export_id>")
@access(office)
def export(export_id: str) -> str:
    with transaction() as session:
        return _page(session, queries.get(session, export_id, actor=g.actor), SentForm())


@bp.get("/files/<export_id>/file")
@access(office)
def download(export_id: str) -> Response:
    with transaction() as session:
        found = queries.get(session, export_id, actor=g.actor)
    name = f"registrar-{found.number}-{found.term.code}-{found.level.value}.csv"
    response = Response(queries.file_of(services().database, found.id), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/files/<export_id>/sent")
@access(office_staff)
def sent(export_id: str) -> ResponseReturnValue:
    form = SentForm()
    with transaction() as session:
        found = queries.get(session, export_id, actor=g.actor)
        if not form.validate_on_submit():
            return _page(session, found, form), 422
        try:
            is_now = operations.mark_sent(
                session, found, note=form.note.data or "", actor=g.actor
            )
        except ChangedMeanwhile as changed:
            session.rollback()
            found = queries.get(session, export_id, actor=g.actor)
            return _page(session, found, form, changed=str(changed)), 409
    if is_now:
        flash("Noted. From now on changes are marked against this file.", "done")
    else:
        flash("It was marked as sent before. Nothing was noted again.", "active")
    return redirect(url_for("registrar.export", export_id=export_id), 303)


@bp.get("/reconcile")
@access(office)
def reconcile() -> str:
    """A part of the term at a time, so that the page costs the same in any term."""
    with transaction() as session:
        terms = term_queries.all_of(session, g.actor)
        term = _chosen(terms)
        return render_template(
            "credit/registrar/reconcile.html",
            terms=terms,
            term=term,
            found=reconciling.part(session, term, after=asked("after") or None)
            if term is not None
            else None,
        )


def _page(
    session: Session, found: RegistrarExport, form: SentForm, *, changed: str = ""
) -> str:
    last = queries.last_sent(session, found.term, found.level)
    listed = queries.rows_of(session, found, after=asked("after") or None)
    return render_template(
        "credit/registrar/export.html",
        export=found,
        listed=listed,
        cases=queries.cases_of(session, listed.rows),
        overrides=queries.overrides_of(session, listed.rows),
        counts=queries.counts(session, [found])[found.id],
        heads=lines.HEADING,
        form=form,
        changed=changed,
        is_replaced=found.sent_at is None
        and (last.id if last is not None else None) != found.base_id,
    )


def _chosen(terms: Sequence[Term]) -> Term | None:
    """The one in the address, else the newest that has begun."""
    known = list(terms)
    if not (code := asked("term")):
        begun = [term for term in known if term.starts_on <= clock.today(g.zone)]
        return next(iter(begun or known), None)
    for term in known:
        if term.code == code:
            return term
    raise NotFound


def _term(session: Session, code: str) -> Term:
    for term in term_queries.all_of(session, g.actor):
        if term.code == code:
            return term
    raise NotFound
