"""The rows of one case: the student's work, what the supervisor said, and what was decided."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from careerlink import clock
from careerlink.placements.models import PlacementState
from credit.agreements.models import AgreementState
from credit.approvals.roles import ApproverRole
from credit.cases.models import CaseState, DecisionOutcome
from credit.evaluations.models import Author, EvaluationState
from credit.evidence.models import EvidenceKind

NOW = clock.now()
TODAY = NOW.date()


@dataclass(frozen=True)
class Place:
    institution_id: int
    course_id: int
    policy_version_id: int
    partner_id: int
    contact_id: int
    teacher_id: int


def case(place: Place, n: int, person: int, state: CaseState) -> dict[str, Any]:
    is_next = state == CaseState.IN_APPROVAL
    return {
        "institution_id": place.institution_id,
        "course_id": place.course_id,
        "person_id": person,
        "policy_version_id": place.policy_version_id,
        "state": state,
        "state_since": NOW - timedelta(days=80) + timedelta(minutes=n),
        "step": 2 if is_next else 1,
        "awaits": ApproverRole.CHAIR if is_next else None,
        "resubmit_by": TODAY + timedelta(days=9) if state == CaseState.RETURNED else None,
        "version": 1,
    }


def placement(place: Place, n: int, person: int, state: CaseState) -> dict[str, Any]:
    is_at_work = state == CaseState.OPEN and n % 10 == 0
    return {
        "institution_id": place.institution_id,
        "course_id": place.course_id,
        "person_id": person,
        "partner_id": place.partner_id,
        "title": f"Where do customers wait? {n}",
        "state": PlacementState.ACTIVE if is_at_work else PlacementState.WORK_COMPLETED,
        "planned_minutes": 2400,
        "starts_on": TODAY - timedelta(days=110),
        "ends_on": TODAY - timedelta(days=60),
        "fee_minor": 48_000,
        "currency": "USD",
        "version": 1,
    }


def agreement(placement: int) -> dict[str, Any]:
    return {
        "placement_id": placement,
        "state": AgreementState.IN_FORCE,
        "planned_minutes": 2400,
        "starts_on": TODAY - timedelta(days=110),
        "ends_on": TODAY - timedelta(days=60),
        "in_force_at": NOW - timedelta(days=112),
        "document_hash": "0" * 64,
        "version": 1,
    }


def entry(placement: int, day: int) -> dict[str, Any]:
    return {
        "placement_id": placement,
        "worked_on": TODAY - timedelta(days=110) + timedelta(weeks=day),
        "minutes": 600,
        "task": "Cleaned the data",
        "version": 1,
    }


def confirmation(place: Place, placement: int) -> dict[str, Any]:
    return {
        "placement_id": placement,
        "contact_id": place.contact_id,
        "reported_minutes": 2400,
        "confirmed_minutes": 2400,
    }


def work(placement: int) -> dict[str, Any]:
    return {
        "placement_id": placement,
        "piece": f"piece-{placement}",
        "kind": EvidenceKind.LINK,
        "title": "Dashboard",
        "url": "https://example.org/dashboard",
    }


def evaluation(place: Place, placement: int, is_done: bool) -> dict[str, Any]:
    return {
        "placement_id": placement,
        "author": Author.SUPERVISOR,
        "contact_id": place.contact_id,
        "state": EvaluationState.SUBMITTED if is_done else EvaluationState.REQUESTED,
        "due_at": NOW + timedelta(days=9),
        "version": 1,
    }


def decision(
    place: Place, case: int, outcome: DecisionOutcome, is_final: bool
) -> dict[str, Any]:
    is_award = outcome == DecisionOutcome.APPROVED
    return {
        "credit_case_id": case,
        "number": 1,
        "outcome": outcome,
        "credits_thousandths": 1000 if is_award else None,
        "computed_thousandths": 1000,
        "is_final": is_award and is_final,
        "decided_by_id": place.teacher_id,
        "policy_version_id": place.policy_version_id,
        "inputs": {"placements": []},
        "inputs_hash": "0" * 64,
    }
