"""A draft on last term's cases: what would come out otherwise. Nothing is changed by it."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.errors import InvalidInput, NotFound
from careerlink.institutions import term_queries
from careerlink.institutions.models import Term
from careerlink.security import access, office, office_staff
from careerlink.web import services, transaction
from careerlink.web.forms import as_number
from credit.policy import draft_queries, dry_run, dry_run_queries, editor_values
from credit.policy.draft_models import Finding, PolicyDraft, PolicyDryRun
from credit.policy.forms import DryRunForm

bp = Blueprint(
    "policies_tries", __name__, url_prefix="/office/policies/drafts/<draft_id>/tries"
)


@bp.get("")
@access(office)
def listed(draft_id: str) -> str:
    with transaction() as session:
        draft = draft_queries.get(session, draft_id, actor=g.actor)
        return _page(session, draft, DryRunForm(formdata=None))


@bp.post("")
@access(office_staff)
def begin(draft_id: str) -> ResponseReturnValue:
    with transaction() as session:
        draft = draft_queries.get(session, draft_id, actor=g.actor)
        form = DryRunForm()
        form.offer(*dry_run_queries.scopes(session, g.actor))
        if not form.validate_on_submit():
            return _page(session, draft, form), 422
        term, course = _scope(session, form.scope.data)
        try:
            run = dry_run.begin(session, draft, actor=g.actor, term=term, course=course)
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(session, draft, form), 422
    return redirect(url_for(".show", draft_id=draft_id, run_id=run.public_id), 303)


@bp.get("/<run_id>")
@access(office)
def show(draft_id: str, run_id: str) -> ResponseReturnValue:
    asked = request.args.get("show", Finding.CHANGED.value)
    if asked not in set(Finding):
        raise NotFound
    with transaction() as session:
        draft = draft_queries.get(session, draft_id, actor=g.actor)
        run = dry_run_queries.get(session, run_id, draft)
        page = render_template(
            "credit/policy/try.html",
            draft=draft,
            run=run,
            shown=asked,
            found=dry_run_queries.rows(
                session, run, Finding(asked), after=request.args.get("after")
            ),
            in_words=dry_run_queries.change_in_words,
            is_old=_is_old(draft, run),
        )
        is_done = run.finished_at is not None
    # The page asks by itself how far it is; at the end heading and lists are others, too.
    headers = {"HX-Refresh": "true"} if is_done and request.headers.get("HX-Request") else {}
    return page, headers


@bp.post("/<run_id>/on")
@access(office_staff)
def go_on(draft_id: str, run_id: str) -> ResponseReturnValue:
    """The next batch at once, where somebody does not wait for the worker."""
    with transaction() as session:
        draft = draft_queries.get(session, draft_id, actor=g.actor)
        run = dry_run_queries.get(session, run_id, draft, lock=True)
        dry_run.go_on(session, run)
        flash(f"Looked at {run.looked_at} of {run.total} cases.", "saved")
    return redirect(url_for(".show", draft_id=draft_id, run_id=run_id), 303)


@bp.get("/<run_id>/cases.csv")
@access(office)
def download(draft_id: str, run_id: str) -> Response:
    with transaction() as session:
        draft = draft_queries.get(session, draft_id, actor=g.actor)
        run = dry_run_queries.get(session, run_id, draft)
    lines = dry_run_queries.file_of(services().database, run.id)
    answer = Response(lines, mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="dry-run.csv"'
    return answer


def _is_old(draft: PolicyDraft, run: PolicyDryRun) -> bool:
    """Has the draft become another since it was tried?"""
    policy, _ = editor_values.read(draft.answers)
    return policy is None or policy.stored() != run.parameters


def _page(session: Session, draft: PolicyDraft, form: DryRunForm) -> str:
    form.offer(*dry_run_queries.scopes(session, g.actor))
    return render_template(
        "credit/policy/tries.html",
        form=form,
        draft=draft,
        runs=dry_run_queries.of_draft(session, draft),
        problems=editor_values.read(draft.answers)[1],
    )


def _scope(session: Session, value: str) -> tuple[Term | None, Course | None]:
    kind, _, key = value.partition(":")
    if kind == "term":
        return term_queries.get(session, as_number(key, 0), actor=g.actor), None
    course = session.scalar(
        select(Course).where(
            Course.public_id == key, Course.institution_id == g.actor.institution_id
        )
    )
    if course is None:
        raise NotFound
    return None, course
