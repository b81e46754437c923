"""The rules of a course, in words; whoever teaches it may choose another policy."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.security import access, in_course, sets_up
from careerlink.web import transaction
from credit.policy import changes, office_queries, operations, preview, queries, wording
from credit.policy.changes import Change
from credit.policy.forms import ChoosePolicyForm
from credit.policy.models import CreditPolicyVersion

bp = Blueprint("policy", __name__)


@bp.get("/courses/<course_id>/policy")
@access(in_course)
def show(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        asked_for = request.args.get("version", "")
        current = queries.policy_for(session, g.course)
        version = queries.get(session, asked_for, actor=g.actor) if asked_for else current
        may_choose = operations.may_choose(g.actor, g.course)
        choices = queries.latest_of_each(session, g.actor) if may_choose else []
        form = ChoosePolicyForm(data={"version": _offered(choices, version or current)})
        form.offer([(v.public_id, f"{v.name}, version {v.number}") for v in choices])
        policy = queries.parameters_of(version) if version else None
        return render_template(
            "credit/policy/show.html",
            version=version,
            policy=policy,
            rules=wording.rules_of(policy) if policy else [],
            signers=preview.signers(policy) if policy else [],
            examples=preview.examples(policy) if policy else [],
            bars=preview.bars(policy) if policy else [],
            bars_title=preview.bars_title(policy) if policy else "",
            is_current=version is current,
            current=current,
            choices=[one for one in choices if one is not version],
            **_differences(current, version),
            on_others=_on_others(session, current) if may_choose else 0,
            form=form if len(choices) > 1 or (choices and current is None) else None,
        )


def _differences(
    current: CreditPolicyVersion | None, version: CreditPolicyVersion | None
) -> dict[str, list[Change]]:
    if current is None or version is None:
        return {"differences": [], "worth": []}
    before, after = queries.parameters_of(current), queries.parameters_of(version)
    same = current.name == version.name
    return {
        "differences": changes.between(before, after, with_clauses=same),
        "worth": changes.worth_of_hours(before, after),
    }


def _offered(choices: Sequence[CreditPolicyVersion], read: CreditPolicyVersion | None) -> str:
    """What the reader looks at, in its newest version: no older one can be chosen anew."""
    found = (one.public_id for one in choices if read is not None and one.name == read.name)
    return next(found, "")


def _on_others(session: Session, current: CreditPolicyVersion | None) -> int:
    """Open cases of the course that go by another version than new ones do."""
    found = office_queries.open_in_course(session, g.course)
    return sum(number for key, number in found.items() if current is None or key != current.id)


@bp.post("/courses/<course_id>/policy")
@access(sets_up)
def choose(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        version = queries.get(session, request.form.get("version", ""), actor=g.actor)
        operations.choose_for_course(session, g.course, version, actor=g.actor)
    flash(f"New cases open under {version.name}, version {version.number}.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)
