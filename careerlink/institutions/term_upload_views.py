"""A calendar from a file: choose it, look at what it would change, take it over."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.csv_text import FileRefused
from careerlink.errors import InvalidInput
from careerlink.institutions import term_files
from careerlink.institutions.term_forms import TakeForm, UploadForm
from careerlink.security import access, office_staff
from careerlink.web import transaction

bp = Blueprint("terms_upload", __name__, url_prefix="/office/terms/upload")
MOST_SHOWN = 200


@bp.route("", methods=["GET", "POST"])
@access(office_staff)
def choose() -> ResponseReturnValue:
    form = UploadForm()
    with transaction() as session:
        if form.validate_on_submit():
            try:
                return _preview(session, form.text_of_file(), TakeForm(formdata=None))
            except FileRefused as refusal:
                form.refuse(refusal)
                form.file.errors = list(refusal.faults)
        page = render_template(
            "careerlink/terms/upload.html",
            form=form,
            columns=term_files.COLUMNS,
            needed=term_files.REQUIRED,
        )
    return page, 422 if form.is_submitted() else 200


@bp.post("/take")
@access(office_staff)
def take() -> ResponseReturnValue:
    """What was looked at, and only that: another delta since is shown first."""
    form = TakeForm()
    with transaction() as session:
        if not form.validate_on_submit():
            raise InvalidInput("The file did not come along. Choose it again.")
        text = form.text.data or ""
        delta = term_files.compare(session, text, actor=g.actor)
        if delta.fingerprint != form.seen.data:
            form.form_errors.append("The calendar was changed meanwhile. Look once more.")
            return _preview(session, text, form), 409
        number = term_files.take(session, delta, actor=g.actor)
        left = len(delta.of("problem"))
        flash(f"{number} {'term' if number == 1 else 'terms'} taken over.", "done")
        if left:
            flash(f"{left} with a problem left out. Mend and upload them again.", "wait")
    return redirect(url_for("terms.listed"), 303)


def _preview(session: Session, text: str, form: TakeForm) -> str:
    delta = term_files.compare(session, text, actor=g.actor)
    form.text.data, form.seen.data = text, delta.fingerprint
    return render_template(
        "careerlink/terms/preview.html", form=form, delta=delta, most=MOST_SHOWN
    )
