"""Who saw what about whom: one's own, or for the office anybody's of the institution."""

from collections.abc import Sequence

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, joinedload

from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Consent, Disclosure, Placement
from careerlink.web.pagination import PAGE_SIZE, Page, page

ON_PAPER = 1000
"""Rows of one page to print; whoever has more prints another one."""


def visible_to(actor: Actor) -> Select[Disclosure]:
    query = select(Disclosure).where(Disclosure.institution_id == actor.institution_id)
    if actor.reads_office:
        return query
    if actor.person_id is None:
        return query.where(false())
    return query.where(Disclosure.person_id == actor.person_id)


def person(session: Session, public_id: str, *, actor: Actor) -> Person:
    """:raises NotFound: not there, or of another institution."""
    found = session.scalar(
        select(Person).where(
            Person.public_id == public_id,
            Person.institution_id == actor.institution_id if actor.reads_office else false(),
        )
    )
    if found is None:
        raise NotFound
    return found


def listed(
    session: Session, actor: Actor, person_id: int, *, after: str | None, whole: bool
) -> Page[Disclosure]:
    return page(
        session,
        visible_to(actor)
        .where(Disclosure.person_id == person_id)
        .options(
            joinedload(Disclosure.contact),
            joinedload(Disclosure.placement).joinedload(Placement.partner),
            joinedload(Disclosure.consent),
        ),
        order_by=[Disclosure.id],
        key_of=lambda row: [row.id],
        after=after,
        descending=True,
        size=ON_PAPER if whole else PAGE_SIZE,
    )


def consents_of(session: Session, person_id: int) -> Sequence[Consent]:
    """Under which the rows stand, withdrawn ones included."""
    return session.scalars(
        select(Consent)
        .where(Consent.person_id == person_id)
        .order_by(Consent.id.desc())
        .limit(100)
    ).all()
