"""Partners at every stage of vetting."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.institutions.models import Institution
from careerlink.partners.checklist import CHECKLIST
from careerlink.partners.models import (
    CheckOutcome,
    ContactAtPartner,
    Partner,
    PartnerCheck,
    PartnerContact,
    PartnerState,
)

UNTIL = date(2027, 6, 30)


def partner(session: Session, institution: Institution, **values: Any) -> Partner:
    """Approved until next summer with every check passed, unless ``values`` say otherwise."""
    state = values.setdefault("state", PartnerState.APPROVED)
    passed = values.pop("passed", state in (PartnerState.APPROVED, PartnerState.PAUSED))
    if state in (PartnerState.APPROVED, PartnerState.PAUSED):
        values.setdefault("approved_until", UNTIL)
        values.setdefault("approved_at", clock.now() - timedelta(days=30))
    made = Partner(
        institution=institution,
        **{"name": "Northlight Cycle Works", "website": "https://northlight.example", **values},
    )
    session.add(made)
    session.flush()
    if passed:
        pass_checks(session, made)
    return made


def pass_checks(session: Session, made: Partner, *, but: str = "") -> None:
    made.checks += [
        PartnerCheck(item=item.key, outcome=CheckOutcome.PASSED, evidence="Seen on site")
        for item in CHECKLIST
        if item.is_required and item.key != but
    ]
    session.flush()


def contact(session: Session, made: Partner, **values: Any) -> PartnerContact:
    found = PartnerContact(
        institution_id=made.institution_id,
        **{"name": "Ines Carvalho", "email": "ines@northlight.example", **values},
    )
    session.add(found)
    session.flush()
    session.add(ContactAtPartner(partner_id=made.id, contact_id=found.id))
    session.flush()
    return found
