"""What career staff do to a listing. Nothing here commits or knows of HTTP."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.listings import search, skills, terms, versions
from careerlink.listings.models import (
    Listing,
    ListingObjective,
    ListingSkill,
    ListingState,
)
from careerlink.listings.workflow import EDITABLE, WORKFLOW
from careerlink.partners.models import Partner
from careerlink.people.actors import Actor


def only_staff(actor: Actor, institution_id: int) -> None:
    if not actor.is_staff or actor.institution_id != institution_id:
        raise NotPermitted("Only career staff may change a listing.")


def write(
    session: Session,
    partner: Partner,
    *,
    actor: Actor,
    skill_names: Iterable[str] = (),
    objective_ids: Iterable[int] = (),
    **values: Any,
) -> Listing:
    """Begin a draft for a partner. Money is in the institution's own currency."""
    only_staff(actor, partner.institution_id)
    now = clock.now()
    listing = Listing(
        institution_id=partner.institution_id,
        institution=partner.institution,
        partner=partner,
        currency=partner.institution.currency,
        created_by_id=actor.person_id,
        created_at=now,
        state_since=now,
        **values,
    )
    session.add(listing)
    session.flush()
    audit.record(session, "listing:write", listing, actor=actor, after=ListingState.DRAFT)
    _describe(session, listing, skill_names, objective_ids)
    return listing


def edit(
    session: Session,
    listing: Listing,
    *,
    actor: Actor,
    skill_names: Iterable[str],
    objective_ids: Iterable[int],
    **values: Any,
) -> None:
    """Change what it says. Of a published listing this makes a further version.

    :raises InvalidInput: a published listing would break the terms, or has more slots taken.
    """
    only_staff(actor, listing.institution_id)
    if listing.state not in EDITABLE:
        raise NotPossible(f"This listing is {states.words(listing.state)} and stays as it is.")
    _refuse(listing, values)
    changed = [name for name, value in values.items() if getattr(listing, name) != value]
    for name in changed:
        setattr(listing, name, values[name])
    _describe(session, listing, skill_names, objective_ids)
    if listing.state != ListingState.PUBLISHED:
        audit.record(session, "listing:edit", listing, actor=actor, fields=changed)
        return
    before = versions.latest(session, listing)
    version = versions.keep(session, listing, actor=actor)
    if before is None or version.id != before.id:
        states.move(
            session, listing, ListingState.PUBLISHED, WORKFLOW, actor=actor,
            detail={"version": version.number, "fields": changed},
        )  # fmt: skip


def submit(session: Session, listing: Listing, *, actor: Actor) -> None:
    states.move(session, listing, ListingState.SUBMITTED, WORKFLOW, actor=actor)


def publish(session: Session, listing: Listing, *, actor: Actor) -> None:
    """Students of the courses it is released to see it from now on, in this version."""
    states.move(
        session, listing, ListingState.PUBLISHED, WORKFLOW, actor=actor,
        published_at=listing.published_at or clock.now(),
    )  # fmt: skip
    versions.keep(session, listing, actor=actor)
    search.keep_current(session, listing)


def return_for_changes(
    session: Session, listing: Listing, *, actor: Actor, reason: str
) -> None:
    states.move(session, listing, ListingState.RETURNED, WORKFLOW, actor=actor, reason=reason)


def close(session: Session, listing: Listing, *, actor: Actor) -> None:
    """No further applications; those that are in, and offers, go on."""
    states.move(session, listing, ListingState.CLOSED, WORKFLOW, actor=actor)


def withdraw(session: Session, listing: Listing, *, actor: Actor, reason: str) -> None:
    """Applications end and open offers are void; running placements are not touched."""
    states.move(session, listing, ListingState.WITHDRAWN, WORKFLOW, actor=actor, reason=reason)


def _refuse(listing: Listing, values: Mapping[str, Any]) -> None:
    if values.get("slots", listing.slots) < listing.slots_held:
        raise InvalidInput(
            f"{listing.slots_held} places are taken or offered; keep at least that many.",
            field="slots",
        )
    if listing.state != ListingState.PUBLISHED:
        return
    wanted = {**terms.values_of(listing), **values}
    for field, missing in terms.problems(wanted, listing.institution.fee_floor_minor).items():
        raise InvalidInput(f"A published listing needs {missing}.", field=field)


def _describe(
    session: Session, listing: Listing, skill_names: Iterable[str], objective_ids: Iterable[int]
) -> None:
    session.execute(delete(ListingSkill).where(ListingSkill.listing_id == listing.id))
    session.execute(delete(ListingObjective).where(ListingObjective.listing_id == listing.id))
    session.add_all(
        ListingSkill(listing_id=listing.id, skill_id=skill.id)
        for skill in skills.find_or_create(session, listing.institution_id, skill_names)
    )
    session.add_all(
        ListingObjective(listing_id=listing.id, objective_id=objective_id)
        for objective_id in sorted(set(objective_ids))
    )
    search.keep_current(session, listing)
