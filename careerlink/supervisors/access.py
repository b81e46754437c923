"""The access rules of the pages behind a supervisor's link."""

from datetime import datetime

from flask import abort, g, redirect, request, session, url_for
from sqlalchemy.orm import Session

from careerlink import clock, tokens
from careerlink.errors import NotFound, Refusal
from careerlink.placements import consents
from careerlink.placements.models import Consent, Disclosure, Placement
from careerlink.supervisors import queries
from careerlink.tokens import AccessLink, LinkPurpose
from careerlink.web import request_session, services
from careerlink.web.session import ServerSession

UNKNOWN = (
    "A mail program may have cut the address. Click the button in our mail once more, or copy "
    "the whole address; if neither helps, answer the mail and we send a new one."
)
HANDED_OVER = (
    "Somebody else supervises this project now, so this link is closed. Nothing more is asked "
    "of you, and no further mail comes. What you had signed or sent stays in the record."
)
NO_CONSENT = (
    "The student has not consented, or no longer does, to sharing this record. Nothing is "
    "asked of you now. If the student consents again, you get a new link by mail."
)
CLOSED = (
    "This link was closed. A newer mail from us may hold one that works; otherwise write to "
    "the career office."
)


class LinkClosed(Refusal):
    """Expired, revoked, handed over, or without the student's consent any more."""

    status = 410
    reason = "link-closed"
    keeps_typed = True


def link_named() -> None:
    """Anybody who has an address that we issued: enough for the greeting, and for no more."""
    link = tokens.find(request_session(), str((request.view_args or {}).get("token", "")))
    if link is None:
        raise NotFound(UNKNOWN)
    g.link = link
    # Should this answer begin a session, then the link's own and not a staff member's.
    g.cookie_path = request.path


def supervisor_link() -> None:
    """The supervisor, after *Continue*: an open link, and this link's cookie.

    Sets ``g.link``, ``g.placement``, ``g.consent``, ``g.actor`` and ``g.zone``, and writes the
    disclosure of every page that shows something of the student (34 CFR 99.32).
    """
    link_named()
    link: AccessLink = g.link
    writes = request.method not in ("GET", "HEAD")
    if not continued(link) or link.purpose != LinkPurpose.PLACEMENT:
        _to_greeting()
    g.placement, g.consent = opened(link, hold=writes)
    if not link.is_open and (writes or not _is_receipt(link, g.placement)):
        _to_greeting()
    if not _is_theirs(link, g.placement):
        raise LinkClosed(HANDED_OVER)
    know(link, g.placement)
    if not writes:
        record_disclosure(link, g.placement, g.consent, page=str(request.endpoint))


def continued(link: AccessLink) -> bool:
    row = session.row if isinstance(session, ServerSession) else None
    return row is not None and row.access_link_id == link.id


def know(link: AccessLink, placement: Placement) -> None:
    g.actor = queries.actor_of(link)
    g.zone = link.contact.time_zone or placement.institution.time_zone
    g.institution_name = placement.institution.name
    g.has_sample_data = placement.institution.has_sample_data


def opened(link: AccessLink, *, hold: bool = False) -> tuple[Placement, Consent]:
    """What the link opens today; ``hold`` keeps it so until the transaction has ended.

    :raises LinkClosed: it opens nothing any more; the message says why.
    """
    db = request_session()
    placement = queries.placement_of(db, link)
    if placement is None:
        raise LinkClosed(CLOSED)
    supervises = queries.is_supervised_by(db, placement.id, link.contact_id, hold=hold)
    if not supervises and not queries.guest_parts(db, link, placement):
        raise LinkClosed(HANDED_OVER)
    consent = consents.standing_consent(db, placement, hold=hold)
    if consent is None or not consents.covers(consent, link.contact_id):
        raise LinkClosed(NO_CONSENT)
    if link.revoked_at is not None or link.contact.left_at is not None:
        raise LinkClosed(CLOSED)
    return placement, consent


def record_disclosure(
    link: AccessLink, placement: Placement, consent: Consent, *, page: str
) -> None:
    """In a short unit of its own: a page that is only read has none."""
    with services().database.write() as db:
        add_disclosure(db, link, placement, consent, page=page)


def add_disclosure(
    db: Session,
    link: AccessLink,
    placement: Placement,
    consent: Consent,
    *,
    page: str,
    at: datetime | None = None,
) -> None:
    """:param at: now, unless it happened before."""
    db.add(
        Disclosure(
            institution_id=placement.institution_id,
            person_id=placement.person_id,
            placement_id=placement.id,
            contact_id=link.contact_id,
            access_link_id=link.id,
            consent_id=consent.id,
            records=consent.records,
            page=page,
            disclosed_at=at or clock.now(),
        )
    )


def _is_theirs(link: AccessLink, placement: Placement) -> bool:
    """Everything is the supervisor's; a guest has the parts that were opened for them."""
    db = request_session()
    supervises = queries.is_supervised_by(db, placement.id, link.contact_id)
    return supervises or request.blueprint in queries.guest_parts(db, link, placement)


def _is_receipt(link: AccessLink, placement: Placement) -> bool:
    token = str((request.view_args or {})["token"])
    return queries.is_receipt(request_session(), link, placement, token)


def _to_greeting() -> None:
    token = (request.view_args or {})["token"]
    abort(redirect(url_for("supervisor.greet", token=token), 303))
