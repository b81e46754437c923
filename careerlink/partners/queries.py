"""Which partners somebody may read; every page starts from ``visible_to``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from careerlink.errors import NotFound
from careerlink.files.models import Attachment
from careerlink.partners.likeness import domain_of, name_key
from careerlink.partners.models import (
    ContactAtPartner,
    Partner,
    PartnerCheck,
    PartnerContact,
    PartnerDocument,
    PartnerState,
)
from careerlink.people.actors import Actor
from careerlink.web.pagination import Page, page

ENDS_SOON = timedelta(days=30)
RAN_OUT = "ran_out"
ENDING = "ending"


@dataclass(frozen=True)
class StateCount:
    key: str
    """A state, or ``ran_out`` and ``ending`` for approvals by date; "" for all."""
    count: int


def visible_to(actor: Actor) -> Select[Partner]:
    """The career office's files; students meet partners only through listings."""
    mine = Partner.institution_id == actor.institution_id if actor.reads_office else false()
    return select(Partner).where(mine)


def get_visible(session: Session, actor: Actor, public_id: str) -> Partner:
    partner = session.scalar(
        visible_to(actor)
        .where(Partner.public_id == public_id)
        .options(selectinload(Partner.checks).joinedload(PartnerCheck.checked_by))
    )
    if partner is None:
        raise NotFound
    return partner


def listed(
    session: Session, actor: Actor, *, state: str, text: str, after: str | None, today: date
) -> Page[Partner]:
    query = (
        visible_to(actor)
        .where(_in_state(state, today), _matches(text))
        .options(selectinload(Partner.checks))
    )
    return page(
        session,
        query,
        order_by=(Partner.name, Partner.id),
        key_of=lambda partner: (partner.name, partner.id),
        after=after,
    )


def state_counts(session: Session, actor: Actor, *, text: str, today: date) -> list[StateCount]:
    """One query for all the links above the table, so that the numbers add up."""
    keys = ["", *(state.value for state in PartnerState), ENDING, RAN_OUT]
    counts = [
        func.count().filter(_in_state(key, today)).label(f"n{number}")
        for number, key in enumerate(keys)
    ]
    found = session.execute(
        visible_to(actor).where(_matches(text)).with_only_columns(*counts)
    ).one()
    return [StateCount(key, count) for key, count in zip(keys, found, strict=True)]


def look_alikes(
    session: Session, actor: Actor, *, name: str, website: str, but: Partner | None = None
) -> Sequence[Partner]:
    """Partners with the same name, but for case and legal form, or with the same domain."""
    domain = domain_of(website)
    same = [Partner.name_key == name_key(name)]
    if domain:
        same.append(Partner.domain == domain)
    query = visible_to(actor).where(or_(*same)).order_by(Partner.name).limit(5)
    if but is not None:
        query = query.where(Partner.id != but.id)
    return session.scalars(query).all()


def contacts_of(session: Session, partner: Partner) -> Sequence[PartnerContact]:
    return session.scalars(
        select(PartnerContact)
        .join(ContactAtPartner, ContactAtPartner.contact_id == PartnerContact.id)
        .where(ContactAtPartner.partner_id == partner.id)
        .order_by(PartnerContact.left_at.is_not(None), PartnerContact.name)
    ).all()


def get_contact(session: Session, partner: Partner, public_id: str) -> PartnerContact:
    for contact in contacts_of(session, partner):
        if contact.public_id == public_id:
            return contact
    raise NotFound


def documents_of(session: Session, partner: Partner) -> Sequence[PartnerDocument]:
    return session.scalars(
        select(PartnerDocument)
        .where(PartnerDocument.partner_id == partner.id)
        .options(joinedload(PartnerDocument.attachment))
        .order_by(PartnerDocument.expires_on.is_(None), PartnerDocument.expires_on)
    ).all()


def reads_file(session: Session, actor: Actor, attachment: Attachment) -> bool:
    """A document of a partner's file is for the office."""
    found = (
        visible_to(actor)
        .join(PartnerDocument, PartnerDocument.partner_id == Partner.id)
        .where(PartnerDocument.attachment_id == attachment.id)
    )
    return session.scalar(found.limit(1)) is not None


def _in_state(key: str, today: date) -> ColumnElement[bool]:
    approved = Partner.state == PartnerState.APPROVED
    if key == RAN_OUT:
        return approved & (Partner.approved_until < today)
    if key == ENDING:
        return approved & Partner.approved_until.between(today, today + ENDS_SOON)
    if key in set(PartnerState):
        return Partner.state == PartnerState(key)
    return Partner.id.is_not(None)


def _matches(text: str) -> ColumnElement[bool]:
    if not text:
        return Partner.id.is_not(None)
    columns = (Partner.name, Partner.website, Partner.city, Partner.field)
    return or_(*(column.icontains(text, autoescape=True) for column in columns))
