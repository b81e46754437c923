"""The office's pages of frameworks: what there is, its texts, and files for other systems."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerlink.errors import InvalidInput
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from credit.competencies import editing, levels, queries
from credit.competencies.files import exchange
from credit.competencies.forms import CompetencyForm, FrameworkForm, values_of
from credit.competencies.models import CompetencyFramework, FileFormat

bp = Blueprint("competencies", __name__, url_prefix="/office/competencies")


@bp.get("")
@access(office)
def listed() -> str:
    with transaction() as session:
        return render_template(
            "credit/competencies/list.html", frameworks=queries.frameworks(session, g.actor)
        )


@bp.get("/<int:framework_id>")
@access(office)
def show(framework_id: int) -> str:
    with transaction() as session:
        framework = queries.framework(session, framework_id, actor=g.actor)
        found = queries.page_of(session, framework, after=request.args.get("after"))
        return render_template(
            "credit/competencies/show.html",
            framework=framework,
            found=found,
            above=queries.labels_above(session, found.rows),
            formats=exchange.WORDS,
            described=levels.described,
        )


@bp.route("/<int:framework_id>/edit", methods=["GET", "POST"])
@access(office_staff)
def edit_framework(framework_id: int) -> ResponseReturnValue:
    with transaction() as session:
        framework = queries.framework(session, framework_id, actor=g.actor)
        form = FrameworkForm(data=_values(framework))
        if form.validate_on_submit():
            editing.edit_framework(
                session, framework, form.texts(), actor=g.actor, seen=form.version.data
            )
            flash("Saved.", "saved")
            return redirect(url_for(".show", framework_id=framework_id), 303)
        page = render_template(
            "credit/competencies/framework.html", form=form, framework=framework
        )
    return page, 422 if form.is_submitted() else 200


@bp.route("/items/<int:competency_id>", methods=["GET", "POST"])
@access(office_staff)
def edit(competency_id: int) -> ResponseReturnValue:
    with transaction() as session:
        row = queries.competency(session, competency_id, actor=g.actor)
        form = CompetencyForm(data=values_of(row))
        if form.validate_on_submit():
            try:
                editing.edit(session, row, form.texts(), actor=g.actor, seen=form.version.data)
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash("Saved. What was signed or rated before keeps its words.", "saved")
                return redirect(_page_of(row.framework_id, row.id), 303)
        page = render_template("credit/competencies/edit.html", form=form, competency=row)
    return page, 422 if form.is_submitted() else 200


@bp.post("/items/<int:competency_id>/<any(retire, bring_back):step>")
@access(office_staff)
def move(competency_id: int, step: str) -> ResponseReturnValue:
    with transaction() as session:
        row = queries.competency(session, competency_id, actor=g.actor)
        getattr(editing, step)(session, row, actor=g.actor)
        address = _page_of(row.framework_id, row.id)
    flash(_said(step), "done")
    return redirect(address, 303)


@bp.post("/<int:framework_id>/<any(retire, bring_back):step>")
@access(office_staff)
def move_framework(framework_id: int, step: str) -> ResponseReturnValue:
    with transaction() as session:
        framework = queries.framework(session, framework_id, actor=g.actor)
        getattr(editing, step)(session, framework, actor=g.actor)
    flash(_said(step), "done")
    return redirect(url_for(".show", framework_id=framework_id), 303)


@bp.get("/<int:framework_id>/export/<any(case, canvas, moodle):file_format>")
@access(office)
def export(framework_id: int, file_format: str) -> Response:
    chosen = FileFormat(file_format)
    with transaction() as session:
        framework = queries.framework(session, framework_id, actor=g.actor)
        rows = queries.rows_of(session, framework)
        data = exchange.write(exchange.content_of(framework, rows, chosen))
    extension, mimetype = exchange.EXTENSIONS[chosen]
    answer = Response(data, mimetype=mimetype)
    name = f"competencies-{framework_id}-{chosen.value}.{extension}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _values(framework: CompetencyFramework) -> dict[str, object]:
    return {
        "version": framework.version,
        "name": framework.name,
        "source": framework.source,
        "description": framework.description,
        "is_usual": not framework.only_by_choice,
    }


def _page_of(framework_id: int, competency_id: int) -> str:
    return url_for(".show", framework_id=framework_id, _anchor=f"c{competency_id}")


def _said(step: str) -> str:
    if step == "retire":
        return "Retired: not offered any more. Plans and evaluations that name it keep it."
    return "In use again."
