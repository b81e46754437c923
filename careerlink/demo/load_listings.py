"""Sample listings and their skills as rows, released to every course."""

from careerlink import audit, clock
from careerlink.demo import catalog
from careerlink.demo.loading import Loading
from careerlink.listings import search, versions
from careerlink.listings.models import (
    AiRule,
    Engagement,
    IpTerms,
    Listing,
    ListingObjective,
    ListingRelease,
    ListingSkill,
    ListingState,
    Payer,
    Skill,
)

ENGAGEMENTS = {"unpaid_public": Engagement.UNPAID}
RIGHTS = {
    "partner_owns": IpTerms.ASSIGNED,
    "student_licenses": IpTerms.LICENSED,
    "university_terms": IpTerms.UNIVERSITY,
}
OUT = ("published", "closed", "withdrawn")
VERBS = {
    ListingState.DRAFT: "create",
    ListingState.SUBMITTED: "submit",
    ListingState.RETURNED: "return",
    ListingState.PUBLISHED: "publish",
    ListingState.CLOSED: "close",
    ListingState.WITHDRAWN: "withdraw",
}


def load(loading: Loading) -> None:
    _skills(loading)
    for number, listing in enumerate(loading.content.listings):
        _listing(loading, listing, number)


def _skills(loading: Loading) -> None:
    for skill in loading.content.skills:
        row = Skill(institution_id=loading.institution.id, slug=skill.key, name=skill.name)
        loading.session.add(row)
        loading.skills[skill.key] = row
    loading.session.flush()


def _listing(loading: Loading, listing: catalog.Listing, number: int) -> None:
    # Closed and withdrawn ones were published first, and people applied meanwhile.
    state = ListingState.PUBLISHED if listing.state in OUT else ListingState(listing.state)
    published = loading.moment(_published_in(loading, listing, number), 9, number % 60)
    starts, ends = loading.day(listing.days.start), loading.day(listing.days.end)
    row = Listing(
        institution_id=loading.institution.id,
        partner_id=loading.partners[listing.partner].id,
        supervisor_id=loading.contacts[listing.supervisor].id,
        state=state,
        state_since=published,
        published_at=published if listing.state in OUT else None,
        title=listing.title,
        deliverable=listing.deliverable,
        description=listing.description,
        field=listing.field,
        learns=listing.learn,
        asks=listing.ask,
        supervision=listing.supervision,
        planned_minutes=listing.planned_minutes,
        starts_on=starts,
        ends_on=ends,
        apply_by=loading.day(listing.days.apply),
        fee_minor=listing.fee_minor,
        currency=listing.currency,
        payer=Payer(listing.payer),
        engagement=ENGAGEMENTS.get(listing.engagement) or Engagement(listing.engagement),
        is_remote=listing.remote,
        place=listing.place,
        ip_terms=RIGHTS[listing.rights],
        has_nda=listing.nda,
        ai_rule=AiRule(listing.ai),
        data_access=listing.data_access,
        slots=listing.slots,
        created_at=published,
    )
    loading.session.add(row)
    loading.session.flush()
    loading.listings[listing.key] = row
    _what_it_names(loading, listing, row)
    with clock.at(published):
        search.keep_current(loading.session, row)
        if listing.state in OUT:
            versions.keep(loading.session, row, actor=loading.system)
            loading.session.add(ListingRelease(listing_id=row.id, released_at=published))
        audit.record(
            loading.session,
            f"listing:{VERBS[state]}",
            row,
            actor=loading.system,
            after=state,
            reason=listing.reason,
        )


def end(loading: Loading) -> None:
    """Close and withdraw what is over by now."""
    for listing in loading.content.listings:
        if listing.state not in ("closed", "withdrawn"):
            continue
        row, state = loading.listings[listing.key], ListingState(listing.state)
        row.state, row.state_since = state, loading.moment(min(-1, listing.days.apply + 1))
        loading.session.flush()
        with clock.at(row.state_since):
            audit.record(
                loading.session,
                f"listing:{VERBS[state]}",
                row,
                actor=loading.system,
                before=ListingState.PUBLISHED,
                after=state,
                reason=listing.reason,
            )


def _published_in(loading: Loading, listing: catalog.Listing, number: int) -> int:
    """Days from today: spread over the last weeks, and before anybody of the cast applied."""
    applied = [
        application.applied_in
        for student in loading.content.cast.students
        for application in student.applications
        if application.listing == listing.key
    ]
    return min([-2 - number * 7 % 40, *(day - 5 for day in applied), listing.days.apply - 10])


def _what_it_names(loading: Loading, listing: catalog.Listing, row: Listing) -> None:
    loading.session.add_all(
        ListingSkill(listing_id=row.id, skill_id=loading.skills[key].id)
        for key in listing.skills
    )
    loading.session.add_all(
        ListingObjective(listing_id=row.id, objective_id=loading.objectives[uri].id)
        for uri in listing.objectives
    )
