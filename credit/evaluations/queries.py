"""Reading evaluations. Until their own is in, students do not read the supervisor's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from credit.agreements.models import LearningAgreement, LearningObjective
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationState,
    EvaluationSubmission,
    Rating,
    SubmissionSource,
)
from credit.hours.models import HoursConfirmation


@dataclass(frozen=True)
class Answer:
    label: str
    level: int | None
    """1 to 4; ``None`` for "did not see this"."""
    lineage: str | None = None
    competency_id: int | None = None

    @property
    def key(self) -> str:
        return f"o_{self.lineage}" if self.lineage else f"c_{self.competency_id}"


@dataclass(frozen=True)
class Submitted:
    """The latest version of one evaluation, with what it says."""

    placement_id: int
    submission_id: int
    author: Author
    kind: EvaluationKind
    contact_id: int | None
    by: str
    number: int
    source: SubmissionSource
    submitted_at: datetime
    strength: str
    growth: str
    work_again: str | None
    reported_minutes: int | None
    confirmed_minutes: int | None
    hours_note: str
    ratings: list[Answer] = field(default_factory=list)

    def level_of(self, key: str) -> Answer | None:
        return next((answer for answer in self.ratings if answer.key == key), None)


def visible_to(actor: Actor) -> Select[Evaluation]:
    """That they exist and where they stand; what they say goes through ``readable``."""
    ids = placements.visible_to(actor).with_only_columns(Placement.id)
    query = select(Evaluation).where(Evaluation.placement_id.in_(ids))
    if actor.contact_id is not None:
        return query.where(Evaluation.contact_id == actor.contact_id)
    return query


def of_placement(session: Session, placement: Placement) -> Sequence[Evaluation]:
    return session.scalars(
        select(Evaluation)
        .where(
            Evaluation.placement_id == placement.id, Evaluation.state != EvaluationState.LAPSED
        )
        .options(joinedload(Evaluation.contact))
        .order_by(Evaluation.id)
    ).all()


def open_or_sent(
    session: Session,
    placement: Placement,
    contact_id: int | None,
    *,
    to_change: bool = False,
) -> Evaluation | None:
    """The final evaluation of a supervisor, or without one the student's own."""
    query = select(Evaluation).where(
        Evaluation.placement_id == placement.id,
        Evaluation.kind == EvaluationKind.FINAL,
        Evaluation.contact_id == contact_id
        if contact_id is not None
        else Evaluation.contact_id.is_(None),
        Evaluation.state != EvaluationState.LAPSED,
    )
    if to_change:
        # The second of two presses waits, and then sees what the first one sent.
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def readable(session: Session, actor: Actor, placement: Placement) -> list[Submitted]:
    """What this reader may know of the answers about one visible placement."""
    found = for_placements(session, [placement.id])
    if actor.contact_id is not None:
        return [one for one in found if one.contact_id == actor.contact_id]
    if actor.person_id != placement.person_id:
        return found
    own = [one for one in found if one.author == Author.STUDENT]
    return found if own else []


def for_placements(session: Session, placement_ids: Sequence[int]) -> list[Submitted]:
    """The latest submission of every evaluation; three queries for any number of placements.

    Nothing is held back here: for students use ``readable``.
    """
    submissions = session.scalars(
        select(EvaluationSubmission)
        .join(EvaluationSubmission.evaluation)
        .where(Evaluation.placement_id.in_(placement_ids))
        .options(
            joinedload(EvaluationSubmission.evaluation).joinedload(Evaluation.contact),
            joinedload(EvaluationSubmission.person),
            joinedload(EvaluationSubmission.strength),
            joinedload(EvaluationSubmission.growth),
            joinedload(EvaluationSubmission.hours_confirmation).joinedload(
                HoursConfirmation.note
            ),
        )
        .order_by(EvaluationSubmission.number)
    )
    latest = {submission.evaluation_id: submission for submission in submissions}
    ratings = _ratings(session, [one.id for one in latest.values()], placement_ids)
    return [
        _submitted(one, ratings.get(one.id, []))
        for one in sorted(latest.values(), key=lambda one: one.evaluation_id)
    ]


def _ratings(
    session: Session, submission_ids: Sequence[int], placement_ids: Sequence[int]
) -> dict[int, list[Answer]]:
    texts = dict(
        session.execute(
            select(LearningObjective.lineage, LearningObjective.text)
            .join(LearningObjective.agreement)
            .where(LearningAgreement.placement_id.in_(placement_ids))
            .order_by(LearningAgreement.number)
        ).all()
    )
    found: dict[int, list[Answer]] = {}
    for rating in session.scalars(
        select(Rating)
        .where(Rating.submission_id.in_(submission_ids))
        .options(joinedload(Rating.competency))
        .order_by(Rating.id)
    ):
        label = rating.competency.label if rating.competency else ""
        found.setdefault(rating.submission_id, []).append(
            Answer(
                label=label or texts.get(rating.objective_lineage or "", ""),
                level=rating.level,
                lineage=rating.objective_lineage,
                competency_id=rating.competency_id,
            )
        )
    return found


def _submitted(one: EvaluationSubmission, ratings: list[Answer]) -> Submitted:
    evaluation, hours = one.evaluation, one.hours_confirmation
    contact, person = evaluation.contact, one.person
    return Submitted(
        placement_id=evaluation.placement_id,
        submission_id=one.id,
        author=evaluation.author,
        kind=evaluation.kind,
        contact_id=evaluation.contact_id,
        by=contact.name if contact else person.label if person else "",
        number=one.number,
        source=one.source,
        submitted_at=one.submitted_at,
        strength=(one.strength.text or "") if one.strength else "",
        growth=(one.growth.text or "") if one.growth else "",
        work_again=one.work_again,
        reported_minutes=hours.reported_minutes if hours else None,
        confirmed_minutes=hours.confirmed_minutes if hours else None,
        hours_note=(hours.note.text or "") if hours and hours.note else "",
        ratings=ratings,
    )
