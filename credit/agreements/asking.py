"""Who of the company is written to for a signature, and with what link."""

from sqlalchemy.orm import Session

from careerlink.errors import NotPossible
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements import consents, planning, signatories
from careerlink.placements.models import Placement
from careerlink.reminders import operations as reminders
from credit.agreements import ladder, notifications, queries, signatures
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import Party

UNNAMED = "Career staff must name the supervisor and verify the mail address."
NO_CONSENT = "Consent is missing: without it the supervisor may not see this plan."


def signer_of(session: Session, placement: Placement, party: Party) -> PartnerContact | None:
    """On file and verified; the first where several supervise."""
    if party == Party.COMPANY:
        named = signatories.current(session, placement.id)
        return named.contact if named is not None else None
    return next(iter(queries.supervisors(session, placement.id)), None)


def signers(session: Session, agreement: LearningAgreement) -> list[PartnerContact]:
    """Whoever of the company has not signed, and may be written to."""
    placement = agreement.placement
    missing = signatures.missing_of_company(session, agreement)
    found = queries.supervisors(session, placement.id) if Party.SUPERVISOR in missing else []
    other = signer_of(session, placement, Party.COMPANY) if Party.COMPANY in missing else None
    consent = consents.standing_consent(session, placement)
    return [
        contact
        for contact in [*found, *([other] if other else [])]
        if consent is not None
        and consents.covers(consent, contact.id)
        and planning.may_supervise(contact)
    ]


def ask_all(
    session: Session, agreement: LearningAgreement, *, actor: Actor, secret: str
) -> None:
    if agreement.state == AgreementState.AWAITING_SUPERVISOR:
        for contact in signers(session, agreement):
            notifications.to_sign(session, agreement, contact, actor=actor, secret=secret)


def ask(
    session: Session,
    agreement: LearningAgreement,
    contact: PartnerContact,
    *,
    actor: Actor,
    secret: str,
) -> None:
    """One person alone, such as whoever staff have just verified."""
    if contact in signers(session, agreement):
        notifications.to_sign(session, agreement, contact, actor=actor, secret=secret)


def remind(session: Session, agreement: LearningAgreement, *, actor: Actor) -> None:
    """Have whoever has not signed reminded, with their next mail and a link that works.

    :raises TooMany: they were written to within the last five days.
    """
    if unmet := why_not_ask(session, agreement.placement):
        raise NotPossible("The supervisor cannot be written to yet.", unmet)
    reminders.nudge(session, ladder.LADDER.key, agreement.id, actor=actor)


def supervisor_can_be_asked(session: Session, agreement: LearningAgreement) -> list[str]:
    """Guard of ``sign``."""
    return why_not_ask(session, agreement.placement)


def why_not_ask(session: Session, placement: Placement) -> list[str]:
    """A supervisor is written to at an address that staff verified, and with consent."""
    lines = []
    if not queries.supervisors(session, placement.id):
        lines.append(UNNAMED)
    if not consents.has_consent(session, placement):
        lines.append(NO_CONSENT)
    return lines
