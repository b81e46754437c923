"""What a plan says, as a value: typed by a person, carried to a version, compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from careerlink.listings.models import AiRule, Engagement, IpTerms, Payer
from credit.agreements.models import (
    AgreedDeliverable,
    GradingBasis,
    Judge,
    LearningAgreement,
    LearningObjective,
)


@dataclass(frozen=True)
class ObjectiveDraft:
    text: str
    activity: str = ""
    evidence: str = ""
    judge: Judge = Judge.SUPERVISOR
    objective_id: int | None = None
    """One of the course's list; absent for an own one."""
    competency_id: int | None = None
    lineage: str = ""
    """Given back by the form, so that the objective stays the same one."""


@dataclass(frozen=True)
class DeliverableDraft:
    title: str
    due_on: date | None = None
    lineage: str = ""
    is_required: bool = True
    is_final: bool = False


@dataclass(frozen=True)
class AgreementDraft:
    planned_minutes: int
    starts_on: date
    ends_on: date
    tasks: str
    supervision_plan: str
    academic_work: str
    objectives: Sequence[ObjectiveDraft]
    deliverables: Sequence[DeliverableDraft] = ()
    schedule: str = ""
    is_remote: bool = True
    place: str = ""
    region: str = ""
    country: str = ""
    engagement: Engagement | None = None
    payer: Payer | None = None
    pay_when: str = ""
    is_for_credit: bool = True
    credits_thousandths: int | None = None
    grading_basis: GradingBasis | None = None
    has_nda: bool = False
    confidentiality: str = ""
    ip_terms: IpTerms | None = None
    ai_rule: AiRule | None = None
    data_access: str = ""
    safety: str = ""
    rework_rounds: int | None = None


SIMPLE = tuple(
    name
    for name in AgreementDraft.__dataclass_fields__
    if name not in ("objectives", "deliverables")
)
"""What stands on the agreement's own row."""


def plan_of(agreement: LearningAgreement) -> AgreementDraft:
    values: dict[str, Any] = {name: getattr(agreement, name) for name in SIMPLE}
    return AgreementDraft(
        **values,
        objectives=[draft_of(objective) for objective in agreement.objectives],
        deliverables=[_deliverable_of(one) for one in agreement.deliverables],
    )


def draft_of(objective: LearningObjective) -> ObjectiveDraft:
    return ObjectiveDraft(
        **{name: getattr(objective, name) for name in ObjectiveDraft.__dataclass_fields__}
    )


def _deliverable_of(one: AgreedDeliverable) -> DeliverableDraft:
    return DeliverableDraft(
        **{name: getattr(one, name) for name in DeliverableDraft.__dataclass_fields__}
    )
