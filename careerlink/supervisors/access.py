"""The access rule of every page behind a supervisor's link."""

from datetime import date

from flask import abort, g, redirect, request, session, url_for

from careerlink import clock, tokens
from careerlink.errors import NotFound, Refusal
from careerlink.placements.models import Consent, Disclosure, Placement
from careerlink.supervisors import queries
from careerlink.tokens import AccessLink
from careerlink.web import request_session, services
from careerlink.web.session import ServerSession

UNKNOWN = (
    "A mail program may have cut the address. Click the button in our mail once more, or copy "
    "the whole address; if neither helps, answer the mail and we send a new one."
)


class LinkClosed(Refusal):
    """Expired, revoked, handed over, or without the student's consent any more."""

    status = 410
    reason = "link-closed"


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
    row = session.row if isinstance(session, ServerSession) else None
    if row is None or row.access_link_id != link.id or not link.is_open:
        abort(redirect(url_for("supervisor.greet", token=request.view_args["token"]), 303))  # type: ignore[index]
    g.placement, g.consent = opened(link)
    g.actor = queries.actor_of(link)
    g.zone = link.contact.time_zone or g.placement.institution.time_zone
    g.institution_name = g.placement.institution.name
    g.has_sample_data = g.placement.institution.has_sample_data
    if request.method == "GET":
        record_disclosure(link, g.placement, g.consent, page=str(request.endpoint))


def opened(link: AccessLink) -> tuple[Placement, Consent]:
    """What the link opens today.

    :raises LinkClosed: it opens nothing any more; the message says why.
    """
    db = request_session()
    placement = queries.placement_of(db, link)
    if link.revoked_at is not None or placement is None:
        raise LinkClosed("This link was closed by the career office.")
    if not queries.is_supervised_by(db, placement.id, link.contact_id):
        raise LinkClosed("Somebody else supervises this project now, so this link is closed.")
    consent = queries.standing_consent(db, placement.id)
    if consent is None or _is_over(consent, clock.today(placement.institution.time_zone)):
        raise LinkClosed("The student has not consented, or no longer does, to sharing this.")
    return placement, consent


def _is_over(consent: Consent, today: date) -> bool:
    return consent.until is not None and today > consent.until


def record_disclosure(
    link: AccessLink, placement: Placement, consent: Consent, *, page: str
) -> None:
    """In a short unit of its own: a page that is only read has none."""
    with services().database.write() as db:
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
            )
        )
