"""The registrar's lists: choose a file, look at what it changes, take it over."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.csv_text import FileRefused
from careerlink.enrollments import keeping, looking, page, queries, reading, taking
from careerlink.enrollments.forms import CompareForm, TakeForm, UploadForm
from careerlink.enrollments.models import EnrollmentUpload
from careerlink.enrollments.reading import ReadFile
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPossible
from careerlink.security import access, office, office_staff
from careerlink.web import services, transaction, undo

bp = Blueprint("enrollments", __name__, url_prefix="/office/enrollments")


@bp.get("")
@access(office)
def listed() -> str:
    with transaction() as session:
        return _list(session, UploadForm(formdata=None))


@bp.post("")
@access(office_staff)
def upload() -> ResponseReturnValue:
    form = UploadForm()
    undo()  # On SQLite nobody else could write while a long list is read.
    database = services().database
    with database.read() as looking_up:
        terms = {str(term.id): term for term in queries.terms(looking_up, g.actor)}
    form.offer(list(terms.values()))
    read = _read(form)
    if read is None:
        with transaction() as session:
            return _list(session, form), 422
    upload_id = keeping.keep(
        database,
        read,
        actor=g.actor,
        term=terms.get(form.term.data or ""),
        file_name=form.file_name,
    )
    return redirect(url_for(".show", upload_id=upload_id), 303)


@bp.get("/<upload_id>")
@access(office)
def show(upload_id: str) -> str:
    with transaction() as session:
        found = queries.get(session, g.actor, upload_id)
        return _page(session, found, TakeForm(formdata=None))


@bp.post("/<upload_id>/take")
@access(office_staff)
def take(upload_id: str) -> ResponseReturnValue:
    form = TakeForm()
    with transaction() as session:
        found = queries.get(session, g.actor, upload_id)
        if not form.validate():
            return _page(session, found, form), 422
        try:
            taking.take(session, found, actor=g.actor, typed=form.typed)
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(session, queries.get(session, g.actor, upload_id), form), 422
        except (ChangedMeanwhile, NotPossible) as refusal:
            undo()
            form.form_errors.append(refusal.message)
            return _page(session, queries.get(session, g.actor, upload_id), form), 409
    return redirect(url_for(".show", upload_id=upload_id), 303)


@bp.post("/<upload_id>/compare")
@access(office_staff)
def compare(upload_id: str) -> ResponseReturnValue:
    with transaction() as session:
        found = queries.get(session, g.actor, upload_id)
        looking.again(session, found, actor=g.actor)
        is_compared = found.is_compared
    if is_compared:
        flash("Compared with what is known now.", "done")
    return redirect(url_for(".show", upload_id=upload_id), 303)


def _read(form: UploadForm) -> ReadFile | None:
    if form.validate():
        try:
            return reading.read(form.bytes_of_file())
        except FileRefused as refusal:
            form.refuse(refusal)
            form.file.errors = list(refusal.faults)
    return None


def _list(session: Session, form: UploadForm) -> str:
    form.offer(queries.terms(session, g.actor))
    waiting, _ = queries.waiting(session, g.actor, None)
    return render_template(
        "careerlink/enrollments/list.html",
        form=form,
        uploads=queries.listed(session, g.actor, request.args.get("after")),
        waiting=waiting,
        is_staff=g.actor.is_staff,
    )


def _page(session: Session, found: EnrollmentUpload, form: TakeForm) -> str:
    return render_template(
        "careerlink/enrollments/show.html",
        form=form,
        compare_form=CompareForm(formdata=None),
        **page.values(
            session,
            found,
            actor=g.actor,
            kind=request.args.get("kind", ""),
            after=request.args.get("after"),
        ),
    )
