"""Earlier credit of many students: choose a file, look at what it says, put it on record."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.csv_text import FileRefused
from careerlink.enrollments.operations import lock_lists
from careerlink.errors import InvalidInput
from careerlink.security import access, office_staff
from careerlink.web import transaction
from credit.earlier import lines, uploading
from credit.earlier.comparing import Change
from credit.earlier.upload_forms import TakeForm, UploadForm
from credit.earlier.uploading import Delta

bp = Blueprint("earlier_upload", __name__, url_prefix="/office/earlier-credit")
MOST_SHOWN = 200


@bp.route("", methods=["GET", "POST"])
@access(office_staff)
def choose() -> ResponseReturnValue:
    form = UploadForm()
    with transaction() as session:
        if form.validate_on_submit():
            try:
                text, source = form.text_of_file(), (form.source.data or "").strip()
                delta = uploading.compare(session, text, source=source, actor=g.actor)
                return _preview(delta, TakeForm(formdata=None), text=text, source=source)
            except FileRefused as refusal:
                form.refuse(refusal)
                form.file.errors = list(refusal.faults)
        page = render_template("credit/earlier/upload.html", form=form, most=lines.MOST_ROWS)
    return page, 422 if form.is_submitted() else 200


@bp.post("/take")
@access(office_staff)
def take() -> ResponseReturnValue:
    """What was looked at, and only that: another delta since is shown first."""
    form = TakeForm()
    with transaction() as session:
        if not form.validate():
            raise InvalidInput("The file did not come along. Choose it again.")
        # What one file puts on record, the next has to see.
        lock_lists(session, g.actor.institution_id)
        delta = _compared(session, form)
        # Pressed twice, the second finds everything on record.
        if delta.fingerprint != form.seen.data and not delta.is_empty:
            form.form_errors.append("What is on record was changed meanwhile. Look once more.")
            return _preview(delta, form), 409
        number = uploading.take(session, delta, actor=g.actor)
    if number:
        flash(f"{number} {'line' if number == 1 else 'lines'} put on record.", "done")
    else:
        flash("All of it is on record already.", "done")
    if left := len(delta.of(Change.PROBLEM)):
        flash(f"{left} with a problem left out. Mend and upload them again.", "wait")
    return redirect(url_for(".choose"), 303)


def _compared(session: Session, form: TakeForm) -> Delta:
    text, source = form.text.data or "", form.source.data or ""
    return uploading.compare(session, text, source=source, actor=g.actor)


def _preview(delta: Delta, form: TakeForm, **values: str) -> str:
    for name, value in values.items():
        form[name].data = value
    form.seen.data = delta.fingerprint
    return render_template(
        "credit/earlier/preview.html", form=form, delta=delta, most=MOST_SHOWN
    )
