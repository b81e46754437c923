"""The projects of a case: which count, which are left out, and what became of the others."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerlink.errors import NotFound
from careerlink.security import access, teaches_or_office
from careerlink.web import transaction
from credit.cases import bundle, life_page, queries
from credit.cases.life_forms import WhyForm

bp = Blueprint("cases_projects", __name__)
AT = "/courses/<course_id>/cases/<case_id>/projects"
DONE = {
    "leave-out": "The project goes on without credit.",
    "put-back": "The project counts in this case again.",
}


@bp.get(AT)
@access(teaches_or_office)
def show(course_id: str, case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        case = queries.get(session, case_id, actor=g.actor, course=g.course)
        return render_template(
            "credit/cases/projects.html", **life_page.projects(session, case, actor=g.actor)
        )


@bp.route(f"{AT}/<placement_id>/<any('leave-out', 'put-back'):deed>", methods=["GET", "POST"])
@access(teaches_or_office)
def arrange(course_id: str, case_id: str, placement_id: str, deed: str) -> ResponseReturnValue:
    form = WhyForm()
    with transaction() as session:
        case = queries.get(session, case_id, actor=g.actor, course=g.course)
        if not bundle.may_arrange(g.actor, case):
            raise NotFound
        link = bundle.current_link(session, case, placement_id)
        if form.validate_on_submit():
            act = bundle.leave_out if deed == "leave-out" else bundle.put_back
            act(session, case, placement_id, actor=g.actor, reason=form.reason.data or "")
            flash(DONE[deed], "done")
            return redirect(url_for(".show", course_id=course_id, case_id=case_id), 303)
        page = render_template(
            "credit/cases/arrange.html", form=form, case=case, link=link, deed=deed
        )
        return page, 422 if form.is_submitted() else 200
