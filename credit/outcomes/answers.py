"""The answers that stand: one a student, course, outcome and side, chosen by the database.

The rules are the ones of the objectives' board (``credit.evidence.progress``): the latest
version of an evaluation, the final over the midpoint, a later answer over an earlier one, and
"did not see this" takes nobody's word back.
"""

from typing import Any

from sqlalchemy import Select, Subquery, and_, case, func, or_, select

from careerlink.placements.models import Placement
from credit.agreements.models import AgreementState, LearningAgreement, LearningObjective
from credit.competencies.models import Competency
from credit.evaluations.models import (
    Evaluation,
    EvaluationKind,
    EvaluationSubmission,
    Rating,
)
from credit.evidence.review_models import ObjectiveJudgement, Verdict

SIGNED = (AgreementState.IN_FORCE, AgreementState.REPLACED)


def standing_ratings(ids: Select[Any], framework_id: int | None = None) -> Subquery:
    """``ids``: of placements. Columns of one row a student, course, outcome and side."""
    objective = _objectives(ids)
    latest = _latest_versions(ids)
    key = case((LearningObjective.objective_id.is_(None), Rating.objective_lineage))
    query = (
        select(
            *_who(),
            Evaluation.author.label("side"),
            Evaluation.id.label("evaluation_id"),
            Rating.competency_id,
            Rating.wording_id,
            LearningObjective.objective_id,
            LearningObjective.id.label("agreed_id"),
            Rating.level,
            EvaluationSubmission.is_addendum,
            EvaluationSubmission.submitted_at.label("said_at"),
            _covers_some_dates().label("is_partial"),
            func.row_number()
            .over(
                partition_by=[
                    Placement.person_id,
                    Placement.course_id,
                    Evaluation.author,
                    Rating.competency_id,
                    LearningObjective.objective_id,
                    key,
                ],
                order_by=[
                    Rating.level.is_(None),
                    Evaluation.kind != EvaluationKind.FINAL,
                    EvaluationSubmission.submitted_at.desc(),
                    Rating.id.desc(),
                ],
            )
            .label("place"),
        )
        .select_from(Rating)
        .join(EvaluationSubmission, EvaluationSubmission.id == Rating.submission_id)
        .join(
            latest,
            and_(
                latest.c.evaluation_id == EvaluationSubmission.evaluation_id,
                latest.c.number == EvaluationSubmission.number,
            ),
        )
        .join(Evaluation, Evaluation.id == EvaluationSubmission.evaluation_id)
        .join(Placement, Placement.id == Evaluation.placement_id)
        .outerjoin(
            objective,
            and_(
                objective.c.placement_id == Placement.id,
                objective.c.lineage == Rating.objective_lineage,
            ),
        )
        .outerjoin(LearningObjective, LearningObjective.id == objective.c.id)
        .where(or_(Rating.competency_id.is_not(None), LearningObjective.id.is_not(None)))
    )
    if framework_id is not None:
        query = query.join(Competency, Competency.id == Rating.competency_id).where(
            Competency.framework_id == framework_id
        )
    return _first(query)


def standing_verdicts(ids: Select[Any]) -> Subquery:
    """What instructors found of objectives; "not enough evidence" takes no finding back."""
    objective = _objectives(ids)
    newest = (
        select(
            ObjectiveJudgement.placement_id,
            ObjectiveJudgement.objective_lineage,
            func.max(ObjectiveJudgement.number).label("number"),
        )
        .where(ObjectiveJudgement.placement_id.in_(ids))
        .group_by(ObjectiveJudgement.placement_id, ObjectiveJudgement.objective_lineage)
        .subquery()
    )
    key = case((LearningObjective.objective_id.is_(None), LearningObjective.lineage))
    return _first(
        select(
            *_who(),
            LearningObjective.objective_id,
            LearningObjective.id.label("agreed_id"),
            ObjectiveJudgement.verdict,
            ObjectiveJudgement.judged_at.label("said_at"),
            func.row_number()
            .over(
                partition_by=[
                    Placement.person_id,
                    Placement.course_id,
                    LearningObjective.objective_id,
                    key,
                ],
                order_by=[
                    ObjectiveJudgement.verdict == Verdict.NOT_ENOUGH_EVIDENCE,
                    ObjectiveJudgement.judged_at.desc(),
                    ObjectiveJudgement.id.desc(),
                ],
            )
            .label("place"),
        )
        .select_from(ObjectiveJudgement)
        .join(
            newest,
            and_(
                newest.c.placement_id == ObjectiveJudgement.placement_id,
                newest.c.objective_lineage == ObjectiveJudgement.objective_lineage,
                newest.c.number == ObjectiveJudgement.number,
            ),
        )
        .join(Placement, Placement.id == ObjectiveJudgement.placement_id)
        .join(
            objective,
            and_(
                objective.c.placement_id == Placement.id,
                objective.c.lineage == ObjectiveJudgement.objective_lineage,
            ),
        )
        .join(LearningObjective, LearningObjective.id == objective.c.id)
    )


def _who() -> list[Any]:
    return [
        Placement.id.label("placement_id"),
        Placement.person_id,
        Placement.course_id,
    ]


def _first(query: Select[Any]) -> Subquery:
    all_of_them = query.subquery()
    return select(all_of_them).where(all_of_them.c.place == 1).subquery()


def _latest_versions(ids: Select[Any]) -> Subquery:
    return (
        select(
            EvaluationSubmission.evaluation_id,
            func.max(EvaluationSubmission.number).label("number"),
        )
        .join(Evaluation, Evaluation.id == EvaluationSubmission.evaluation_id)
        .where(Evaluation.placement_id.in_(ids))
        .group_by(EvaluationSubmission.evaluation_id)
        .subquery()
    )


def _objectives(ids: Select[Any]) -> Subquery:
    """By placement and lineage the objective as it was signed last."""
    return (
        select(
            LearningAgreement.placement_id,
            LearningObjective.lineage,
            func.max(LearningObjective.id).label("id"),
        )
        .join(LearningAgreement, LearningAgreement.id == LearningObjective.agreement_id)
        .where(LearningAgreement.placement_id.in_(ids), LearningAgreement.state.in_(SIGNED))
        .group_by(LearningAgreement.placement_id, LearningObjective.lineage)
        .subquery()
    )


def _covers_some_dates() -> Any:
    return or_(Evaluation.covers_from.is_not(None), Evaluation.covers_until.is_not(None))
