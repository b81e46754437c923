"""The office's pages of policies: what there is, one of them, and where it holds."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.home import history
from careerlink.institutions import term_queries
from careerlink.institutions.models import Term
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from credit.policy import (
    changes,
    draft_queries,
    drafting,
    office_queries,
    operations,
    preview,
    queries,
    starting_points,
    use_queries,
    wording,
)
from credit.policy.forms import USUAL, BeginForm, DefaultForm
from credit.policy.history import conditions
from credit.policy.models import CreditPolicyVersion

bp = Blueprint("policies", __name__, url_prefix="/office/policies")


@bp.get("")
@access(office)
def listed() -> str:
    with transaction() as session:
        return render_template(
            "credit/policy/list.html",
            lines=office_queries.lines(session, g.actor),
            drafts=draft_queries.open_ones(session, g.actor),
            defaults=office_queries.defaults(session, g.actor),
        )


@bp.route("/new", methods=["GET", "POST"])
@access(office_staff)
def begin() -> ResponseReturnValue:
    with transaction() as session:
        starts = starting_points.offered(session, g.actor)
        form = BeginForm()
        form.offer([(one.value, one.label) for one in starts])
        if form.validate_on_submit():
            start = starting_points.chosen(starts, form.start.data)
            try:
                draft = drafting.begin(
                    session,
                    name=form.name.data or "",
                    parameters=start.parameters,
                    source=start.source,
                    actor=g.actor,
                )
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                return redirect(url_for("policies_drafts.edit", draft_id=draft.public_id), 303)
        page = render_template("credit/policy/begin.html", form=form, starts=starts)
    return page, 422 if form.is_submitted() else 200


@bp.get("/<policy_id>")
@access(office)
def show(policy_id: str) -> str:
    with transaction() as session:
        version = queries.get(session, policy_id, actor=g.actor)
        return render_template("credit/policy/office.html", **_values(session, version))


@bp.get("/<policy_id>/history")
@access(office)
def show_history(policy_id: str) -> str:
    """Of all its versions and drafts, and where each is used."""
    with transaction() as session:
        version = queries.get(session, policy_id, actor=g.actor)
        versions = office_queries.versions_of(session, version, g.actor)
        return render_template(
            "credit/policy/history.html",
            version=version,
            versions=versions,
            uses=office_queries.uses_of(session, g.actor),
            cases=use_queries.per_version(session, versions, g.actor),
            courses=use_queries.by_course(session, versions, g.actor),
            most_courses=use_queries.MOST,
            lines=history.lines_where(
                session, conditions(versions), actor=g.actor, most=history.LONGEST
            ),
        )


@bp.post("/<policy_id>/draft")
@access(office_staff)
def write_on(policy_id: str) -> ResponseReturnValue:
    """The next version begins as this one."""
    with transaction() as session:
        version = queries.get(session, policy_id, actor=g.actor)
        draft = drafting.begin(
            session,
            name=version.name,
            parameters=queries.parameters_of(version),
            source=version.source,
            actor=g.actor,
            based_on=version,
        )
    return redirect(url_for("policies_drafts.edit", draft_id=draft.public_id), 303)


@bp.post("/<policy_id>/default")
@access(office_staff)
def make_default(policy_id: str) -> ResponseReturnValue:
    with transaction() as session:
        version = queries.get(session, policy_id, actor=g.actor)
        form = _default_form(session)
        if not form.validate_on_submit():
            values = _values(session, version) | {"form": form}
            return render_template("credit/policy/office.html", **values), 422
        term = _term(session, form.scope.data)
        operations.choose_default(session, version, actor=g.actor, term=term)
        where = term.name if term else "every term without a policy of its own"
        flash(f"New cases in {where} open under version {version.number}.", "done")
    return redirect(url_for(".show", policy_id=policy_id), 303)


@bp.post("/terms/<int:term_id>/end")
@access(office_staff)
def end_default(term_id: int) -> ResponseReturnValue:
    """The term goes by the usual policy again."""
    with transaction() as session:
        term = term_queries.get(session, term_id, actor=g.actor)
        operations.drop_term_default(session, term, actor=g.actor)
        flash(f"New cases in {term.name} open under the usual policy again.", "done")
    return redirect(url_for(".listed"), 303)


def _values(session: Session, version: CreditPolicyVersion) -> dict[str, object]:
    versions = office_queries.versions_of(session, version, g.actor)
    uses = office_queries.uses_of(session, g.actor)
    policy = queries.parameters_of(version)
    against = _against(versions, version)
    other = queries.parameters_of(against) if against else policy
    return {
        "version": version,
        "versions": versions,
        "uses": uses,
        "use": uses.get(version.id, office_queries.Use()),
        "on_older": sum(
            uses[one.id].open_cases
            for one in versions
            if one.number < versions[0].number and one.id in uses
        ),
        "courses": office_queries.courses_by(session, versions),
        "rules": wording.rules_of(policy),
        "signers": preview.signers(policy),
        "policy": policy,
        "examples": preview.examples(policy),
        "bars": preview.bars(policy),
        "bars_title": preview.bars_title(policy),
        "against": against,
        "differences": changes.between(other, policy),
        "worth": changes.worth_of_hours(other, policy),
        "form": _default_form(session),
    }


def _against(
    versions: Sequence[CreditPolicyVersion], version: CreditPolicyVersion
) -> CreditPolicyVersion | None:
    """The version that the reader named, else the one before."""
    named = request.args.get("against", "")
    before = [one for one in versions if one.number < version.number]
    chosen = next((one for one in versions if one.public_id == named), None)
    if chosen is not None and chosen is not version:
        return chosen
    return before[0] if before else None


def _default_form(session: Session) -> DefaultForm:
    form = DefaultForm()
    form.offer(term_queries.all_of(session, g.actor))
    return form


def _term(session: Session, scope: str) -> Term | None:
    return None if scope == USUAL else term_queries.get(session, int(scope), actor=g.actor)
