"""Reading evaluations. What each reader may know of the answers goes through ``readable``."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.errors import NotFound
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from credit.evaluations import release, sent
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationState,
    EvaluationSubmission,
)
from credit.evaluations.sent import Submitted

OPEN = (EvaluationState.REQUESTED, EvaluationState.IN_PROGRESS)


def visible_to(actor: Actor) -> Select[Evaluation]:
    """That they exist and where they stand; what they say goes through ``readable``."""
    ids = placements.visible_to(actor).with_only_columns(Placement.id)
    query = select(Evaluation).where(Evaluation.placement_id.in_(ids))
    if actor.contact_id is not None:
        return query.where(Evaluation.contact_id == actor.contact_id)
    return query


def get(session: Session, actor: Actor, placement: Placement, public_id: str) -> Evaluation:
    """:raises NotFound: not there, not for this actor, or of another placement."""
    found = session.scalar(
        visible_to(actor).where(
            Evaluation.public_id == public_id, Evaluation.placement_id == placement.id
        )
    )
    if found is None:
        raise NotFound
    return found


def of_placement(session: Session, placement: Placement) -> Sequence[Evaluation]:
    return session.scalars(
        select(Evaluation)
        .where(
            Evaluation.placement_id == placement.id, Evaluation.state != EvaluationState.LAPSED
        )
        .options(joinedload(Evaluation.contact))
        .order_by(Evaluation.id)
    ).all()


def with_lapsed(session: Session, placement: Placement) -> Sequence[Evaluation]:
    """All of them, also those that nobody waits for any more."""
    return session.scalars(
        select(Evaluation)
        .where(Evaluation.placement_id == placement.id)
        .options(joinedload(Evaluation.contact))
        .order_by(Evaluation.id)
    ).all()


def of_author(
    session: Session,
    placement: Placement,
    kind: EvaluationKind,
    contact_id: int | None,
    *,
    to_change: bool = False,
) -> Evaluation | None:
    """The evaluation of a supervisor, or without one the student's own; no lapsed one."""
    query = _of_author(placement, contact_id).where(Evaluation.kind == kind)
    return session.scalar(locked(query) if to_change else query)


def open_or_sent(
    session: Session,
    placement: Placement,
    contact_id: int | None,
    *,
    to_change: bool = False,
) -> Evaluation | None:
    """What they write now, else what they sent last."""
    query = (
        _of_author(placement, contact_id)
        .order_by(
            (Evaluation.state == EvaluationState.SUBMITTED),
            (Evaluation.kind == EvaluationKind.MIDPOINT),
        )
        .limit(1)
    )
    return session.scalar(locked(query) if to_change else query)


def _of_author(placement: Placement, contact_id: int | None) -> Select[Evaluation]:
    return select(Evaluation).where(
        Evaluation.placement_id == placement.id,
        _by(contact_id),
        Evaluation.state != EvaluationState.LAPSED,
    )


def _by(contact_id: int | None) -> ColumnElement[bool]:
    if contact_id is None:
        return Evaluation.contact_id.is_(None)
    return Evaluation.contact_id == contact_id


def left_behind(
    session: Session, placement: Placement, contact_id: int | None
) -> dict[str, Any]:
    """What a supervisor, or the student, had written of an evaluation that was then closed."""
    closed = session.scalars(
        select(Evaluation)
        .where(
            Evaluation.placement_id == placement.id,
            _by(contact_id),
            Evaluation.kind == EvaluationKind.FINAL,
            Evaluation.state == EvaluationState.LAPSED,
        )
        .order_by(Evaluation.id.desc())
        .limit(1)
    ).first()
    return dict(closed.draft) if closed is not None else {}


def locked(query: Select[Evaluation]) -> Select[Evaluation]:
    # The second of two presses waits, and then sees what the first one sent.
    return query.with_for_update(of=Evaluation).execution_options(populate_existing=True)


def latest_submission(session: Session, evaluation: Evaluation) -> EvaluationSubmission | None:
    return session.scalar(
        select(EvaluationSubmission)
        .where(EvaluationSubmission.evaluation_id == evaluation.id)
        .order_by(EvaluationSubmission.number.desc())
        .limit(1)
    )


def readable(session: Session, actor: Actor, placement: Placement) -> list[Submitted]:
    """The latest of everything that this reader may know of one visible placement.

    Supervisors read their own; the student reads their own, and a supervisor's once it is
    released; whoever decides or helps reads all.
    """
    return [one for one in all_versions(session, actor, placement) if one.is_latest]


def all_versions(session: Session, actor: Actor, placement: Placement) -> list[Submitted]:
    """The same with every version that a later one corrected, oldest first."""
    found = sent.read(session, [placement.id])
    if actor.contact_id is not None:
        return [one for one in found if one.contact_id == actor.contact_id]
    if actor.person_id != placement.person_id:
        return found
    open_ones = release.released(of_placement(session, placement), now=clock.now())
    return [
        one for one in found if one.author == Author.STUDENT or one.evaluation_id in open_ones
    ]


def reads_file(session: Session, actor: Actor, attachment: Attachment) -> bool:
    """The original of what was written down: whoever may read that version."""
    submission = session.scalar(
        select(EvaluationSubmission)
        .where(EvaluationSubmission.attachment_id == attachment.id)
        .options(joinedload(EvaluationSubmission.evaluation).joinedload(Evaluation.placement))
        .limit(1)
    )
    if submission is None:
        return False
    placement = submission.evaluation.placement
    seen = session.scalar(placements.visible_to(actor).where(Placement.id == placement.id))
    return seen is not None and any(
        one.submission_id == submission.id for one in all_versions(session, actor, placement)
    )
