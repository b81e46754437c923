"""One-time registration URLs: whoever has one may register one LMS for the institution.

The token is derived from the row's random public id with the server's secret, so that the
office can read an open address again while the database alone opens nothing.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.db import new_public_id
from careerlink.errors import NotFound, NotPossible
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor
from lti.models import LtiRegistration, LtiRegistrationInvitation
from lti.registration_reasons import RegistrationReason as Reason
from lti.registration_reasons import RegistrationRefused

LIFETIME = timedelta(days=7)
CLAIM = timedelta(seconds=30)
"""Longer than a platform is given to answer; after a crash the address works again."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{12}[0-9a-f]{32}")
MOST_SHOWN = 50


class InvitationState(StrEnum):
    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


def state_of(row: LtiRegistrationInvitation) -> InvitationState:
    if row.used_at is not None:
        return InvitationState.USED
    if row.revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.EXPIRED if row.expires_at <= clock.now() else InvitationState.OPEN


def issue(
    session: Session, institution: Institution, *, secret: str, actor: Actor
) -> LtiRegistrationInvitation:
    row = LtiRegistrationInvitation(
        institution_id=institution.id,
        public_id=new_public_id(),
        expires_at=clock.now() + LIFETIME,
        created_by_id=actor.person_id,
    )
    row.token_hash = digest(token_of(row.public_id, secret))
    session.add(row)
    session.flush()
    audit.record(session, "lti_registration_invitation:issue", row, actor=actor)
    return row


def revoke(session: Session, row: LtiRegistrationInvitation, *, actor: Actor) -> None:
    """:raises NotPossible: it was used, or taken back before."""
    if state_of(row) in (InvitationState.USED, InvitationState.REVOKED):
        raise NotPossible("This registration URL is closed already.")
    row.revoked_at = clock.now()
    session.flush()
    audit.record(session, "lti_registration_invitation:revoke", row, actor=actor)


def address(row: LtiRegistrationInvitation, *, public_url: str, secret: str) -> str:
    """The registration URL, or nothing where the secret has changed since."""
    token = token_of(row.public_id, secret)
    if not hmac.compare_digest(digest(token), row.token_hash):
        return ""
    return f"{public_url}/lti/register/{token}"


def token_of(public_id: str, secret: str) -> str:
    mac = hmac.new(secret.encode(), b"lti-invitation:" + public_id.encode(), hashlib.sha256)
    return public_id + mac.hexdigest()[:32]


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def visible_to(actor: Actor) -> Any:
    return select(LtiRegistrationInvitation).where(
        LtiRegistrationInvitation.institution_id == actor.institution_id
    )


def listed(
    session: Session, actor: Actor
) -> Sequence[tuple[LtiRegistrationInvitation, LtiRegistration | None]]:
    """The newest first, each with what was registered by it."""
    found = session.execute(
        visible_to(actor)
        .add_columns(LtiRegistration)
        .outerjoin(
            LtiRegistration, LtiRegistration.id == LtiRegistrationInvitation.registration_id
        )
        .order_by(LtiRegistrationInvitation.id.desc())
        .limit(MOST_SHOWN)
    )
    return [(row, registration) for row, registration in found]


def get_visible(session: Session, actor: Actor, public_id: str) -> LtiRegistrationInvitation:
    row: LtiRegistrationInvitation | None = session.scalar(
        visible_to(actor).where(LtiRegistrationInvitation.public_id == public_id)
    )
    if row is None:
        raise NotFound
    return row


def require_open(session: Session, token: str) -> LtiRegistrationInvitation:
    """:raises RegistrationRefused:"""
    row = _find(session, token)
    closed = {
        InvitationState.USED: Reason.INVITATION_USED,
        InvitationState.REVOKED: Reason.INVITATION_REVOKED,
        InvitationState.EXPIRED: Reason.INVITATION_EXPIRED,
    }.get(state_of(row))
    if closed is not None:
        raise RegistrationRefused(closed)
    return row


def registered_by(session: Session, token: str) -> LtiRegistration | None:
    """What came by this invitation, or ``None`` while it is unused.

    :raises RegistrationRefused: there is no such invitation.
    """
    row = _find(session, token)
    if row.registration_id is None:
        return None
    return session.get_one(LtiRegistration, row.registration_id)


def _find(session: Session, token: str) -> LtiRegistrationInvitation:
    row = None
    if TOKEN.fullmatch(token):
        row = session.scalar(
            select(LtiRegistrationInvitation).where(
                LtiRegistrationInvitation.token_hash == digest(token)
            )
        )
    if row is None:
        raise RegistrationRefused(Reason.INVITATION_UNKNOWN)
    return row


def claim(session: Session, token: str) -> tuple[int, datetime]:
    """Reserve it while the platform is asked, so that of two at once only one asks.

    :raises RegistrationRefused: closed, or reserved by another request.
    """
    row = require_open(session, token)
    now = clock.now()
    until = now + CLAIM
    claimed = session.execute(
        update(LtiRegistrationInvitation)
        .where(
            LtiRegistrationInvitation.id == row.id,
            LtiRegistrationInvitation.used_at.is_(None),
            or_(
                LtiRegistrationInvitation.claimed_until.is_(None),
                LtiRegistrationInvitation.claimed_until <= now,
            ),
        )
        .values(claimed_until=until)
    )
    if not _changed_one(claimed):
        raise RegistrationRefused(Reason.INVITATION_BUSY)
    return row.id, until


def release(session: Session, invitation_id: int, until: datetime) -> None:
    """The platform failed: the address works again at once."""
    session.execute(
        update(LtiRegistrationInvitation)
        .where(
            LtiRegistrationInvitation.id == invitation_id,
            LtiRegistrationInvitation.claimed_until == until,
        )
        .values(claimed_until=None)
    )


def spend(
    session: Session, invitation_id: int, registration: LtiRegistration, *, actor: Actor
) -> None:
    """:raises RegistrationRefused: another request was faster, or it was taken back while the
    platform was asked.
    """
    spent = session.execute(
        update(LtiRegistrationInvitation)
        .where(
            LtiRegistrationInvitation.id == invitation_id,
            LtiRegistrationInvitation.used_at.is_(None),
            LtiRegistrationInvitation.revoked_at.is_(None),
        )
        .values(used_at=clock.now(), claimed_until=None, registration_id=registration.id)
    )
    row = session.get_one(LtiRegistrationInvitation, invitation_id)
    if not _changed_one(spent):
        session.refresh(row)
        is_used = state_of(row) == InvitationState.USED
        raise RegistrationRefused(
            Reason.INVITATION_USED if is_used else Reason.INVITATION_REVOKED
        )
    audit.record(
        session,
        "lti_registration_invitation:use",
        row,
        actor=actor,
        registration=registration.id,
    )


def _changed_one(result: Any) -> bool:
    return isinstance(result, CursorResult) and result.rowcount == 1
