"""Learning objectives for which there is evidence, and evaluations at the half, by project."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit.agreements.models import LearningAgreement, LearningObjective
from credit.cases.models import CreditCasePlacement
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationSubmission,
    Rating,
)
from credit.evidence import judging
from credit.evidence.models import DeliverableObjective, DeliverableVersion
from credit.evidence.review_models import Verdict
from credit.policy.parameters import Parameters

Links = Sequence[CreditCasePlacement]
Agreements = Mapping[int, Sequence[LearningAgreement]]
SPEAK_FOR_IT = (Verdict.MET, Verdict.PARTLY)


def of_placements(
    session: Session, links: Links, policies: Mapping[int, Parameters], agreements: Agreements
) -> Mapping[int, dict[str, Any]]:
    """Members of ``PlacementInput``, by placement; only what the policies ask for."""
    found: dict[int, dict[str, Any]] = {link.placement_id: {} for link in links}
    halves = [
        link.placement_id
        for link in links
        if policies[link.credit_case_id].midpoint_evaluation_required
    ]
    aims = [
        link.placement_id for link in links if policies[link.credit_case_id].outcomes_verified
    ]
    for here, ids in (_midpoints(session, halves) if halves else {}).items():
        found[here]["midpoint_ids"] = ids
    for here, members in (_objectives(session, aims, agreements) if aims else {}).items():
        found[here] |= members
    return found


def _midpoints(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    """The latest submission of each."""
    newest: dict[int, dict[int, int]] = defaultdict(dict)
    for placement_id, evaluation_id, number in session.execute(
        select(Evaluation.placement_id, Evaluation.id, EvaluationSubmission.id)
        .join(EvaluationSubmission, EvaluationSubmission.evaluation_id == Evaluation.id)
        .where(
            Evaluation.placement_id.in_(ids),
            Evaluation.kind == EvaluationKind.MIDPOINT,
            Evaluation.author == Author.SUPERVISOR,
        )
        .order_by(EvaluationSubmission.number)
    ):
        newest[placement_id][evaluation_id] = number
    return {here: tuple(sorted(rows.values())) for here, rows in newest.items()}


def _objectives(
    session: Session, ids: Sequence[int], agreements: Agreements
) -> Mapping[int, dict[str, Any]]:
    """Work linked to it, a supervisor's level, or the instructor's own finding."""
    current = {here: rows[-1].id for here in ids if (rows := agreements.get(here))}
    lineages: dict[int, list[str]] = defaultdict(list)
    for agreement_id, lineage in session.execute(
        select(LearningObjective.agreement_id, LearningObjective.lineage).where(
            LearningObjective.agreement_id.in_(current.values())
        )
    ):
        lineages[agreement_id].append(lineage)
    evident = _evident(session, ids)
    return {
        here: {
            "objectives": len(lineages[agreement_id]),
            "objectives_without_evidence": sum(
                (here, lineage) not in evident for lineage in lineages[agreement_id]
            ),
        }
        for here, agreement_id in current.items()
    }


def _evident(session: Session, ids: Sequence[int]) -> set[tuple[int, str]]:
    by_work = (
        select(DeliverableVersion.placement_id, DeliverableObjective.objective_lineage)
        .join(
            DeliverableObjective,
            DeliverableObjective.deliverable_version_id == DeliverableVersion.id,
        )
        .where(DeliverableVersion.placement_id.in_(ids))
    )
    by_rating = (
        select(Evaluation.placement_id, Rating.objective_lineage)
        .join(EvaluationSubmission, EvaluationSubmission.evaluation_id == Evaluation.id)
        .join(Rating, Rating.submission_id == EvaluationSubmission.id)
        .where(
            Evaluation.placement_id.in_(ids),
            Evaluation.author == Author.SUPERVISOR,
            Rating.objective_lineage.is_not(None),
            Rating.level.is_not(None),
        )
    )
    found = {
        (here, lineage)
        for asked in (by_work, by_rating)
        for here, lineage in session.execute(asked)
        if lineage is not None
    }
    findings = judging.of_placements(session, ids)
    return found | {key for key, one in findings.items() if one.verdict in SPEAK_FOR_IT}
