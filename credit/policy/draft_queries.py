"""Reading drafts of policies: anybody with an office role of the institution."""

from collections.abc import Sequence

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, joinedload

from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from credit.policy import queries
from credit.policy.draft_models import PolicyDraft
from credit.policy.models import CreditPolicyVersion


def visible_to(actor: Actor) -> Select[PolicyDraft]:
    if not actor.reads_office:
        return select(PolicyDraft).where(false())
    return select(PolicyDraft).where(PolicyDraft.institution_id == actor.institution_id)


def get(session: Session, public_id: str, *, actor: Actor, lock: bool = False) -> PolicyDraft:
    query = visible_to(actor).where(PolicyDraft.public_id == public_id)
    draft = session.scalar(query.with_for_update() if lock else query)
    if draft is None:
        raise NotFound
    return draft


def open_ones(session: Session, actor: Actor) -> Sequence[PolicyDraft]:
    """The one that somebody worked on last comes first."""
    return session.scalars(
        visible_to(actor)
        .where(PolicyDraft.closed_at.is_(None))
        .options(joinedload(PolicyDraft.based_on), joinedload(PolicyDraft.changed_by))
        .order_by(PolicyDraft.changed_at.desc(), PolicyDraft.id.desc())
        .limit(50)
    ).all()


def newest_named(session: Session, name: str, actor: Actor) -> CreditPolicyVersion | None:
    return session.scalar(
        queries.visible_to(actor)
        .where(CreditPolicyVersion.name == name)
        .order_by(CreditPolicyVersion.number.desc())
        .limit(1)
    )
