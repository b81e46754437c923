"""The packet: all evidence of one case in reading order, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from credit.agreements import queries as agreements
from credit.agreements.models import LearningAgreement
from credit.cases.inputs import Facts, Part
from credit.competencies.levels import words
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationSubmission,
    Rating,
)
from credit.evidence.models import DeliverableObjective, DeliverableVersion, EvidenceKind
from credit.hours.models import HoursConfirmation, HoursEntry, HoursRuling
from credit.policy.counting import Counted


@dataclass(frozen=True)
class Judgement:
    """What one side said about one objective or competency; absent where nobody was asked."""

    level: int | None
    text: str


@dataclass(frozen=True)
class Line:
    """One objective or competency with both views."""

    title: str
    note: str
    works: Sequence[DeliverableVersion]
    student: Judgement | None
    supervisor: Judgement | None


@dataclass(frozen=True)
class Sheet:
    """One placement's evidence."""

    part: Part
    counted: Counted
    agreement: LearningAgreement | None
    objectives: Sequence[Line]
    competencies: Sequence[Line]
    evaluation: EvaluationSubmission | None
    self_evaluation: EvaluationSubmission | None
    works: Sequence[DeliverableVersion]
    """The newest version of every piece, reflections apart."""
    reflections: Sequence[DeliverableVersion]
    entries: Sequence[HoursEntry]
    confirmation: HoursConfirmation | None
    ruling: HoursRuling | None


def read(session: Session, facts: Facts) -> list[Sheet]:
    ids = [part.placement.id for part in facts.parts]
    found = _Read.of(session, facts, ids)
    counted = facts.sum_with().placements
    return [_sheet(part, one, found) for part, one in zip(facts.parts, counted, strict=True)]


@dataclass
class _Read:
    agreements: Mapping[int, LearningAgreement]
    works: Mapping[int, list[DeliverableVersion]]
    objectives_of: Mapping[int, set[str]]
    """Lineages of objectives that a version is evidence for, by version id."""
    submissions: Mapping[tuple[int, Author], EvaluationSubmission]
    ratings: Mapping[int, list[Rating]]
    entries: Mapping[int, list[HoursEntry]]
    confirmations: Mapping[int, HoursConfirmation] = field(default_factory=dict)
    rulings: Mapping[int, HoursRuling] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, facts: Facts, ids: Sequence[int]) -> "_Read":
        submissions = _submissions(session, facts)
        works = _works(session, ids)
        return cls(
            agreements=agreements.in_force(session, ids),
            works=works,
            objectives_of=_objectives_of(
                session, [w.id for row in works.values() for w in row]
            ),
            submissions=submissions,
            ratings=_ratings(session, [one.id for one in submissions.values()]),
            entries=_entries(session, ids),
            confirmations=_confirmations(session, ids),
            rulings=_rulings(session, ids),
        )


def _submissions(
    session: Session, facts: Facts
) -> dict[tuple[int, Author], EvaluationSubmission]:
    """The latest final ones that count, by placement and author."""
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
        )
        .order_by(EvaluationSubmission.id)
    )
    return {(row.evaluation.placement_id, row.evaluation.author): row for row in rows}


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
        .options(joinedload(Rating.competency))
        .order_by(Rating.id)
    ):
        found[row.submission_id].append(row)
    return found


def _entries(session: Session, ids: Sequence[int]) -> dict[int, list[HoursEntry]]:
    found: dict[int, list[HoursEntry]] = defaultdict(list)
    for row in session.scalars(
        select(HoursEntry)
        .where(HoursEntry.placement_id.in_(ids), HoursEntry.removed_at.is_(None))
        .order_by(HoursEntry.worked_on, HoursEntry.id)
    ):
        found[row.placement_id].append(row)
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


def _sheet(part: Part, counted: Counted, found: _Read) -> Sheet:
    here = part.placement.id
    works = found.works.get(here, [])
    theirs = found.submissions.get((here, Author.SUPERVISOR))
    own = found.submissions.get((here, Author.STUDENT))
    agreement = found.agreements.get(here)
    return Sheet(
        part=part,
        counted=counted,
        agreement=agreement,
        objectives=_objective_lines(agreement, works, theirs, own, found),
        competencies=_competency_lines(theirs, own, found),
        evaluation=theirs,
        self_evaluation=own,
        works=[one for one in works if one.kind != EvidenceKind.REFLECTION],
        reflections=[one for one in works if one.kind == EvidenceKind.REFLECTION],
        entries=found.entries.get(here, []),
        confirmation=found.confirmations.get(here),
        ruling=found.rulings.get(here),
    )


def _objective_lines(
    agreement: LearningAgreement | None,
    works: Sequence[DeliverableVersion],
    theirs: EvaluationSubmission | None,
    own: EvaluationSubmission | None,
    found: _Read,
) -> list[Line]:
    return [
        Line(
            title=objective.text,
            note=objective.evidence,
            works=[w for w in works if objective.lineage in found.objectives_of.get(w.id, ())],
            student=_judged(own, found, objective.lineage),
            supervisor=_judged(theirs, found, objective.lineage),
        )
        for objective in (agreement.objectives if agreement else [])
    ]


def _competency_lines(
    theirs: EvaluationSubmission | None, own: EvaluationSubmission | None, found: _Read
) -> list[Line]:
    asked = {
        rating.competency_id: rating.competency.label
        for one in (theirs, own)
        if one is not None
        for rating in found.ratings.get(one.id, [])
        if rating.competency is not None
    }
    return [
        Line(label, "", (), _judged(own, found, number), _judged(theirs, found, number))
        for number, label in asked.items()
    ]


def _judged(
    submission: EvaluationSubmission | None, found: _Read, target: str | int | None
) -> Judgement | None:
    if submission is None:
        return None
    for rating in found.ratings.get(submission.id, []):
        if target in (rating.objective_lineage, rating.competency_id):
            return Judgement(rating.level, words(rating.level))
    return None


def is_new(version: DeliverableVersion, since: datetime | None) -> bool:
    """Handed in after the case was returned."""
    return since is not None and version.handed_in_at > since
