"""What a decision is worth in the gradebook is policy."""

import pytest

from credit.cases.models import Decision, DecisionOutcome
from credit.gradebook import worth
from credit.policy.parameters import Parameters


def decision(outcome: str, credits: int | None = None, *, is_final: bool = True) -> Decision:
    return Decision(
        outcome=DecisionOutcome(outcome), credits_thousandths=credits, is_final=is_final
    )


@pytest.mark.parametrize(
    ("policy", "approved", "denied", "comment"),
    [
        ({}, "100 of 100", "0 of 100", "Approved in CareerLink: 1.5 credits."),
        (
            {"score_maximum_thousandths": 12_500},
            "12.5 of 12.5",
            "0 of 12.5",
            "Approved in CareerLink: 1.5 credits.",
        ),
        (
            {"score_kind": "pass_fail"},
            "1 of 1",
            "0 of 1",
            "Pass. Approved in CareerLink: 1.5 credits.",
        ),
        (
            {"score_kind": "credits", "maximum_thousandths": 4000},
            "1.5 of 4",
            "0 of 4",
            "Approved in CareerLink: 1.5 credits.",
        ),
        (
            {"score_kind": "credits", "maximum_thousandths": 1000},
            "1 of 1",
            "0 of 1",
            "Approved in CareerLink: 1.5 credits.",
        ),
    ],
)
def test_points_pass_or_credits(
    policy: dict[str, object], approved: str, denied: str, comment: str
) -> None:
    rules = Parameters.model_validate(policy)
    award = worth.of_step(decision("approved", 1500), rules)
    denial = worth.of_step(decision("denied"), rules)
    assert award is not None
    assert (award.text, award.comment) == (approved, comment)
    assert denial is not None
    assert denial.text == denied
    assert "Not approved in CareerLink." in denial.comment


@pytest.mark.parametrize("outcome", ["voided", "returned", "incomplete"])
def test_what_is_no_grade_leaves_none(outcome: str) -> None:
    told = worth.of_step(decision(outcome), Parameters())
    assert told is not None
    assert told.given_thousandths is None
    assert worth.of_standing(decision(outcome), Parameters()).text == "no grade"


@pytest.mark.parametrize("outcome", ["approved", "denied"])
def test_a_step_of_a_chain_changes_nothing_there(outcome: str) -> None:
    credits = 1000 if outcome == "approved" else None
    step = decision(outcome, credits, is_final=False)
    assert worth.of_step(step, Parameters()) is None
