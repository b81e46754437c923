"""What two versions differ in, as somebody would say it."""

from typing import Any

import pytest

from credit.policy import changes
from credit.policy.editor_questions import questions
from credit.policy.parameters import Clause, HoursStep, Parameters, RubricLine

TABLE = (
    HoursStep(minutes=45 * 60, thousandths=1000),
    HoursStep(minutes=75 * 60, thousandths=2000),
)
RUBRIC = (RubricLine(key="method", title="Method", levels=("weak", "sound")),)
SAID: list[tuple[dict[str, Any], str]] = [
    ({"minutes_per_credit": 40 * 60}, "Hours for one credit: 45 h → 40 h"),
    ({"hours_table": TABLE}, "Hours and credit, step by step: in proportion → 45 h: 1 credit, "
                             "75 h: 2 credits"),
    ({"step_thousandths": 250}, "Credit comes in steps of: 0.5 credits → 0.25 credits"),
    ({"grade_basis": "pass_fail"}, "Grade basis: Letter grade → Pass or no pass"),
    ({"site_share_max": (2, 3)}, "Most that site time may be of all work: not set → 2 of 3"),
    ({"max_minutes_per_week": 1230}, "Most hours of a week: not set → 20.5 h"),
    ({"tolerance_percent": 10}, "Hours over the plan that count: 0 % → 10 %"),
    ({"retro_days": 0},
     "Days before the original enrollment that still count: not set → 0 days"),
    ({"within_term": True}, "Work counts in its own term only: no → yes"),
    ({"appeal_days": 7}, "Time to appeal: 14 days → 7 days"),
    ({"approver_chain": ("instructor", "chair")},
     "Approves: the instructor → the instructor, then the chair"),
    ({"amendment_signers": {"dates": ("student",)}},
     "Who signs a change to an agreement: New dates: student, supervisor, instructor → "
     "New dates: student"),
    ({"rubric": RUBRIC},
     "What is looked for in the academic work: not set → Method (weak, sound)"),
    ({"score_maximum_thousandths": 10_000}, "Points of the column: 100 points → 10 points"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "text"), SAID)
def test_a_change_reads_as_one_would_tell_it(values: dict[str, Any], text: str) -> None:
    old = Parameters()
    (change,) = changes.between(old, old.model_copy(update=values))
    assert change.text == text


def test_a_changed_clause_is_a_change_of_its_own() -> None:
    was = Parameters(clauses={"hours": Clause(ref="§ 2", text="45 hours.")})
    now = Parameters(
        minutes_per_credit=40 * 60, clauses={"hours": Clause(ref="§ 2a", text="40 hours.")}
    )
    found = changes.between(was, now)
    assert [(one.text, one.ref) for one in found] == [
        ("Hours for one credit: 45 h → 40 h", "§ 2a"),
        ("Clause on hours to credit: § 2: “45 hours.” → § 2a: “40 hours.”", "§ 2a"),
    ]


def test_no_question_of_the_editor_changes_in_silence() -> None:
    """Each has words for whatever it may hold."""
    usual = Parameters()
    for one in questions():
        other = OTHERWISE.get(one.kind) or next(
            value for value, _ in one.choices if value != getattr(usual, one.name)
        )
        value = not getattr(usual, one.name) if one.kind == "yes" else other
        found = changes.between(usual, usual.model_copy(update={one.name: value}))
        assert len(found) == 1, one.name


OTHERWISE: dict[str, Any] = {
    "hours": 61, "credits": 875, "points": 5, "number": 17, "share": (1, 4), "yes": True,
    "table": TABLE, "chain": ("registrar",), "signers": {"hours": ("student",)},
    "rubric": RUBRIC,
}  # fmt: skip


def test_what_the_same_hours_are_worth_is_shown_where_it_is_another_figure() -> None:
    old, new = Parameters(maximum_thousandths=1000), Parameters(
        minutes_per_credit=50 * 60, maximum_thousandths=1000
    )  # fmt: skip
    assert [one.text for one in changes.worth_of_hours(old, new)] == [
        "22.5 h: 0.5 credits → no credit",
        "45 h: 1 credit → 0.5 credits",
    ]
    assert changes.worth_of_hours(old, old) == []
