"""Clauses on what has to be there: pieces, evaluations, agreement, syllabus."""

from collections.abc import Callable

from credit.policy.checks import Check, judged, unknown
from credit.policy.inputs import CaseInput, PlacementInput
from credit.policy.parameters import Parameters

Amount = Callable[[PlacementInput], int]


def checks(policy: Parameters, case: CaseInput) -> list[Check]:
    found = []
    for required, name, amount in _required(policy):
        if not required:
            continue
        lacking = [p.title for p in case.placements if amount(p) < required]
        missing = f"Missing {name}: {', '.join(lacking)}"
        text = missing if lacking else f"Every project has {name}"
        found.append(judged(policy, "evidence", not lacking, text))
    return [*found, *_syllabus(policy, case)]


def _required(policy: Parameters) -> list[tuple[int, str, Amount]]:
    return [
        (
            int(policy.agreement_required),
            "a learning agreement in force",
            lambda p: int(p.agreement_id is not None),
        ),
        (policy.deliverables_required, _pieces(policy), lambda p: p.deliverables),
        (int(policy.reflection_required), "a reflection", lambda p: p.reflections),
        (
            int(policy.midpoint_evaluation_required),
            "the supervisor’s midpoint evaluation",
            lambda p: len(p.midpoint_ids) + p.attested,
        ),
        (
            int(policy.supervisor_evaluation_required),
            "the supervisor’s evaluation",
            lambda p: len(p.submission_ids) + p.attested,
        ),
        (
            int(policy.self_evaluation_required),
            "the student’s own evaluation",
            lambda p: len(p.self_submission_ids),
        ),
        (
            int(policy.outcomes_verified),
            "evidence for each learning objective",
            lambda p: int(p.objectives > 0 and not p.objectives_without_evidence),
        ),
    ]


def _pieces(policy: Parameters) -> str:
    number = policy.deliverables_required
    return "a deliverable" if number == 1 else f"{number} deliverables"


def _syllabus(policy: Parameters, case: CaseInput) -> list[Check]:
    if not policy.syllabus_required:
        return []
    if case.has_syllabus is None:
        return [unknown(policy, "syllabus", "A syllabus", "somebody who has seen the syllabus")]
    text = "A syllabus is on file" if case.has_syllabus else "There is no syllabus"
    return [judged(policy, "syllabus", case.has_syllabus, text)]
