"""Proposing a change: the same pages in the course and behind a link."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.errors import InvalidInput, NotFound, NotPermitted, NotPossible
from careerlink.placements.models import Placement, PlacementState
from careerlink.web import transaction, undo
from credit.agreements import amending, amending_page, amending_parties, versions
from credit.agreements.amending_forms import (
    ChangePlanForm,
    EndForm,
    values_of,
)
from credit.agreements.amending_page import Address
from credit.agreements.amending_rules import Proposal
from credit.agreements.amending_workflow import party_of
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.plan import plan_of
from credit.agreements.signature_models import Party
from credit.hours import plan as hours_plan

PLAN = "plan"
END = "end"
SENT = "Proposed. Who has to sign gets a mail; until then the agreement stays as it is."
DONE = "The change is in force."


@dataclass(frozen=True)
class Site:
    """Where these pages are for who is looking, and the frame around them."""

    layout: str
    at: Address
    back_url: str


def start(placement: Placement, site: Site) -> ResponseReturnValue:
    with transaction() as session:
        return render_template(
            "credit/agreements/change_start.html",
            **frame(placement, site),
            rules=amending_page.rules(hours_plan.policy_of(session, placement)),
            why_not=amending.why_not_changeable(session, placement),
            waiting=versions.get_waiting(session, placement),
            may_propose=amending_parties.may_propose(session, g.actor, placement),
            is_planned=placement.state == PlacementState.PLANNED,
        )


def write(placement: Placement, site: Site, what: str) -> ResponseReturnValue:
    with transaction() as session:
        base = _base(session, placement)
        form = _form(what, formdata=False, base=base)
        if earlier := request.args.get("anew", ""):
            _begin_with(session, form, versions.get(session, placement, earlier))
        return _write_page(session, placement, site, form, what)


def propose(placement: Placement, site: Site, what: str) -> ResponseReturnValue:
    """Show what it would change first; then write it down, signed by whoever proposes it."""
    wants = request.form.get("action") == "propose"
    shown: dict[str, Any] | None = None
    status = 422
    with transaction() as session:
        base = _base(session, placement)
        form = _form(what, formdata=True, base=base)
        if form.validate():
            try:
                shown = _preview(session, base, _proposal(form, base))
                if wants and form.seen.data == shown["seen"] and _is_signed(placement, form):
                    made = _propose(session, placement, form, base)
                    flash(
                        SENT if made.state == AgreementState.AWAITING_SIGNATURES else DONE,
                        "done",
                    )
                    return redirect(site.at("show", version_id=made.public_id), 303)
                status = 422 if wants else 200
            except InvalidInput as refusal:
                form.refuse(refusal)
                shown = None
    if shown is not None:
        form.seen.data = shown["seen"]
    with transaction() as session:
        return _write_page(session, placement, site, form, what, shown), status


def _form(what: str, *, formdata: bool, base: LearningAgreement) -> ChangePlanForm | EndForm:
    plan = plan_of(base)
    if what == PLAN:
        return ChangePlanForm() if formdata else ChangePlanForm(None, data=values_of(plan))
    if what != END:
        raise NotFound
    form = EndForm() if formdata else EndForm(None, data={"ends_on": plan.ends_on})
    form.offer(is_planned=base.placement.state == PlacementState.PLANNED)
    return form


def _begin_with(
    session: Session, form: ChangePlanForm | EndForm, earlier: LearningAgreement
) -> None:
    """What came to nothing is proposed anew without typing it again."""
    amendment = versions.amendment_of(session, earlier)
    if amendment is None or earlier.state not in (
        AgreementState.REFUSED,
        AgreementState.WITHDRAWN,
    ):
        raise NotFound
    data = {**values_of(plan_of(earlier)), "reason": amendment.reason}
    if isinstance(form, EndForm):
        data["ending"] = amendment.ending.value if amendment.ending else None
    form.process(None, data=data)


def _base(session: Session, placement: Placement) -> LearningAgreement:
    if not amending_parties.may_propose(session, g.actor, placement):
        raise NotPermitted(amending.WHO_MAY)
    if why := amending.why_not_changeable(session, placement):
        raise NotPossible(why)
    base = versions.get_in_force(session, placement)
    if base is None:
        raise NotPossible(amending.NOT_IN_FORCE)
    return base


def _proposal(form: ChangePlanForm | EndForm, base: LearningAgreement) -> Proposal:
    return form.proposal(plan_of(base), clock.today(base.placement.institution.time_zone))


def _preview(session: Session, base: LearningAgreement, proposal: Proposal) -> dict[str, Any]:
    """What the page of the change would show, of a version that is taken back at once."""
    signers = amending.check(session, base, proposal, actor=g.actor)
    agreement = amending.write_version(
        session, base, proposal, signers=signers, supervisors=(), actor=g.actor
    )
    values = amending_page.values(session, agreement, g.actor, _nowhere)
    undo()
    shown = {key: values[key] for key in ("kinds", "changes", "effects", "warnings")}
    said = [
        proposal.reason,
        *([one.title, one.label, *map(str, one.pieces)] for one in shown["changes"]),
        *(asdict(one) for one in shown["effects"]),
    ]
    seen = hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
    return {**shown, "signers": amending_page.listed(signers), "seen": seen}


def _propose(
    session: Session,
    placement: Placement,
    form: ChangePlanForm | EndForm,
    base: LearningAgreement,
) -> LearningAgreement:
    return amending.propose(
        session,
        placement,
        _proposal(form, base),
        actor=g.actor,
        signed_name=form.signed_name.data or "",
    )


def _is_signed(placement: Placement, form: ChangePlanForm | EndForm) -> bool:
    return party_of(g.actor, placement) is None or form.is_signed()


def _write_page(
    session: Session,
    placement: Placement,
    site: Site,
    form: ChangePlanForm | EndForm,
    what: str,
    shown: dict[str, Any] | None = None,
) -> str:
    party = party_of(g.actor, placement)
    return render_template(
        "credit/agreements/change_write.html",
        **frame(placement, site),
        form=form,
        what=what,
        shown=shown,
        signs=party is not None,
        is_student=party == Party.STUDENT,
        is_planned=placement.state == PlacementState.PLANNED,
    )


def done(agreement: LearningAgreement, waits: str) -> str:
    return waits if agreement.state == AgreementState.AWAITING_SIGNATURES else DONE


def frame(placement: Placement, site: Site) -> dict[str, Any]:
    return {
        "layout": site.layout,
        "at": site.at,
        "back_url": site.back_url,
        "placement": placement,
        "is_contact": g.actor.contact_id is not None,
    }


def _nowhere(_page: str, **_values: str) -> str:
    return ""
