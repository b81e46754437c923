"""The text that people sign: every field in a fixed order, and nothing that depends on when.

JSON, so that no typed line can pass for another field; a signature names the hash of it. Texts
of the first format have no "format" member; they are never written anew, and read as they are.
"""

import hashlib
import json
from typing import Any

from credit.agreements import places, timetable
from credit.agreements.models import AgreedDeliverable, LearningAgreement, LearningObjective
from credit.agreements.signature_models import Party
from credit.agreements.surroundings import Surroundings
from credit.competencies import wordings

FORMAT = 2
OF_THE_COURSE = frozenset(
    {"term", "section", "instructors", "for_credit", "credits_thousandths", "grading_basis",
     "academic_work"}
)  # fmt: skip
"""Between the student and the university: a change here binds nobody at the company."""
OF_NOBODY = frozenset({"document", "format", "version", "signatory"})
"""Who signs for the company is said by the signature itself."""


def content_of(agreement: LearningAgreement, around: Surroundings) -> dict[str, Any]:
    placement = agreement.placement
    return {
        "document": "learning agreement",
        "format": FORMAT,
        "version": agreement.number,
        "student": placement.person.label,
        "university": placement.institution.name,
        "partner": placement.partner.name,
        "supervisors": list(around.supervisors),
        "signatory": around.signatory,
        "office": placement.institution.office_email or "",
        **_course(agreement, around),
        "project": placement.title,
        "deliverable": placement.deliverable,
        "tasks": agreement.tasks,
        "deliverables": [_deliverable(one) for one in agreement.deliverables],
        "objectives": [_objective(one) for one in agreement.objectives],
        **_work(agreement),
        "clauses": dict(sorted(around.clauses.items())),
    }


def text_of(agreement: LearningAgreement, around: Surroundings) -> str:
    return json.dumps(content_of(agreement, around), ensure_ascii=False, indent=1)


def read(text: str) -> dict[str, Any]:
    """What a signed text says, of any format."""
    content: dict[str, Any] = json.loads(text)
    return content


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def part_hash(text: str, party: Party) -> str:
    """Of what binds ``party``: a signature stands as long as this stays what it was.

    The company's people are bound by everything but the course's own affairs; student and
    instructor by every word.
    """
    left_out = OF_NOBODY
    if party in (Party.SUPERVISOR, Party.COMPANY):
        left_out = left_out | OF_THE_COURSE
    return hash_of(_without(text, left_out))


def template_hash(text: str) -> str:
    """The same for two students whose plans differ in nothing but who they are.

    Credit is read on each plan by itself: a page of many shows it once.
    """
    content = read(text)
    for one in (*content["objectives"], *content.get("deliverables", [])):
        one.pop("id", None)
    alike = json.dumps(content, ensure_ascii=False)
    return hash_of(_without(alike, OF_NOBODY | {"student", "section"}))


def _without(text: str, left_out: frozenset[str]) -> str:
    kept = {key: value for key, value in read(text).items() if key not in left_out}
    return json.dumps(kept, ensure_ascii=False)


def _course(agreement: LearningAgreement, around: Surroundings) -> dict[str, Any]:
    course = agreement.placement.course
    return {
        "course": course.name,
        "term": course.term.name if course.term else "",
        "section": around.section,
        "instructors": list(around.instructors),
        "for_credit": agreement.is_for_credit,
        "credits_thousandths": agreement.credits_thousandths,
        "grading_basis": agreement.grading_basis,
        "academic_work": agreement.academic_work,
    }


def _work(agreement: LearningAgreement) -> dict[str, Any]:
    placement = agreement.placement
    times = timetable.of(
        planned_minutes=agreement.planned_minutes,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        milestones=[one.due_on for one in agreement.deliverables if one.due_on],
    )
    return {
        "rework_rounds": agreement.rework_rounds,
        "planned_minutes": agreement.planned_minutes,
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "schedule": agreement.schedule,
        "remote": agreement.is_remote,
        "place": agreement.place,
        "country": agreement.country,
        "country_name": places.country(agreement.country) if agreement.country else "",
        "region": agreement.region,
        "pay": {
            "minor_units": placement.fee_minor,
            "currency": placement.currency,
            "engagement": agreement.engagement,
            "payer": agreement.payer,
            "when": agreement.pay_when,
        },
        "ip_terms": agreement.ip_terms,
        "ai_rule": agreement.ai_rule,
        "nda": agreement.has_nda,
        "confidentiality": agreement.confidentiality,
        "data_access": agreement.data_access,
        "safety": agreement.safety,
        "supervision_plan": agreement.supervision_plan,
        "check_ins": [day.isoformat() for day in times.check_ins],
        "midpoint": times.midpoint.isoformat() if times.midpoint else None,
        "final_evaluation": times.final.isoformat(),
    }


def _deliverable(one: AgreedDeliverable) -> dict[str, Any]:
    return {
        "id": one.lineage,
        "title": one.title,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "required": one.is_required,
        "final": one.is_final,
    }


def _objective(objective: LearningObjective) -> dict[str, str]:
    competency = objective.competency
    return {
        "id": objective.lineage,
        "objective": objective.text,
        "course_objective": objective.objective.uri if objective.objective else "",
        "activity": objective.activity,
        "evidence": objective.evidence,
        "judged_by": objective.judge.value,
        "competency": competency.uri if competency else "",
        "competency_name": wordings.label(objective),
    }
