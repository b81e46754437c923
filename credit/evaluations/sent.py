"""What was sent, with every answer, for any number of placements in the same few queries.

Nothing is held back here: ``queries.readable`` says who may read what.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.audit import ErasableText
from credit.agreements.models import LearningAgreement, LearningObjective
from credit.competencies import wordings
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
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
    example: str = ""

    @property
    def key(self) -> str:
        return f"o_{self.lineage}" if self.lineage else f"c_{self.competency_id}"


@dataclass(frozen=True)
class Submitted:
    """One version of one evaluation, with what it says."""

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
    evaluation_id: int = 0
    is_latest: bool = True
    is_addendum: bool = False
    reason: str = ""
    """Why this version corrected the one before."""
    written_by: str = ""
    """Who wrote it down for the supervisor; empty where they wrote it themselves."""
    medium: str | None = None
    heard_on: date | None = None
    file_id: str | None = None
    covers_from: date | None = None
    covers_until: date | None = None
    ratings: list[Answer] = field(default_factory=list)

    def level_of(self, key: str) -> Answer | None:
        return next((answer for answer in self.ratings if answer.key == key), None)


def read(session: Session, placement_ids: Sequence[int]) -> list[Submitted]:
    submissions = session.scalars(
        select(EvaluationSubmission)
        .join(EvaluationSubmission.evaluation)
        .where(Evaluation.placement_id.in_(placement_ids))
        .options(
            joinedload(EvaluationSubmission.evaluation).joinedload(Evaluation.contact),
            joinedload(EvaluationSubmission.person),
            joinedload(EvaluationSubmission.strength),
            joinedload(EvaluationSubmission.growth),
            joinedload(EvaluationSubmission.reason),
            joinedload(EvaluationSubmission.attachment),
            joinedload(EvaluationSubmission.hours_confirmation).joinedload(
                HoursConfirmation.note
            ),
        )
        .order_by(EvaluationSubmission.evaluation_id, EvaluationSubmission.number)
    ).all()
    latest = {submission.evaluation_id: submission.id for submission in submissions}
    ratings = _ratings(session, [one.id for one in submissions], placement_ids)
    return [
        _submitted(one, ratings.get(one.id, []), is_latest=latest[one.evaluation_id] == one.id)
        for one in submissions
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
        .options(
            joinedload(Rating.competency),
            joinedload(Rating.wording),
            joinedload(Rating.example),
        )
        .order_by(Rating.id)
    ):
        label = wordings.label(rating)
        found.setdefault(rating.submission_id, []).append(
            Answer(
                label=label or texts.get(rating.objective_lineage or "", ""),
                level=rating.level,
                lineage=rating.objective_lineage,
                competency_id=rating.competency_id,
                example=(rating.example.text or "") if rating.example else "",
            )
        )
    return found


def _submitted(
    one: EvaluationSubmission, ratings: list[Answer], *, is_latest: bool
) -> Submitted:
    evaluation, hours = one.evaluation, one.hours_confirmation
    contact, person = evaluation.contact, one.person
    is_transcribed = one.source == SubmissionSource.TRANSCRIBED
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
        strength=_text(one.strength),
        growth=_text(one.growth),
        work_again=one.work_again,
        reported_minutes=hours.reported_minutes if hours else None,
        confirmed_minutes=hours.confirmed_minutes if hours else None,
        hours_note=_text(hours.note) if hours else "",
        evaluation_id=evaluation.id,
        is_latest=is_latest,
        is_addendum=one.is_addendum,
        reason=_text(one.reason),
        written_by=person.label if person and is_transcribed else "",
        medium=one.medium,
        heard_on=one.heard_on,
        file_id=one.attachment.public_id if one.attachment else None,
        covers_from=evaluation.covers_from,
        covers_until=evaluation.covers_until,
        ratings=ratings,
    )


def _text(row: ErasableText | None) -> str:
    return (row.text or "") if row is not None else ""
