"""What a policy asks of every project: one that lacks it holds the case, and is named."""

from typing import Any

import pytest

from credit.policy.credit_sum import compute
from credit.policy.parameters import Parameters
from tests.factories.credit_sums import whole_case, whole_project


def asks(**values: Any) -> Parameters:
    return Parameters(**{"supervisor_evaluation_required": False, **values})


def unmet(policy: Parameters, **values: Any) -> list[str]:
    first = whole_project(23, deliverables=2)
    second = whole_project(22, number=2, **{"deliverables": 2, **values})
    return compute(policy, whole_case(first, second)).unmet


@pytest.mark.parametrize(
    ("policy", "lacks", "name"),
    [
        ({"agreement_required": True}, {"agreement_id": None}, "a learning agreement in force"),
        ({"deliverables_required": 2}, {"deliverables": 1}, "2 deliverables"),
        ({"deliverables_required": 1}, {"deliverables": 0}, "a deliverable"),
        ({"reflection_required": True}, {"reflections": 0}, "a reflection"),
        ({"midpoint_evaluation_required": True}, {"midpoint_ids": ()},
         "the supervisor’s midpoint evaluation"),
        ({"supervisor_evaluation_required": True}, {"submission_ids": ()},
         "the supervisor’s evaluation"),
        ({"self_evaluation_required": True}, {"self_submission_ids": ()},
         "the student’s own evaluation"),
        ({"outcomes_verified": True}, {"objectives_without_evidence": 1},
         "evidence for each learning objective"),
        # Nothing was agreed on that could be verified.
        ({"outcomes_verified": True}, {"objectives": 0},
         "evidence for each learning objective"),
    ],
)  # fmt: skip
def test_one_project_that_lacks_it_is_named(
    policy: dict[str, Any], lacks: dict[str, Any], name: str
) -> None:
    assert unmet(asks(**policy)) == []
    assert unmet(asks(**policy), **lacks) == [f"Missing {name}: Project 2"]


@pytest.mark.parametrize(
    ("policy", "lacks", "holds"),
    [
        ("supervisor_evaluation_required", "submission_ids", True),
        ("midpoint_evaluation_required", "midpoint_ids", True),
        ("self_evaluation_required", "self_submission_ids", False),
    ],
)
def test_who_decides_without_the_supervisor_does_without_the_supervisor_only(
    policy: str, lacks: str, holds: bool
) -> None:
    found = unmet(asks(**{policy: True}), **{lacks: (), "attested": True})
    assert (found == []) is holds
