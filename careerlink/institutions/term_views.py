"""The office's pages of terms: the calendar, one term, and what it hands on to another."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerlink.errors import ChangedMeanwhile, InvalidInput
from careerlink.home import history
from careerlink.institutions import term_cloning, term_days, term_files, term_operations
from careerlink.institutions import term_queries as queries
from careerlink.institutions.models import Term
from careerlink.institutions.term_forms import CloneForm, DaysForm, NewTermForm
from careerlink.registry import registry
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from careerlink.web.forms import as_number

bp = Blueprint("terms", __name__, url_prefix="/office/terms")
MOST_LINES = 50


@bp.get("")
@access(office)
def listed() -> str:
    with transaction() as session:
        return render_template(
            "careerlink/terms/list.html",
            lines=queries.lines(session, g.actor),
            without=queries.without_term(session, g.actor),
        )


@bp.get("/calendar.csv")
@access(office)
def download() -> Response:
    with transaction() as session:
        data = term_files.sample(queries.all_of(session, g.actor))
    answer = Response(data, mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="terms.csv"'
    return answer


@bp.route("/new", methods=["GET", "POST"])
@access(office_staff)
def add() -> ResponseReturnValue:
    form = NewTermForm()
    with transaction() as session:
        if form.validate_on_submit():
            try:
                term = term_operations.add_term(
                    session,
                    institution_id=g.actor.institution_id,
                    code=form.code.data or "",
                    name=form.name.data or "",
                    days=form.days(),
                    actor=g.actor,
                )
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash(f"{term.name} was added.", "done")
                return redirect(url_for(".show", term_id=term.id), 303)
        page = render_template("careerlink/terms/edit.html", form=form, term=None)
    return page, 422 if form.is_submitted() else 200


@bp.get("/<int:term_id>")
@access(office)
def show(term_id: int) -> str:
    with transaction() as session:
        term = queries.get(session, term_id, actor=g.actor)
        today = queries.today_of(session, g.actor)
        pages = [page for ask in registry.term_pages for page in ask(g.actor, term)]
        return render_template(
            "careerlink/terms/show.html",
            term=term,
            phase=queries.phase(term, today),
            days=_timeline(term, today),
            pages=sorted(pages, key=lambda page: page.position),
            found=queries.courses_of(session, g.actor, term, after=request.args.get("after")),
            history=history.lines_of(session, [term], actor=g.actor, most=MOST_LINES),
        )


@bp.route("/<int:term_id>/edit", methods=["GET", "POST"])
@access(office_staff)
def edit(term_id: int) -> ResponseReturnValue:
    status = 422
    with transaction() as session:
        term = queries.get(session, term_id, actor=g.actor)
        form = DaysForm(obj=term)
        if form.validate_on_submit():
            try:
                changed = term_operations.change_term(
                    session,
                    term,
                    name=form.name.data or "",
                    days=form.days(),
                    actor=g.actor,
                    seen=form.version.data,
                )
            except ChangedMeanwhile as refusal:
                form.form_errors.append(f"{refusal.message} Look at it below, then save again.")
                form.version.data, status = term.version, 409
            else:
                flash("Saved." if changed else "Nothing was different.", "saved")
                return redirect(url_for(".show", term_id=term_id), 303)
        page = render_template(
            "careerlink/terms/edit.html",
            form=form,
            term=term,
            is_stale=status == 409,
            labels=term_days.DAYS,
        )
    return page, status if form.is_submitted() else 200


@bp.route("/<int:term_id>/clone", methods=["GET", "POST"])
@access(office_staff)
def clone(term_id: int) -> ResponseReturnValue:
    with transaction() as session:
        term = queries.get(session, term_id, actor=g.actor)
        others = [one for one in queries.all_of(session, g.actor) if one.id != term.id]
        form = CloneForm()
        chosen = _chosen(others, form.target.data or request.args.get("target"))
        parts = term_cloning.previews(session, term, chosen) if chosen else []
        form.offer(others, parts)
        if form.validate_on_submit() and chosen is not None:
            keys = set(form.parts.data or [])
            taken = term_cloning.clone(session, term, chosen, keys, actor=g.actor)
            flash(". ".join(taken) + "." if taken else "Nothing was ticked.", "done")
            return redirect(url_for(".show", term_id=chosen.id), 303)
        page = render_template(
            "careerlink/terms/clone.html",
            form=form,
            term=term,
            chosen=chosen,
            parts=parts,
            others=others,
        )
    return page, 422 if form.is_submitted() else 200


def _chosen(terms: list[Term], number: str | None) -> Term | None:
    wanted = as_number(number, None)
    return next((term for term in terms if term.id == wanted), None)


def _timeline(term: Term, today: object) -> list[dict[str, object]]:
    days = [(label, getattr(term, name)) for name, label in term_days.DAYS.items()]
    return [
        {
            "text": label,
            "at": day,
            "phase": "past" if day < today else "today" if day == today else "ahead",
        }
        for label, day in sorted(
            ((label, day) for label, day in days if day is not None), key=lambda one: one[1]
        )
    ]
