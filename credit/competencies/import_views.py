"""A framework from a file: choose it, look at what it would change, take it over."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerlink.csv_text import FileRefused
from careerlink.errors import ChangedMeanwhile
from careerlink.security import access, office_staff
from careerlink.web import transaction, undo
from credit.competencies import importing, queries
from credit.competencies.comparing import TEXTS
from credit.competencies.files.exchange import WORDS
from credit.competencies.forms import ImportForm, TakeForm

bp = Blueprint("competency_imports", __name__, url_prefix="/office/competencies/import")
MOST_SHOWN = 200


@bp.route("", methods=["GET", "POST"])
@access(office_staff)
def choose() -> ResponseReturnValue:
    with transaction() as session:
        known = [one for one, _ in queries.frameworks(session, g.actor)]
        form = ImportForm()
        form.offer(known)
        if form.validate_on_submit():
            chosen = form.framework.data
            try:
                row = importing.keep(
                    session,
                    form.data_of_file(),
                    actor=g.actor,
                    file_format=form.chosen_format,
                    file_name=form.file.data.filename or "",
                    framework=queries.framework(session, int(chosen), actor=g.actor)
                    if chosen
                    else None,
                )
            except FileRefused as refusal:
                form.refuse_file(refusal)
            else:
                return redirect(url_for(".look", import_id=row.public_id), 303)
        page = render_template("credit/competencies/import.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<import_id>", methods=["GET", "POST"])
@access(office_staff)
def look(import_id: str) -> ResponseReturnValue:
    """What it would do; after it was done, the framework itself."""
    form, status = TakeForm(), 200
    with transaction() as session:
        row = importing.get(session, import_id, actor=g.actor)
        if row.taken_at is not None:
            return redirect(url_for("competencies.show", framework_id=row.framework_id), 303)
        if form.validate_on_submit():
            try:
                framework = importing.take(
                    session,
                    row,
                    actor=g.actor,
                    name=form.name.data or "",
                    seen=form.seen.data or "",
                    retire_gone=bool(form.retire_gone.data),
                )
            except ChangedMeanwhile as refusal:
                undo()
                form.form_errors.append(refusal.message)
                status = 409
            else:
                flash("Taken over.", "done")
                address = url_for("competencies.show", framework_id=framework.id)
                return redirect(address, 303)
        content, delta = importing.preview(session, row)
        form.seen.data = delta.fingerprint
        form.name.data = form.name.data or content.name or row.file_name.rpartition(".")[0]
        return render_template(
            "credit/competencies/preview.html",
            form=form,
            row=row,
            content=content,
            delta=delta,
            kind=WORDS[row.file_format],
            framework=queries.framework(session, row.framework_id, actor=g.actor)
            if row.framework_id
            else None,
            most=MOST_SHOWN,
            text_names=TEXTS,
        ), status
