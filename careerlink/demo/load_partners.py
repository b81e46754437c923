"""Sample partners with their contacts, checks and documents as rows."""

from careerlink import audit, clock
from careerlink.demo import catalog
from careerlink.demo.loading import Loading
from careerlink.partners.checklist import CHECKLIST
from careerlink.partners.models import (
    CheckOutcome,
    ContactAtPartner,
    DocumentKind,
    Partner,
    PartnerCheck,
    PartnerContact,
    PartnerDocument,
    PartnerKind,
    PartnerState,
)

KINDS = {
    "company": PartnerKind.COMPANY,
    "nonprofit": PartnerKind.NONPROFIT,
    "public": PartnerKind.PUBLIC_BODY,
}


def load(loading: Loading) -> None:
    for partner in loading.content.partners:
        _partner(loading, partner)
    for partner in loading.content.partners:
        _contacts_elsewhere(loading, partner)


def end(loading: Loading) -> None:
    """Pause those that are paused by now."""
    for partner in loading.content.partners:
        if partner.vetting != "paused":
            continue
        row = loading.partners[partner.key]
        row.state, row.state_since = PartnerState.PAUSED, loading.moment(-9)
        loading.session.flush()
        with clock.at(row.state_since):
            audit.record(
                loading.session,
                "partner:pause",
                row,
                actor=loading.system,
                before=PartnerState.APPROVED,
                after=PartnerState.PAUSED,
                reason=partner.reason,
            )


def _partner(loading: Loading, partner: catalog.Partner) -> None:
    since = loading.moment(partner.approved_in if partner.approved_in is not None else -6)
    # A paused one was approved before, and a placement began there.
    state = PartnerState("approved" if partner.vetting == "paused" else partner.vetting)
    row = Partner(
        institution_id=loading.institution.id,
        name=partner.name,
        kind=KINDS[partner.kind],
        field=partner.field,
        city=partner.city,
        region=partner.state,
        website=partner.website,
        about=partner.description,
        state=state,
        state_since=since,
        approved_at=since if partner.approved_in is not None else None,
        approved_until=loading.day(partner.approved_until_in)
        if partner.approved_until_in is not None
        else None,
        created_at=since,
    )
    loading.session.add(row)
    loading.session.flush()
    loading.partners[partner.key] = row
    with clock.at(since):
        audit.record(
            loading.session,
            f"partner:{_verb(state)}",
            row,
            actor=loading.system,
            after=state,
            reason=partner.reason if state == PartnerState.DECLINED else "",
        )
    for contact in partner.contacts:
        _contact(loading, contact, row)
    _checks(loading, partner, row)
    for document in partner.documents:
        loading.session.add(
            PartnerDocument(
                partner_id=row.id,
                kind=DocumentKind(document.kind),
                title=document.title,
                expires_on=loading.day(document.expires_in),
                added_at=loading.moment(document.signed_in),
            )
        )


def _verb(state: PartnerState) -> str:
    return {
        PartnerState.PROPOSED: "propose",
        PartnerState.UNDER_REVIEW: "review",
        PartnerState.APPROVED: "approve",
        PartnerState.PAUSED: "pause",
        PartnerState.DECLINED: "decline",
    }[state]


def _contact(loading: Loading, contact: catalog.Contact, partner: Partner) -> None:
    row = PartnerContact(
        institution_id=loading.institution.id,
        name=contact.name,
        email=contact.email.lower(),
        title=contact.job_title,
        time_zone=contact.time_zone,
        verified_at=loading.moment(-120) if contact.verified else None,
    )
    loading.session.add(row)
    loading.session.flush()
    loading.contacts[contact.key] = row
    loading.session.add(ContactAtPartner(partner_id=partner.id, contact_id=row.id))


def _contacts_elsewhere(loading: Loading, partner: catalog.Partner) -> None:
    for contact in partner.contacts:
        for other in contact.also_for:
            loading.session.add(
                ContactAtPartner(
                    partner_id=loading.partners[other].id,
                    contact_id=loading.contacts[contact.key].id,
                )
            )


def _checks(loading: Loading, partner: catalog.Partner, row: Partner) -> None:
    """The file's answers, and for an approved partner the rest of the list as passed."""
    known = {item.key for item in CHECKLIST}
    answered = {r.check: r for r in partner.checks if r.check in known and r.result != "open"}
    for key, result in answered.items():
        loading.session.add(
            PartnerCheck(
                partner_id=row.id,
                item=key,
                outcome=CheckOutcome(result.result),
                evidence=result.evidence,
                checked_at=loading.moment(result.checked_in or -60),
            )
        )
    if row.approved_at is None:
        return
    for item in CHECKLIST:
        if item.key not in answered:
            loading.session.add(
                PartnerCheck(
                    partner_id=row.id,
                    item=item.key,
                    outcome=CheckOutcome.PASSED,
                    evidence="Seen at the first visit, notes in the partner's file.",
                    checked_at=row.approved_at,
                )
            )
