"""The packet: all evidence of one case in reading order, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from credit.agreements.models import LearningAgreement
from credit.cases.inputs import Facts, Part
from credit.cases.packet_rows import PacketRows
from credit.competencies import wordings
from credit.competencies.levels import words
from credit.evaluations.models import (
    Author,
    EvaluationSubmission,
)
from credit.evaluations.note_queries import Noted
from credit.evidence.gaps import Gap, Rated
from credit.evidence.judging import Finding
from credit.evidence.models import DeliverableVersion, EvidenceKind
from credit.evidence.packet_rows import EvidenceRows, attested
from credit.evidence.review_models import DeliverableReview
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

    key: str
    """The objective's lineage, or the competency's id."""
    title: str
    note: str
    works: Sequence[DeliverableVersion]
    student: Judgement | None
    supervisor: Judgement | None
    finding: Finding | None = None
    """The instructor's own, of an objective."""

    @property
    def difference(self) -> str:
        return Gap(self.title, _rated(self.student), _rated(self.supervisor)).words

    @property
    def is_unseen(self) -> bool:
        """Nobody observed it: not enough evidence, and no zero."""
        said = [one for one in (self.student, self.supervisor) if one is not None]
        return bool(said) and all(one.level is None for one in said)


def _rated(said: Judgement | None) -> Rated | None:
    return Rated(said.level) if said is not None else None


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
    of_former: Sequence[tuple[EvaluationSubmission, Sequence[tuple[str, Judgement]]]]
    """What earlier supervisors said of their own dates, with each answer."""
    notes: Mapping[int, Sequence[Noted]]
    """What the student said about them, by evaluation."""
    works: Sequence[DeliverableVersion]
    """The newest version of every piece, reflections apart."""
    reflections: Sequence[DeliverableVersion]
    evidence: EvidenceRows
    entries: Sequence[HoursEntry]
    confirmation: HoursConfirmation | None
    ruling: HoursRuling | None

    @property
    def objective_texts(self) -> dict[str, str]:
        objectives = self.agreement.objectives if self.agreement else []
        return {one.lineage: one.text for one in objectives}

    def attested(self, review: DeliverableReview) -> list[tuple[str, str]]:
        """Answer and criterion of confidential work, in words."""
        return attested(review, self.objective_texts)


def read(session: Session, facts: Facts) -> list[Sheet]:
    ids = [part.placement.id for part in facts.parts]
    found = PacketRows.of(session, facts, ids)
    counted = facts.sum_with().placements
    return [_sheet(part, one, found) for part, one in zip(facts.parts, counted, strict=True)]


def _sheet(part: Part, counted: Counted, found: PacketRows) -> Sheet:
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
        of_former=[(one, _said(one, found)) for one in found.of_former.get(here, [])],
        notes=found.notes,
        works=[one for one in works if one.kind != EvidenceKind.REFLECTION],
        reflections=[one for one in works if one.kind == EvidenceKind.REFLECTION],
        evidence=found.evidence,
        entries=found.entries.get(here, []),
        confirmation=found.confirmations.get(here),
        ruling=found.rulings.get(here),
    )


def _objective_lines(
    agreement: LearningAgreement | None,
    works: Sequence[DeliverableVersion],
    theirs: EvaluationSubmission | None,
    own: EvaluationSubmission | None,
    found: PacketRows,
) -> list[Line]:
    return [
        Line(
            key=objective.lineage,
            title=objective.text,
            note=objective.evidence,
            works=[w for w in works if objective.lineage in found.objectives_of.get(w.id, ())],
            student=_judged(own, found, objective.lineage),
            supervisor=_judged(theirs, found, objective.lineage),
            finding=found.evidence.findings.get((agreement.placement_id, objective.lineage))
            if agreement
            else None,
        )
        for objective in (agreement.objectives if agreement else [])
    ]


def _competency_lines(
    theirs: EvaluationSubmission | None, own: EvaluationSubmission | None, found: PacketRows
) -> list[Line]:
    asked = {
        rating.competency_id: wordings.label(rating)
        for one in (theirs, own)
        if one is not None
        for rating in found.ratings.get(one.id, [])
        if rating.competency is not None
    }
    return [
        Line(
            str(number),
            label,
            "",
            (),
            _judged(own, found, number),
            _judged(theirs, found, number),
        )
        for number, label in asked.items()
    ]


def _said(one: EvaluationSubmission, found: PacketRows) -> list[tuple[str, Judgement]]:
    agreement = found.agreements.get(one.evaluation.placement_id)
    titles = {o.lineage: o.text for o in (agreement.objectives if agreement else [])}
    return [
        (
            rating.competency.label
            if rating.competency is not None
            else titles.get(rating.objective_lineage or "", ""),
            Judgement(rating.level, words(rating.level)),
        )
        for rating in found.ratings.get(one.id, [])
    ]


def _judged(
    submission: EvaluationSubmission | None, found: PacketRows, target: str | int | None
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
