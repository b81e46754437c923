"""What career staff do to a partner and its file. Nothing here commits or knows of HTTP."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.files.models import Attachment
from careerlink.listings import search
from careerlink.partners import checklist
from careerlink.partners.models import (
    CheckOutcome,
    DocumentKind,
    Partner,
    PartnerCheck,
    PartnerDocument,
    PartnerState,
)
from careerlink.partners.workflow import WORKFLOW
from careerlink.people.actors import Actor

FACTS = ("name", "kind", "field", "website", "city", "region", "country", "about")


def only_staff(actor: Actor, institution_id: int) -> None:
    if not actor.is_staff or actor.institution_id != institution_id:
        raise NotPermitted("Only career staff may change a partner's file.")


def propose(session: Session, *, actor: Actor, **facts: Any) -> Partner:
    """Open a file for a partner. The same name twice is one partner, so it is refused."""
    only_staff(actor, actor.institution_id)
    _refuse_same_name(session, actor.institution_id, facts["name"], but=None)
    now = clock.now()
    partner = Partner(
        institution_id=actor.institution_id, created_at=now, state_since=now, **facts
    )
    session.add(partner)
    audit.record(session, "partner:propose", partner, actor=actor, after=PartnerState.PROPOSED)
    return partner


def change_facts(session: Session, partner: Partner, *, actor: Actor, **facts: Any) -> None:
    only_staff(actor, partner.institution_id)
    changed = [name for name in FACTS if facts.get(name) not in (None, getattr(partner, name))]
    if not changed:
        return
    if "name" in changed:
        _refuse_same_name(session, partner.institution_id, facts["name"], but=partner.id)
    for name in changed:
        setattr(partner, name, facts[name])
    if "name" in changed:
        search.keep_partner_current(session, partner)
    audit.record(session, "partner:change", partner, actor=actor, fields=changed)


def start_review(session: Session, partner: Partner, *, actor: Actor) -> None:
    states.move(session, partner, PartnerState.UNDER_REVIEW, WORKFLOW, actor=actor)


def reopen(session: Session, partner: Partner, *, actor: Actor, reason: str) -> None:
    states.move(
        session, partner, PartnerState.UNDER_REVIEW, WORKFLOW, actor=actor, reason=reason
    )


def approve(
    session: Session,
    partner: Partner,
    *,
    actor: Actor,
    until: date,
    today: date,
    reason: str = "",
) -> None:
    """Approve, extend or resume until a day; ``today`` is the campus's own."""
    if until < today:
        raise InvalidInput("Choose a day from today on.", field="until")
    changes: dict[str, Any] = {"approved_until": until}
    if partner.state != PartnerState.PAUSED:
        changes["approved_at"] = clock.now()
    states.move(
        session,
        partner,
        PartnerState.APPROVED,
        WORKFLOW,
        actor=actor,
        reason=reason,
        detail={"until": until.isoformat()},
        **changes,
    )


def pause(session: Session, partner: Partner, *, actor: Actor, reason: str) -> None:
    """Nothing new may start here; what runs goes on and is looked at one by one."""
    states.move(session, partner, PartnerState.PAUSED, WORKFLOW, actor=actor, reason=reason)


def decline(session: Session, partner: Partner, *, actor: Actor, reason: str) -> None:
    states.move(session, partner, PartnerState.DECLINED, WORKFLOW, actor=actor, reason=reason)


def record_check(
    session: Session,
    partner: Partner,
    *,
    actor: Actor,
    item: str,
    outcome: CheckOutcome,
    evidence: str,
) -> PartnerCheck:
    """Answer one item of the checklist; earlier answers stay in the file."""
    only_staff(actor, partner.institution_id)
    if item not in checklist.ITEMS:
        raise InvalidInput("Choose an item of the checklist.", field="item")
    if not evidence.strip():
        raise InvalidInput("Say what you saw, and where.", field="evidence")
    check = PartnerCheck(
        item=item,
        outcome=outcome,
        evidence=evidence.strip(),
        checked_by_id=actor.person_id,
        checked_at=clock.now(),
    )
    partner.checks.append(check)
    session.flush()
    audit.record(
        session, "partner:check", partner, actor=actor, item=item, outcome=outcome.value
    )
    return check


def add_document(
    session: Session,
    partner: Partner,
    *,
    actor: Actor,
    kind: DocumentKind,
    title: str,
    expires_on: date | None,
    attachment: Attachment | None = None,
) -> PartnerDocument:
    only_staff(actor, partner.institution_id)
    document = PartnerDocument(
        partner_id=partner.id,
        kind=kind,
        title=title,
        expires_on=expires_on,
        attachment=attachment,
        added_by_id=actor.person_id,
        added_at=clock.now(),
    )
    session.add(document)
    session.flush()
    audit.record(
        session, "partner:add_document", partner, actor=actor, document=document.id, kind=kind
    )
    return document


def _refuse_same_name(
    session: Session, institution_id: int, name: str, *, but: int | None
) -> None:
    found = session.scalar(
        select(Partner.id).where(
            Partner.institution_id == institution_id,
            Partner.name == name,
            Partner.id != (but or 0),
        )
    )
    if found is not None:
        raise InvalidInput("A partner of this name is on file; open that one.", field="name")
