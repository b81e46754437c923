"""A platform asks for content, an instructor chooses, and one answer goes back."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import jwt
from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.courses.models import Course
from careerlink.errors import NotFound, NotPossible
from careerlink.offered_parts import LinkItem
from careerlink.people.actors import Actor
from lti import claim_names as names
from lti import claim_values as claims
from lti import keys
from lti.line_items import MAKING
from lti.models import LtiContext, LtiDeepLinking, LtiDeployment, LtiLineItem, LtiResourceLink

LIFETIME = timedelta(hours=12)
"""As long as a session; platforms forget their side of it earlier."""
ANSWER_LIFETIME = timedelta(minutes=5)
KEPT = timedelta(days=1)
BACKDATED = timedelta(seconds=10)
"""Moodle allows no leeway for a clock that is behind ours."""
VERSION = "1.3.0"
RESPONSE = "LtiDeepLinkingResponse"
OVER = (
    "What your LMS asked for is over, or was asked for by somebody else. Close this window and "
    "choose CareerLink again where you add content to your course."
)


@dataclass(frozen=True)
class Answer:
    """What goes back: items, or the reason why there are none."""

    items: list[dict[str, Any]] = field(default_factory=list)
    message: str = ""
    error: str = ""
    code: str = ""
    """The reason once more, for the platform's log."""

    def chosen(self) -> dict[str, Any]:
        said = {
            names.DL_MESSAGE: self.message,
            names.DL_ERROR: self.error,
            names.DL_ERROR_LOG: f"careerlink: {self.code}" if self.code else "",
        }
        return {
            names.CONTENT_ITEMS: self.items,
            **{name: text for name, text in said.items() if text},
        }


def begin(
    session: Session,
    deployment: LtiDeployment,
    asked: claims.DeepLinking,
    *,
    person_id: int,
    context: LtiContext | None,
) -> LtiDeepLinking:
    row = LtiDeepLinking(
        deployment=deployment,
        context=context,
        person_id=person_id,
        return_url=asked.return_url,
        accept_types=list(asked.accept_types),
        accept_multiple=asked.accept_multiple,
        accept_lineitem=asked.accept_lineitem,
        data=asked.data,
        placement=asked.placement,
        expires_at=clock.now() + LIFETIME,
    )
    session.add(row)
    session.flush()
    return row


def path(asked: LtiDeepLinking) -> str:
    """Where the choice begins."""
    if asked.context is None:
        return f"/home/links/{asked.public_id}"
    return f"/courses/{asked.context.course.public_id}/links/{asked.public_id}"


def get(
    session: Session, public_id: str, *, actor: Actor, course: Course | None
) -> LtiDeepLinking:
    """What this very person was asked in this course.

    :raises NotFound: over, of somebody else, or of another course: told apart for nobody.
    """
    place = (
        LtiDeepLinking.context_id.is_(None)
        if course is None
        else LtiDeepLinking.context.has(LtiContext.course_id == course.id)
    )
    found = session.scalar(
        select(LtiDeepLinking)
        .where(
            LtiDeepLinking.public_id == public_id,
            LtiDeepLinking.person_id == actor.person_id,
            LtiDeepLinking.expires_at > clock.now(),
            LtiDeepLinking.deployment.has(LtiDeployment.institution_id == actor.institution_id),
            place,
        )
        .options(
            joinedload(LtiDeepLinking.deployment).joinedload(LtiDeployment.registration),
            joinedload(LtiDeepLinking.context).joinedload(LtiContext.course),
        )
    )
    if found is None:
        raise NotFound(OVER)
    return found


def answer(
    session: Session, asked: LtiDeepLinking, *, actor: Actor, answer: Answer, secret: str
) -> None:
    """Settle the answer. The same once more changes nothing, so a double click is safe.

    :raises NotPossible: another answer has gone out.
    """
    keys.ensure(session, secret=secret)
    chosen, now = answer.chosen(), clock.now()
    settled = session.execute(
        update(LtiDeepLinking)
        .where(LtiDeepLinking.id == asked.id, LtiDeepLinking.answered_at.is_(None))
        .values(answer={**chosen, "nonce": secrets.token_hex(16)}, answered_at=now)
    )
    is_first = settled.rowcount == 1  # type: ignore[attr-defined]
    session.refresh(asked, ["answer", "answered_at"])
    if not is_first:
        if {**(asked.answer or {}), "nonce": ""} != {**chosen, "nonce": ""}:
            raise NotPossible(
                "Your LMS takes one answer, and it has it. Close this window and choose "
                "CareerLink again to add more."
            )
        return
    _record(session, asked, actor=actor, answer=answer)


def _record(session: Session, asked: LtiDeepLinking, *, actor: Actor, answer: Answer) -> None:
    detail: dict[str, Any] = {
        "links": [item.get("custom", {}).get("content", item["type"]) for item in answer.items],
        "columns": sum("lineItem" in item for item in answer.items),
        "deployment": asked.deployment_id,
        "refused": answer.code,
    }
    if asked.context is None:
        subject, action = asked.deployment, "lti_deployment:add_no_links"
        audit.record(session, action, subject, actor=actor, **detail)
        return
    action = "course:add_links" if answer.items else "course:add_no_links"
    audit.record(session, action, asked.context.course, actor=actor, **detail)


def is_fresh(asked: LtiDeepLinking) -> bool:
    """The answer can still go out."""
    return asked.answered_at is not None and clock.now() < asked.answered_at + ANSWER_LIFETIME


def signed(session: Session, asked: LtiDeepLinking, *, secret: str) -> str:
    """The answer as the browser posts it: each time the same, to the letter."""
    if asked.answer is None or asked.answered_at is None:
        raise ValueError("nothing was answered")
    signer = keys.signer(session, secret=secret)
    registration = asked.deployment.registration
    body = {
        "iss": registration.client_id,
        "aud": registration.issuer,
        "iat": int((asked.answered_at - BACKDATED).timestamp()),
        "exp": int((asked.answered_at + ANSWER_LIFETIME).timestamp()),
        names.DEPLOYMENT: asked.deployment.deployment_id,
        names.MESSAGE_TYPE: RESPONSE,
        names.VERSION: VERSION,
        **asked.answer,
    }
    if asked.data is not None:
        body[names.DL_DATA] = asked.data
    return jwt.encode(body, signer.key, algorithm="RS256", headers={"kid": signer.kid})


def standing_column(session: Session, asked: LtiDeepLinking, item: LinkItem) -> str | None:
    """The label of a column that the course has for this already."""
    if item.column is None or asked.context_id is None:
        return None
    wanted = item.column.resource_id
    of_a_link = exists().where(
        LtiResourceLink.id == LtiLineItem.resource_link_id, LtiResourceLink.content == wanted
    )
    return session.scalar(
        select(LtiLineItem.label)
        .where(
            LtiLineItem.context_id == asked.context_id,
            LtiLineItem.gone_at.is_(None),
            LtiLineItem.url.not_like(f"{MAKING}%"),
            or_(LtiLineItem.resource_id == wanted, of_a_link),
        )
        .order_by(LtiLineItem.id)
        .limit(1)
    )


def sweep(session: Session) -> int:
    """Forget requests that are over; the audit trail keeps what was answered."""
    old = clock.now() - KEPT
    found = session.execute(delete(LtiDeepLinking).where(LtiDeepLinking.expires_at < old))
    return int(found.rowcount)  # type: ignore[attr-defined]
