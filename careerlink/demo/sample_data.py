"""Loading the sample data: the catalog into any empty institution, a class into the demo."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.config import Settings
from careerlink.demo import (
    acceptance_stories,
    approval_stories,
    case_life_stories,
    decision_stories,
    earlier_stories,
    enrollment_stories,
    load_catalog,
    load_listings,
    load_mail,
    load_partners,
    load_people,
    load_policies,
    load_setup,
    load_stories,
    load_supervision,
    registrar_stories,
    term_stories,
)
from careerlink.demo.content import load_content
from careerlink.demo.loading import Loading, on_campus_today
from careerlink.errors import Misconfigured
from careerlink.institutions.models import Institution
from careerlink.listings.models import Listing
from careerlink.partners.models import Partner
from careerlink.reminders.models import ReminderSettings

SLUG = "main"


@dataclass(frozen=True)
class Counts:
    partners: int
    listings: int


def institution(session: Session) -> Institution:
    """The demo's university; made once."""
    found = session.scalar(select(Institution).where(Institution.slug == SLUG))
    if found is None:
        sample = load_content().institution
        found = Institution(
            slug=SLUG,
            name=sample.name,
            time_zone=sample.time_zone,
            currency=sample.currency,
            fee_floor_minor=sample.fee_floor_per_hour,
            office_email=f"careers@{sample.mail_domain}",
        )
        session.add(found)
        session.flush()
        _mail_at_any_hour(session, found)
    return found


def _mail_at_any_hour(session: Session, found: Institution) -> None:
    """Whoever tries the demo on a Sunday evening sees the mails as well."""
    session.add(
        ReminderSettings(
            institution_id=found.id,
            number=1,
            hours={"opens": 0, "closes": 24, "weekdays": list(range(7))},
        )
    )
    session.flush()


def load(session: Session, settings: Settings, *, slug: str, with_stories: bool) -> Counts:
    """Load partners, listings, objectives, policies and competencies, and mark them as samples.

    The demo also gets a class whose students are at every stage of a term, unless it has one.

    :raises Misconfigured: the institution has partners already, so nothing is mixed up.
    """
    found = session.scalar(select(Institution).where(Institution.slug == slug))
    if found is None:
        raise Misconfigured(f"institution: there is none with the slug {slug}")
    partners = session.scalar(
        select(func.count()).select_from(Partner).where(Partner.institution_id == found.id)
    )
    if partners and with_stories:
        return Counts(0, 0)
    if partners:
        raise Misconfigured(
            f"sample: {slug} has partners already; sample data need an empty one"
        )
    loading = Loading(session, settings, load_content(), found, on_campus_today(found))
    found.has_sample_data = True
    load_catalog.load(loading)
    load_partners.load(loading)
    load_listings.load(loading)
    if with_stories:
        load_people.load(loading)
        load_setup.load(loading)
        enrollment_stories.load(loading)
        load_stories.load(loading)
        earlier_stories.load(loading)
        approval_stories.load(loading)
        case_life_stories.load(loading)
        decision_stories.load(loading)
        acceptance_stories.load(loading)
        load_supervision.load(loading)
        load_policies.load(loading)
        registrar_stories.load(loading)
        term_stories.load(loading)
        load_mail.load(loading)
    load_listings.end(loading)
    load_partners.end(loading)
    return Counts(len(loading.partners), len(loading.listings))


def lms_class() -> dict[str, Any]:
    """Courses and people for the demo LMS, in the form of its ``--people`` file."""
    content = load_content()
    return {
        "courses": [asdict(course) for course in load_people.lms_courses(content)],
        "people": [asdict(member) for member in load_people.lms_people(content)],
    }


def project_of_the_week(session: Session) -> str:
    """The public id of one published listing, for the course page's link to one project."""
    title = next(
        listing.title
        for listing in load_content().listings
        if listing.state == "published" and listing.slots > 1
    )
    return str(session.scalar(select(Listing.public_id).where(Listing.title == title)))
