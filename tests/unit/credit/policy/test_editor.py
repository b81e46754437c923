"""The editor's texts: every policy comes back as it was, and nonsense is said at its field."""

from typing import Any

import pytest

from credit.policy import editor_values, preview
from credit.policy.comparing import compare
from credit.policy.editor_questions import blocks, questions, rule_of
from credit.policy.inputs import CaseInput, EntryInput, PlacementInput, TermInput
from credit.policy.known_rules import KNOWN
from credit.policy.parameters import Clause, HoursStep, Parameters, RubricLine
from credit.policy.wording import RULES

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"minutes_per_credit": "-45"}, "minutes_per_credit", "Enter hours, such as 45"),
    ({"minutes_per_credit": "NaN"}, "minutes_per_credit", "Enter hours, such as 45"),
    ({"minutes_per_credit": "45.51"}, "minutes_per_credit", "Enter whole minutes"),
    ({"minutes_per_credit": "0.1"}, "minutes_per_credit", "between 0.25 and 1,000 hours"),
    ({"minutes_per_credit": ""}, "minutes_per_credit", "Fill this in."),
    ({"minutes_per_credit": "1000000000000"}, "minutes_per_credit", "between 0.25 and 1,000"),
    ({"minutes_per_credit": "٤٥"}, "minutes_per_credit", "Enter hours, such as 45"),
    (
        {"minutes_per_credit": "1,000"},
        "minutes_per_credit",
        "Enter 1000, or 1.000 with a point",
    ),
    (
        {"maximum_thousandths": "0.9", "minimum_thousandths": "0.6"},
        "maximum_thousandths",
        "there is no credit in these steps",
    ),
    ({"minimum_thousandths": "4"}, "minimum_thousandths", "more than the most"),
    ({"step_thousandths": "2"}, "step_thousandths", "between 0.001 and 1 credit"),
    ({"step_thousandths": "0.0001"}, "step_thousandths", "three digits"),
    ({"tolerance_percent": "101"}, "tolerance_percent", "between 0 and 100"),
    ({"site_share_max": "3 of 2"}, "site_share_max", "at most the whole"),
    ({"site_share_max": "most"}, "site_share_max", "2 of 3"),
    ({"max_minutes_per_week": "169"}, "max_minutes_per_week", "168 hours"),
    ({"min_span_weeks": "1e3"}, "min_span_weeks", "whole number"),
    ({"carry_terms": "1"}, "carry_terms", "within the term"),
    ({"score_maximum_thousandths": "0"}, "score_maximum_thousandths", "more than 0"),
    ({"resubmit_days": "0"}, "resubmit_days", "between 1 and 366"),
    ({"grade_basis": "stars"}, "grade_basis", "Choose one of the answers"),
    ({"max_placements": "0"}, "max_placements", "between 1 and 50"),
    ({"source": " "}, "source", "Name the document"),
    ({"table_hours": ["45", "40"], "table_credits": ["1", "2"]}, "hours_table", "rise"),
    ({"table_hours": ["45"], "table_credits": ["x"]}, "hours_table", "Row 1: Enter a number"),
    ({"table_hours": ["45"], "table_credits": [""]}, "hours_table", "Row 1: enter hours and"),
    ({"approver_chain": ["chair", "chair", ""]}, "approver_chain", "Nobody approves twice"),
    ({"approver_chain": ["", "", ""]}, "approver_chain", "Somebody has to approve"),
    ({"signers_dates": []}, "amendment_signers", "New dates: somebody has to sign"),
    ({"rubric_title": ["Method"], "rubric_levels": ["one"]}, "rubric", "two levels"),
]


def answers(policy: Parameters | None = None) -> dict[str, list[str]]:
    return editor_values.answers_of(policy or Parameters()) | {"source": ["Catalog 2026"]}


def test_every_parameter_is_asked_under_a_clause() -> None:
    asked = {one.name for one in questions()}

    assert asked == set(Parameters.model_fields) - {"clauses"}
    assert set(RULES) <= {block.rule for block in blocks()}
    assert rule_of("min_span_weeks") == "span"


@pytest.mark.parametrize("key", ["usual", "odd", *(one.key for one in KNOWN)])
def test_a_policy_comes_back_from_its_form_as_it_was(key: str) -> None:
    policies = {one.key: one.parameters for one in KNOWN} | {"usual": Parameters(), "odd": ODD}

    read, problems = editor_values.check(answers(policies[key]))

    assert problems == {}
    assert read is not None
    # What signs as usual needs no row of its own.
    assert read.model_copy(update={"amendment_signers": {}}) == policies[key].model_copy(
        update={"amendment_signers": {}}
    )
    assert preview.signers(read) == preview.signers(policies[key])


ODD = Parameters(
    minutes_per_credit=100,
    step_thousandths=1,
    minimum_thousandths=0,
    maximum_thousandths=60_000,
    site_share_max=(2, 3),
    hours_table=(HoursStep(minutes=100, thousandths=1), HoursStep(minutes=101, thousandths=7)),
    approver_chain=("instructor", "chair", "registrar"),
    amendment_signers={"dates": ("instructor",)},
    rubric=(
        RubricLine(key="method", title="Method", levels=("none", "some", "sound")),
        RubricLine(key="method-2", title="Method", levels=("none", "some")),
    ),
    clauses={"hours": Clause(ref="§ 2", text="Hours.\nIn two lines.")},
)


@pytest.mark.parametrize(("values", "at", "message"), REFUSED)
def test_what_makes_no_sense_is_said_at_its_field(
    values: dict[str, Any], at: str, message: str
) -> None:
    typed = {key: [text] if isinstance(text, str) else text for key, text in values.items()}

    policy, problems = editor_values.check(answers() | typed)

    assert policy is None
    assert message in problems[at]
    assert list(problems) == [at]


def test_a_comma_is_a_point_as_in_a_log_of_hours() -> None:
    typed = {"minutes_per_credit": ["22,5"], "step_thousandths": ["0,25"]}
    read, problems = editor_values.check(answers() | typed)
    assert read is not None and (read.minutes_per_credit, read.step_thousandths) == (1350, 250)
    assert problems == {}


def test_examples_are_what_the_rules_give() -> None:
    shown = preview.examples(Parameters(minutes_per_credit=2700, maximum_thousandths=1000))

    assert shown == [
        "22 h 29 min → no credit",
        "22.5 h → 0.5 credits",
        "44 h 59 min → 0.5 credits",
        "45 h → 1 credit",
    ]
    macalester = next(one.parameters for one in KNOWN if one.key == "macalester")
    assert "74 h 59 min → 1 credit" in preview.examples(macalester)
    assert [bar["value"] for bar in preview.bars(macalester)] == [1, 2, 3, 4]
    bounded = macalester.model_copy(
        update={"maximum_thousandths": 3500, "step_thousandths": 500}
    )
    assert preview.bars_title(bounded) == "3.5 credits from 140 h"


def case(minutes: int = 48 * 60, **values: Any) -> CaseInput:
    from_first = [EntryInput(id=1, worked_on="2026-10-05", minutes=480)]
    more = [
        EntryInput(id=at + 2, worked_on=f"2026-10-{6 + at:02d}", minutes=480)
        for at in range((minutes - 480) // 480)
    ]
    placement = PlacementInput(
        id=1,
        title="Dashboard",
        planned_minutes=minutes,
        agreement_id=1,
        agreed_on="2026-10-01",
        entries=tuple(from_first + more),
        confirmed_minutes=minutes,
        submission_ids=(1,),
    )
    return CaseInput(placements=(placement,), enrolled_on="2026-09-01", **values)


OLD = Parameters(clauses={"hours": Clause(ref="§ 2 Hours", text="")})


@pytest.mark.parametrize(
    ("values", "after", "why"),
    [
        (
            {"minutes_per_credit": 50 * 60},
            500,
            [("§ 2 Hours", "Hours for one credit: 45 h → 50 h")],
        ),
        ({"min_span_weeks": 8}, 0, [("Weeks", "Span: 0 weeks, at least 8 asked for")]),
        (
            {"max_minutes_per_week": 24 * 60},
            500,
            [("Hours in a week", "Most hours of a week: not set → 24 h")],
        ),
        ({"reflection_required": True, "appeal_days": 9}, 0, [("Evidence", "Missing a refl")]),
    ],
)
def test_the_clause_that_makes_the_difference_is_named(
    values: dict[str, Any], after: int, why: list[tuple[str, str]]
) -> None:
    found = compare(OLD, OLD.model_copy(update=values), case())

    assert (found.before, found.after) == (1000, after)
    assert [ref for ref, _ in found.reasons] == [ref for ref, _ in why]
    assert found.reasons[0][1].startswith(why[0][1])


def test_what_changes_nothing_names_no_clause() -> None:
    new = OLD.model_copy(update={"appeal_days": 30, "minutes_per_credit": 46 * 60})

    found = compare(OLD, new, case())

    assert found.is_checkable
    assert not found.differs
    assert found.reasons == ()


def test_an_input_that_was_never_asked_for_is_missing_not_fine() -> None:
    new = OLD.model_copy(update={"double_count": "never", "lifetime_maximum_thousandths": 500})

    found = compare(OLD, new, case())

    assert not found.is_checkable
    assert {ref for ref, _ in found.needs} >= {"Counted elsewhere", "Credit in all"}


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("midpoint_evaluation_required", "midpoint evaluations"),
        ("outcomes_verified", "what shows each objective"),
    ],
)
def test_evidence_that_no_policy_asked_for_is_unread_not_absent(name: str, needs: str) -> None:
    asks = OLD.model_copy(update={name: True})

    found = compare(OLD, asks, case(edition=2))

    assert found.needs == (("Evidence", f"Evidence: not checkable, needs {needs}."),)
    assert (found.before, found.after) == (1000, 1000)
    # Asked then, it was read: what is not there was not there.
    read = compare(asks, asks, case(edition=2))
    assert read.is_checkable and read.before == 0


def test_days_of_other_earlier_terms_are_not_those_that_were_frozen() -> None:
    term = TermInput(starts_on="2026-10-01", ends_on="2026-12-18", carried_from="2026-06-01")
    one = OLD.model_copy(update={"within_term": True, "carry_terms": 1})
    two = one.model_copy(update={"carry_terms": 2})

    found = compare(one, two, case(edition=2, term=term))

    assert [ref for ref, _ in found.needs] == ["Term"]
    assert compare(one, one, case(edition=2, term=term)).is_checkable
