"""The lines of a sum agree with each other."""

import pytest

from credit.cases import sum_lines
from credit.policy.credit_sum import compute
from credit.policy.parameters import Parameters
from tests.factories.credit_sums import whole_case, whole_project


@pytest.mark.parametrize(
    ("step", "exact", "rounded"), [(1, "0.333", "0.333"), (250, "0.33", "0.25")]
)
def test_what_is_rounded_down_was_no_less_before(step: int, exact: str, rounded: str) -> None:
    policy = Parameters(
        minutes_per_credit=135 * 60, step_thousandths=step, minimum_thousandths=step
    )
    lines = sum_lines.lines(policy, compute(policy, whole_case(whole_project(45))))
    assert [line["value"] for line in lines[-2:]] == [exact, rounded]
