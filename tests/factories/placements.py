"""Applications, offers and placements in any state."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.listings.models import Listing
from careerlink.people.models import Person
from careerlink.placements import consents
from careerlink.placements.models import (
    Application,
    ApplicationState,
    Consent,
    ConsentPurpose,
    Offer,
    OfferState,
    Placement,
    PlacementState,
    Supervision,
)
from tests.factories.listings import listing as make_listing
from tests.factories.partners import contact, partner


def supervised_listing(session: Session, in_course: Course, **values: Any) -> Listing:
    """Released to the course, with one slot and a supervisor whose address is verified."""
    host = partner(session, in_course.institution, **values.pop("host", {}))
    guide = contact(session, host, verified_at=clock.now(), **values.pop("guide", {}))
    return make_listing(
        session, host, release_to=in_course, **{"slots": 1, "supervisor": guide, **values}
    )


def application(
    session: Session, who: Person, listing: Listing, in_course: Course, **values: Any
) -> Application:
    """Sent just now; ``offered`` ones come with their offer and its slot held."""
    given = {
        "state": ApplicationState.SUBMITTED,
        "statement": "I want to find out where customers wait.",
        "submitted_at": clock.now(),
        **values,
    }
    made = Application(
        institution=who.institution, course=in_course, person=who, listing=listing, **given
    )
    session.add(made)
    session.flush()
    if made.state == ApplicationState.OFFERED:
        offer(session, made)
    return made


def offer(session: Session, of: Application, **values: Any) -> Offer:
    given = {"answer_by": clock.now() + timedelta(hours=72), **values}
    made = Offer(application=of, **given)
    if made.state in (None, OfferState.OPEN):
        of.listing.slots_held += 1
    session.add(made)
    session.flush()
    return made


def placement(
    session: Session,
    who: Person,
    in_course: Course,
    listing: Listing | None = None,
    *,
    consented: bool = True,
    **values: Any,
) -> Placement:
    """Of an accepted application, supervised by the listing's supervisor."""
    listing = listing or supervised_listing(session, in_course)
    accepted = application(session, who, listing, in_course, state=ApplicationState.ACCEPTED)
    listing.slots_held += 1
    made = Placement(
        institution=who.institution,
        course=in_course,
        person=who,
        partner=listing.partner,
        listing=listing,
        application=accepted,
        **{
            "title": listing.title,
            "deliverable": listing.deliverable,
            "state": PlacementState.PLANNED,
            "planned_minutes": listing.planned_minutes,
            "starts_on": listing.starts_on,
            "ends_on": listing.ends_on,
            "fee_minor": listing.fee_minor,
            "currency": listing.currency,
            **values,
        },
    )
    session.add(made)
    session.flush()
    if listing.supervisor is not None:
        session.add(Supervision(placement=made, contact=listing.supervisor))
    if consented:
        session.add(_consent(made))
    session.flush()
    return made


def _consent(of: Placement) -> Consent:
    return Consent(
        person_id=of.person_id,
        placement_id=of.id,
        purpose=ConsentPurpose.SUPERVISION,
        records=consents.SUPERVISION_RECORDS,
        purpose_text=consents.SUPERVISION_PURPOSE,
        party=of.partner.name,
        text_version=consents.TEXT_VERSION,
        signed_name="Maya Okafor",
        until=consents.supervision_until(of),
    )
