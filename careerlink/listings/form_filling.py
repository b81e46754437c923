"""From a listing to the form in which it is changed, and the choices the form offers."""

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from sqlalchemy.orm import Session

from careerlink.listings import queries, skills
from careerlink.listings.forms import ListingForm
from careerlink.listings.models import Listing
from careerlink.partners import queries as partners
from careerlink.partners.models import Partner

SAME_NAME = (
    "title", "deliverable", "description", "field", "learns", "asks", "starts_on", "ends_on",
    "apply_by", "floor_exception", "place", "slots", "supervision", "has_nda", "data_access",
)  # fmt: skip
BY_VALUE = ("payer", "engagement", "ip_terms", "ai_rule")


def form_for(session: Session, partner: Partner, listing: Listing | None) -> ListingForm:
    contacts = partners.contacts_of(session, partner)
    objectives = sorted(
        queries.all_objectives(session, partner.institution_id),
        key=lambda objective: (objective.code.rstrip("0123456789"), objective.position),
    )
    return ListingForm(
        data=_data(session, listing) if listing is not None else None,
        contacts=[(c.public_id, f"{c.name}, {c.email}") for c in contacts if not c.left_at],
        objectives=[(o.id, f"{o.code} {o.title}") for o in objectives],
        catalog=[skill.name for skill in skills.most_asked(session, partner.institution_id)],
    )


def supervisor_ids(session: Session, partner: Partner) -> dict[str, int]:
    return {c.public_id: c.id for c in partners.contacts_of(session, partner)}


def _data(session: Session, listing: Listing) -> dict[str, Any]:
    digits = get_currency_precision(listing.currency)
    supervisor = listing.supervisor
    return {
        **{name: getattr(listing, name) for name in SAME_NAME},
        **{name: getattr(listing, name).value for name in BY_VALUE},
        "version": str(listing.version),
        "hours": Decimal(listing.planned_minutes) / 60,
        "fee": Decimal(listing.fee_minor).scaleb(-digits),
        "where": "remote" if listing.is_remote else "place",
        "supervisor": supervisor.public_id if supervisor is not None else "",
        "skill_names": ", ".join(
            skill.name for skill in queries.skills_of(session, [listing.id])[listing.id]
        ),
        "objectives": [o.id for o in queries.objectives_of(session, [listing.id])[listing.id]],
    }
