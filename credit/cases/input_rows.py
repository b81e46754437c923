"""The rows behind a case's inputs, read for any number of placements at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from careerlink.placements.models import Placement, PlacementState
from credit.agreements.models import LearningAgreement
from credit.cases.models import CreditCasePlacement
from credit.concerns import queries as concerns
from credit.concerns.models import ConcernKind
from credit.evaluations import note_queries
from credit.evaluations.models import Evaluation, EvaluationKind, EvaluationSubmission, Rating
from credit.evidence.models import DeliverableVersion, EvidenceKind
from credit.hours import disputing
from credit.hours.models import (
    HoursConfirmation,
    HoursDispute,
    HoursEntry,
    HoursRuling,
)
from credit.hours.standing import standing


@dataclass(frozen=True)
class Pieces:
    number: int = 0
    newest_id: int = 0
    """Of the version that was handed in last, of whichever piece."""
    newest_at: datetime | None = None


@dataclass
class Rows:
    """What was read, by placement id."""

    agreements: Mapping[int, list[LearningAgreement]]
    entries: Mapping[int, list[HoursEntry]]
    confirmations: Mapping[int, list[HoursConfirmation]]
    """Those that stand: one, or one of each supervisor's own dates."""
    rulings: Mapping[int, HoursRuling]
    pieces: Mapping[tuple[int, bool], Pieces]
    """Of evidence, by placement and whether they are reflections."""
    evaluations: Mapping[int, list[Evaluation]]
    disputes: Mapping[int, list[HoursDispute]]
    """On which no ruling has been made yet."""
    concerns: Mapping[int, list[ConcernKind]]
    """What the office looks into now."""
    notes: Mapping[int, int]
    """What the student said about an evaluation, without an answer."""
    submissions: Mapping[int, EvaluationSubmission] = field(default_factory=dict)
    """The latest by evaluation id."""
    first_sent: Mapping[int, datetime] = field(default_factory=dict)
    """By evaluation id: a correction makes nobody late."""
    observed: frozenset[int] = frozenset()
    """Ids of submissions in which at least one thing was seen."""

    @classmethod
    def of(cls, session: Session, ids: Sequence[int]) -> "Rows":
        submissions = _submissions(session, ids)
        return cls(
            agreements=_agreements(session, ids),
            entries=entries(session, ids),
            confirmations=_confirmations(session, ids),
            rulings={
                row.placement_id: row
                for row in session.scalars(
                    select(HoursRuling)
                    .where(HoursRuling.placement_id.in_(ids))
                    .order_by(HoursRuling.id)
                )
            },
            pieces=_pieces(session, ids),
            disputes=disputing.open_ones(session, ids),
            concerns=concerns.open_kinds(session, ids),
            notes=note_queries.unanswered(session, ids),
            evaluations=_evaluations(session, ids),
            submissions={row.evaluation_id: row for row in submissions},
            first_sent=_first_sent(submissions),
            observed=_observed(session, submissions),
        )


def _agreements(session: Session, ids: Sequence[int]) -> Mapping[int, list[LearningAgreement]]:
    found: dict[int, list[LearningAgreement]] = defaultdict(list)
    for row in session.scalars(
        select(LearningAgreement)
        .where(
            LearningAgreement.placement_id.in_(ids),
            LearningAgreement.in_force_at.is_not(None),
        )
        .order_by(LearningAgreement.in_force_at, LearningAgreement.id)
    ):
        found[row.placement_id].append(row)
    return found


def entries(session: Session, ids: Sequence[int]) -> Mapping[int, list[HoursEntry]]:
    """By placement, day by day; without those that were removed."""
    found: dict[int, list[HoursEntry]] = defaultdict(list)
    for row in session.scalars(
        select(HoursEntry)
        .where(HoursEntry.placement_id.in_(ids), HoursEntry.removed_at.is_(None))
        .order_by(HoursEntry.worked_on, HoursEntry.id)
    ):
        found[row.placement_id].append(row)
    return found


def _pieces(session: Session, ids: Sequence[int]) -> Mapping[tuple[int, bool], Pieces]:
    """Versions of one piece count once."""
    is_reflection = (DeliverableVersion.kind == EvidenceKind.REFLECTION).label("is_reflection")
    rows = session.execute(
        select(
            DeliverableVersion.placement_id,
            is_reflection,
            func.count(func.distinct(DeliverableVersion.piece)),
            func.max(DeliverableVersion.id),
            func.max(DeliverableVersion.handed_in_at),
        )
        .where(DeliverableVersion.placement_id.in_(ids))
        .group_by(DeliverableVersion.placement_id, is_reflection)
    )
    return defaultdict(Pieces, {(row[0], bool(row[1])): Pieces(*row[2:]) for row in rows})


def _evaluations(session: Session, ids: Sequence[int]) -> Mapping[int, list[Evaluation]]:
    found: dict[int, list[Evaluation]] = defaultdict(list)
    for row in session.scalars(
        select(Evaluation)
        .where(Evaluation.placement_id.in_(ids), Evaluation.kind == EvaluationKind.FINAL)
        .order_by(Evaluation.id)
    ):
        found[row.placement_id].append(row)
    return found


def _confirmations(
    session: Session, ids: Sequence[int]
) -> Mapping[int, list[HoursConfirmation]]:
    found: dict[int, list[HoursConfirmation]] = defaultdict(list)
    for row in session.scalars(
        select(HoursConfirmation)
        .where(HoursConfirmation.placement_id.in_(ids))
        .order_by(HoursConfirmation.id)
    ):
        found[row.placement_id].append(row)
    return {here: standing(rows) for here, rows in found.items()}


def _first_sent(submissions: Sequence[EvaluationSubmission]) -> dict[int, datetime]:
    return {row.evaluation_id: row.submitted_at for row in reversed(submissions)}


def _observed(session: Session, submissions: Sequence[EvaluationSubmission]) -> frozenset[int]:
    rows = session.scalars(
        select(Rating.submission_id)
        .where(
            Rating.submission_id.in_([one.id for one in submissions]),
            Rating.level.is_not(None),
        )
        .distinct()
    )
    return frozenset(rows)


def _submissions(session: Session, ids: Sequence[int]) -> Sequence[EvaluationSubmission]:
    return session.scalars(
        select(EvaluationSubmission)
        .join(EvaluationSubmission.evaluation)
        .where(Evaluation.placement_id.in_(ids), Evaluation.kind == EvaluationKind.FINAL)
        .order_by(EvaluationSubmission.number)
    ).all()


def links(session: Session, case_ids: Sequence[int]) -> Sequence[CreditCasePlacement]:
    return session.scalars(
        select(CreditCasePlacement)
        .join(CreditCasePlacement.placement)
        .where(
            CreditCasePlacement.credit_case_id.in_(case_ids),
            CreditCasePlacement.moved_at.is_(None),
            CreditCasePlacement.left_out_at.is_(None),
            Placement.state != PlacementState.CANCELLED,
        )
        .options(
            joinedload(CreditCasePlacement.placement).joinedload(Placement.partner),
            joinedload(CreditCasePlacement.placement).joinedload(Placement.institution),
        )
        .order_by(Placement.starts_on, Placement.id)
    ).all()
