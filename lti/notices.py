"""Notices: taken in at once, acted upon by the worker; each counts once, though it come twice.

A copy may be told before anybody has opened it here, or after (fixtures/canvas, services/pns):
the first launch looks for a notice about its context, and the worker for a context of a notice.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from careerlink import clock, outbox
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.outbox import Outcome
from careerlink.worker import Delivery
from lti import copies, first_time, logins, notice_claims, notice_handlers, notice_tokens
from lti.models import LtiContext, LtiDeployment, LtiNotice
from lti.notice_tokens import Verified
from lti.reasons import Reason
from lti.refusals import LaunchRefused

KIND = notice_handlers.KIND
MOST_BYTES = 1_000_000
MOST_IN_A_BATCH = 100
KEPT = timedelta(days=30)
COPIES_KEPT = timedelta(days=400)
"""A course is often copied months before its term."""


@dataclass(frozen=True)
class Refused:
    position: int
    """Counted from zero, in the batch."""
    refusal: LaunchRefused


@dataclass
class Taken:
    verified: list[Verified]
    refused: list[Refused]


def receive(database: Database, settings: Settings, body: bytes) -> Taken:
    """Verify every notice of the batch and queue the good ones; a bad one takes none along.

    :raises LaunchRefused: not a batch of notices at all.
    """
    taken = Taken([], [])
    for position, raw in enumerate(tokens_of(body)):
        try:
            taken.verified.append(notice_tokens.verify(database, settings, raw))
        except LaunchRefused as refusal:
            taken.refused.append(Refused(position, refusal))
    if taken.verified:
        with database.write() as session:
            for verified in taken.verified:
                keep(session, verified)
    return taken


def tokens_of(body: bytes) -> list[str]:
    try:
        document: Any = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise LaunchRefused(Reason.NOTICES_MALFORMED) from exc
    notices = document.get("notices") if isinstance(document, dict) else None
    if not isinstance(notices, list) or not notices:
        raise LaunchRefused(Reason.NOTICES_MALFORMED)
    if len(notices) > MOST_IN_A_BATCH:
        raise LaunchRefused(Reason.NOTICES_TOO_MANY)
    # What is no text is refused as a token, so that the others of the batch count.
    return [jwt if isinstance(jwt := _jwt(one), str) else "" for one in notices]


def _jwt(entry: Any) -> Any:
    return entry.get("jwt") if isinstance(entry, dict) else None


def keep(session: Session, verified: Verified) -> None:
    """Queue a notice unless it is known; types that we do not know are known from then on."""
    told, nonce_hash = verified.notice, logins.digest(verified.nonce)
    first_time.alone(session, "lti_notice", verified.registration_id)
    known = session.scalar(
        select(LtiNotice.id).where(
            LtiNotice.registration_id == verified.registration_id,
            or_(LtiNotice.notice_id == told.id, LtiNotice.nonce_hash == nonce_hash),
        )
    )
    if known is not None:
        return
    deployment = session.get_one(LtiDeployment, verified.deployment_row)
    notice = LtiNotice(
        registration_id=verified.registration_id,
        deployment_id=deployment.id,
        notice_id=told.id,
        nonce_hash=nonce_hash,
        kind=told.kind,
        context_id=told.context_id,
        origins=list(told.origins),
    )
    session.add(notice)
    session.flush()
    if told.kind in notice_claims.KNOWN:
        outbox.enqueue(
            session,
            kind=KIND,
            target=f"lti_notice/{notice.id}",
            payload={"notice_id": notice.id},
            institution_id=deployment.institution_id,
        )


def deliver(delivery: Delivery) -> Outcome:
    """Handler of the outbox: what a notice asks for, or that we want notices at all."""
    if "notice_id" not in delivery.payload:
        return notice_handlers.deliver(delivery)
    with delivery.database.write() as session:
        notice = session.get(LtiNotice, delivery.payload["notice_id"])
        if notice is not None and notice.done_at is None:
            _act(session, notice)
            notice.done_at = clock.now()
    return Outcome(delivered=True)


def _act(session: Session, notice: LtiNotice) -> None:
    if notice.kind == notice_claims.HELLO:
        notice.deployment.notices_confirmed_at = clock.now()
        return
    for context in _contexts(session, notice):
        copies.note_origins(session, context, notice.origins)


def _contexts(session: Session, notice: LtiNotice) -> Sequence[LtiContext]:
    return session.scalars(
        select(LtiContext)
        .join(LtiContext.deployment)
        .where(
            LtiDeployment.registration_id == notice.registration_id,
            LtiDeployment.institution_id == notice.deployment.institution_id,
            LtiContext.context_id == notice.context_id,
        )
    ).all()


def sweep(session: Session) -> int:
    """Forget notices that can tell nothing any more; their tokens are long out of time."""
    now = clock.now()
    old = or_(
        LtiNotice.received_at < now - COPIES_KEPT,
        (LtiNotice.received_at < now - KEPT) & (LtiNotice.kind != notice_claims.COPY),
    )
    return session.execute(delete(LtiNotice).where(old)).rowcount  # type: ignore[attr-defined,no-any-return]
