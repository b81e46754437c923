"""The text that people sign: every field in a fixed order, and nothing that depends on when.

JSON, so that no typed line can pass for another field; a signature names the hash of it.
"""

import hashlib
import json
from collections.abc import Sequence

from credit.agreements.models import LearningAgreement, LearningObjective
from credit.competencies import wordings


def text_of(agreement: LearningAgreement, *, supervisors: Sequence[str]) -> str:
    placement = agreement.placement
    content = {
        "document": "learning agreement",
        "version": agreement.number,
        "student": placement.person.label,
        "course": placement.course.name,
        "partner": placement.partner.name,
        "supervisors": list(supervisors),
        "project": placement.title,
        "deliverable": placement.deliverable,
        "pay": {"minor_units": placement.fee_minor, "currency": placement.currency},
        "planned_minutes": agreement.planned_minutes,
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "tasks": agreement.tasks,
        "supervision_plan": agreement.supervision_plan,
        "academic_work": agreement.academic_work,
        "objectives": [_objective(objective) for objective in agreement.objectives],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _objective(objective: LearningObjective) -> dict[str, str]:
    competency = objective.competency
    name = wordings.label(objective)
    return {
        "objective": objective.text,
        "course_objective": objective.objective.uri if objective.objective else "",
        "activity": objective.activity,
        "evidence": objective.evidence,
        "judged_by": objective.judge.value,
        "competency": competency.uri if competency else "",
        "competency_name": name,
    }
