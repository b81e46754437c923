"""The editor: a draft as typed, what it means beside it, and its publication."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import ChangedMeanwhile, NotPossible
from careerlink.security import access, office, office_staff
from careerlink.web import transaction, undo
from careerlink.web.forms import as_number
from credit.policy import (
    changes,
    draft_queries,
    drafting,
    editor_form,
    editor_values,
    office_queries,
    preview,
    queries,
    wording,
)
from credit.policy.draft_models import PolicyDraft
from credit.policy.editor_questions import CHANGES, GROUPS
from credit.policy.forms import PublishForm

ALWAYS_OPEN = ("hours", "counts", "time")
bp = Blueprint("policies_drafts", __name__, url_prefix="/office/policies/drafts")


@bp.get("/<draft_id>")
@access(office)
def edit(draft_id: str) -> ResponseReturnValue:
    with transaction() as session:
        draft = draft_queries.get(session, draft_id, actor=g.actor)
        if draft.published is not None:
            return redirect(url_for("policies.show", policy_id=draft.published.public_id), 303)
        return _page(session, draft, draft.answers, draft.version)


@bp.post("/<draft_id>")
@access(office_staff)
def save(draft_id: str) -> ResponseReturnValue:
    """Kept whatever it says; what is wrong with it stands at its field."""
    answers = editor_form.typed(request.form)
    with transaction() as session:
        draft = draft_queries.get(session, draft_id, actor=g.actor, lock=True)
        try:
            changed = drafting.save(
                session, draft, answers, actor=g.actor, seen=_seen(request.form.get("seen"))
            )
        except ChangedMeanwhile:
            undo()
            draft = draft_queries.get(session, draft_id, actor=g.actor)
            theirs = editor_form.changes_between(draft.answers, answers)
            return _page(session, draft, answers, draft.version, theirs=theirs), 409
        _, problems = editor_values.check(answers)
        if problems:
            page = _page(session, draft, answers, draft.version)
    if problems:
        return page, 422
    if request.form.get("action") == "publish":
        return redirect(url_for(".publish", draft_id=draft_id), 303)
    flash("Saved. The preview shows what it means now." if changed else "Saved.", "saved")
    return redirect(url_for(".edit", draft_id=draft_id), 303)


@bp.post("/<draft_id>/keep")
@access(office_staff)
def keep(draft_id: str) -> ResponseReturnValue:
    """What the page sends by itself while somebody types."""
    with transaction() as session:
        draft = draft_queries.get(session, draft_id, actor=g.actor, lock=True)
        drafting.save(
            session,
            draft,
            editor_form.typed(request.form),
            actor=g.actor,
            seen=_seen(request.form.get("seen")),
        )
    return "", 204


@bp.post("/<draft_id>/<any(away, back):step>")
@access(office_staff)
def move(draft_id: str, step: str) -> ResponseReturnValue:
    with transaction() as session:
        draft = draft_queries.get(session, draft_id, actor=g.actor, lock=True)
        if step == "away":
            drafting.put_away(session, draft, actor=g.actor)
            flash(f"The draft of {draft.name} is put away. Nothing of it is lost.", "done")
            return redirect(url_for("policies.listed"), 303)
        drafting.bring_back(session, draft, actor=g.actor)
    return redirect(url_for(".edit", draft_id=draft_id), 303)


@bp.route("/<draft_id>/publish", methods=["GET", "POST"])
@access(office_staff)
def publish(draft_id: str) -> ResponseReturnValue:
    status, stale = 200, ""
    with transaction() as session:
        is_post = request.method == "POST"
        draft = draft_queries.get(session, draft_id, actor=g.actor, lock=is_post)
        form = PublishForm()
        if form.validate_on_submit():
            try:
                version = drafting.publish(
                    session,
                    draft,
                    actor=g.actor,
                    seen=form.seen.data,
                    newest_seen=form.newest.data,
                    note=form.note.data or "",
                )
            except ChangedMeanwhile as refusal:
                undo()
                draft = draft_queries.get(session, draft_id, actor=g.actor)
                status, stale = 409, refusal.message
            else:
                flash(f"{version.name}, version {version.number} is published.", "done")
                return redirect(url_for("policies.show", policy_id=version.public_id), 303)
        elif form.is_submitted():
            status = 422
        return _publish_page(session, draft, form, stale), status


def _publish_page(session: Session, draft: PolicyDraft, form: PublishForm, stale: str) -> Any:
    if draft.published is not None:
        return redirect(url_for("policies.show", policy_id=draft.published.public_id), 303)
    policy, problems = editor_values.check(draft.answers)
    if policy is None:
        raise NotPossible("Some answers need another look first.", list(problems.values()))
    newest = draft_queries.newest_named(session, draft.name, g.actor)
    form.seen.data, form.newest.data = draft.version, newest.id if newest else ""
    uses = office_queries.uses_of(session, g.actor)
    before = queries.parameters_of(newest) if newest else policy
    return render_template(
        "credit/policy/publish.html",
        form=form,
        draft=draft,
        stale=stale,
        newest=newest,
        is_behind=newest is not None and newest.id != draft.based_on_id,
        use=uses.get(newest.id, office_queries.Use()) if newest else office_queries.Use(),
        differences=changes.between(before, policy),
        worth=changes.worth_of_hours(before, policy),
        rules=wording.rules_of(policy),
    )


def _page(
    session: Session,
    draft: PolicyDraft,
    answers: "editor_values.Answers",
    seen: int,
    theirs: list[tuple[str, str, str]] | None = None,
) -> str:
    policy, _ = editor_values.read(answers)
    form = editor_form.filled(answers, seen)
    return render_template(
        "credit/policy/edit.html",
        form=form,
        draft=draft,
        theirs=theirs,
        groups=GROUPS,
        always_open=ALWAYS_OPEN,
        opened=editor_form.unusual_groups(answers, form.errors),
        rule_names=changes.TITLES,
        changes=CHANGES,
        is_open=draft.closed_at is None and g.actor.is_staff,
        policy=policy,
        rules=wording.rules_of(policy) if policy else [],
        examples=preview.examples(policy) if policy else [],
        bars=preview.bars(policy) if policy else [],
        bars_title=preview.bars_title(policy) if policy else "",
        differences=changes.between(queries.parameters_of(draft.based_on), policy)
        if policy and draft.based_on
        else [],
        **editor_form.rows(answers),
    )


def _seen(text: str | None) -> int:
    return as_number(text, -1)
