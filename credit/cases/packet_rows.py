"""The rows behind a packet: agreements, work, evaluations, hours."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from credit.agreements import queries as agreements
from credit.agreements.models import LearningAgreement
from credit.cases import input_rows
from credit.cases.inputs import Facts
from credit.evaluations import note_queries
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationSubmission,
    Rating,
)
from credit.evaluations.note_queries import Noted
from credit.evidence.models import DeliverableObjective, DeliverableVersion
from credit.evidence.packet_rows import EvidenceRows
from credit.hours.models import HoursConfirmation, HoursEntry, HoursRuling


@dataclass
class PacketRows:
    agreements: Mapping[int, LearningAgreement]
    works: Mapping[int, list[DeliverableVersion]]
    objectives_of: Mapping[int, set[str]]
    """Lineages of objectives that a version is evidence for, by version id."""
    submissions: Mapping[tuple[int, Author], EvaluationSubmission]
    ratings: Mapping[int, list[Rating]]
    entries: Mapping[int, list[HoursEntry]]
    confirmations: Mapping[int, HoursConfirmation] = field(default_factory=dict)
    rulings: Mapping[int, HoursRuling] = field(default_factory=dict)
    of_former: Mapping[int, list[EvaluationSubmission]] = field(default_factory=dict)
    """By supervisors who guided earlier dates."""
    notes: Mapping[int, list[Noted]] = field(default_factory=dict)
    """What the student said about an evaluation, by its id."""
    evidence: EvidenceRows = field(default_factory=lambda: EvidenceRows({}, {}, {}, {}))

    @classmethod
    def of(cls, session: Session, facts: Facts, ids: Sequence[int]) -> "PacketRows":
        submissions = _submissions(session, facts)
        works = _works(session, ids)
        return cls(
            agreements=agreements.in_force(session, ids),
            works=works,
            objectives_of=_objectives_of(
                session, [w.id for row in works.values() for w in row]
            ),
            submissions=_by_author(submissions),
            of_former=_of_former(submissions),
            notes=note_queries.of_evaluations(
                session, [one.evaluation_id for one in submissions]
            ),
            ratings=_ratings(session, [one.id for one in submissions]),
            entries=input_rows.entries(session, ids),
            confirmations=_confirmations(session, ids),
            rulings=_rulings(session, ids),
            evidence=EvidenceRows.of(session, ids, [w for row in works.values() for w in row]),
        )


def _submissions(session: Session, facts: Facts) -> list[EvaluationSubmission]:
    """The latest final ones that count."""
    counting = [
        number
        for part in facts.parts
        for number in (*part.input.submission_ids, *part.input.self_submission_ids)
    ]
    rows = session.scalars(
        select(EvaluationSubmission)
        .join(EvaluationSubmission.evaluation)
        .where(EvaluationSubmission.id.in_(counting), Evaluation.kind == EvaluationKind.FINAL)
        .options(
            joinedload(EvaluationSubmission.evaluation).joinedload(Evaluation.contact),
            joinedload(EvaluationSubmission.strength),
            joinedload(EvaluationSubmission.growth),
            joinedload(EvaluationSubmission.person),
            joinedload(EvaluationSubmission.reason),
        )
        .order_by(EvaluationSubmission.id)
    )
    return list(rows)


def _by_author(
    rows: Sequence[EvaluationSubmission],
) -> dict[tuple[int, Author], EvaluationSubmission]:
    return {
        (row.evaluation.placement_id, row.evaluation.author): row
        for row in rows
        if row.evaluation.covers_until is None
    }


def _of_former(rows: Sequence[EvaluationSubmission]) -> dict[int, list[EvaluationSubmission]]:
    found: dict[int, list[EvaluationSubmission]] = defaultdict(list)
    for row in rows:
        if row.evaluation.covers_until is not None:
            found[row.evaluation.placement_id].append(row)
    return found


def _works(session: Session, ids: Sequence[int]) -> dict[int, list[DeliverableVersion]]:
    newest: dict[tuple[int, str], DeliverableVersion] = {}
    for row in session.scalars(
        select(DeliverableVersion)
        .where(DeliverableVersion.placement_id.in_(ids))
        .options(joinedload(DeliverableVersion.attachment))
        .order_by(DeliverableVersion.number, DeliverableVersion.id)
    ):
        newest[row.placement_id, row.piece] = row
    found: dict[int, list[DeliverableVersion]] = defaultdict(list)
    for (placement_id, _piece), row in newest.items():
        found[placement_id].append(row)
    return found


def _objectives_of(session: Session, version_ids: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for row in session.scalars(
        select(DeliverableObjective).where(
            DeliverableObjective.deliverable_version_id.in_(version_ids)
        )
    ):
        found[row.deliverable_version_id].add(row.objective_lineage)
    return found


def _ratings(session: Session, submission_ids: Sequence[int]) -> dict[int, list[Rating]]:
    found: dict[int, list[Rating]] = defaultdict(list)
    for row in session.scalars(
        select(Rating)
        .where(Rating.submission_id.in_(submission_ids))
        .options(joinedload(Rating.competency), joinedload(Rating.wording))
        .order_by(Rating.id)
    ):
        found[row.submission_id].append(row)
    return found


def _confirmations(session: Session, ids: Sequence[int]) -> dict[int, HoursConfirmation]:
    rows = session.scalars(
        select(HoursConfirmation)
        .where(HoursConfirmation.placement_id.in_(ids))
        .options(
            joinedload(HoursConfirmation.note),
            joinedload(HoursConfirmation.contact),
            joinedload(HoursConfirmation.person),
        )
        .order_by(HoursConfirmation.id)
    )
    return {row.placement_id: row for row in rows}


def _rulings(session: Session, ids: Sequence[int]) -> dict[int, HoursRuling]:
    rows = session.scalars(
        select(HoursRuling)
        .where(HoursRuling.placement_id.in_(ids))
        .options(joinedload(HoursRuling.reason), joinedload(HoursRuling.ruled_by))
        .order_by(HoursRuling.id)
    )
    return {row.placement_id: row for row in rows}
