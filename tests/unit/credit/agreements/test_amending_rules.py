"""What a change is, who signs it, and what is refused; without a database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from careerlink.errors import InvalidInput
from credit.agreements.amending_rules import (
    Proposal,
    kinds_of,
    refuse_impossible,
    signers_of,
    with_days,
)
from credit.agreements.amendment_models import ChangeKind, Ending
from credit.agreements.plan import AgreementDraft, DeliverableDraft, ObjectiveDraft
from credit.agreements.signature_models import Party
from credit.policy.parameters import Parameters

K = ChangeKind
TODAY = date(2026, 10, 14)
PLAN = AgreementDraft(
    planned_minutes=20 * 60,
    starts_on=date(2026, 10, 12),
    ends_on=date(2026, 11, 20),
    tasks="Clean the tickets",
    supervision_plan="",
    academic_work="",
    objectives=[ObjectiveDraft("Frame a question", "Talk to the shop", "A note", lineage="a")],
    deliverables=[
        DeliverableDraft("Sketch", date(2026, 10, 13), "x"),
        DeliverableDraft("Dashboard", date(2026, 11, 20), "y"),
    ],
)
LATER = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"ends_on": LATER}, [K.DATES]),
        ({"planned_minutes": 1500}, [K.HOURS]),
        ({"tasks": "More"}, [K.SCOPE]),
        ({"objectives": []}, [K.SCOPE]),
        ({"is_remote": False}, [K.SCOPE]),
        (
            {"ends_on": LATER, "planned_minutes": 1500, "tasks": "x"},
            [K.DATES, K.HOURS, K.SCOPE],
        ),
        ({}, []),
    ],
)
def test_the_kind_follows_from_what_is_different(
    changes: dict[str, Any], kinds: list[ChangeKind]
) -> None:
    assert kinds_of(PLAN, Proposal(replace(PLAN, **changes), "Why")) == kinds


@pytest.mark.parametrize("ending", Ending)
def test_an_ending_is_one_kind_whatever_the_last_day(ending: Ending) -> None:
    after = replace(PLAN, ends_on=date(2026, 10, 13))

    assert kinds_of(PLAN, Proposal(after, "Why", ending=ending)) == [K(ending.value)]


def test_everybody_signs_once_and_the_policy_may_say_otherwise() -> None:
    everybody = [Party.STUDENT, Party.SUPERVISOR, Party.INSTRUCTOR]
    assert signers_of([K.DATES, K.HOURS], Parameters()) == everybody
    assert signers_of([K.END_EARLY], Parameters()) == [Party.INSTRUCTOR]
    assert signers_of([K.SUPERVISOR], Parameters()) == [Party.SUPERVISOR]

    own = Parameters(amendment_signers={"dates": ("student", "supervisor")})
    assert signers_of([K.DATES], own) == [Party.STUDENT, Party.SUPERVISOR]
    assert signers_of([K.DATES, K.SCOPE], own) == everybody


def test_what_is_to_be_handed_in_later_moves_along_and_the_past_stays() -> None:
    moved = with_days(PLAN, PLAN.starts_on, LATER, TODAY)
    assert [one.due_on for one in moved.deliverables] == [date(2026, 10, 13), LATER]

    shorter = with_days(PLAN, PLAN.starts_on, date(2026, 10, 20), TODAY)
    assert [one.due_on for one in shorter.deliverables] == [
        date(2026, 10, 13),
        date(2026, 10, 20),
    ]
    assert kinds_of(PLAN, Proposal(moved, "Why")) == [K.DATES]


@pytest.mark.parametrize(
    ("changes", "ending", "planned", "worked", "field"),
    [
        ({"ends_on": date(2026, 10, 13)}, None, False, None, "ends_on"),
        ({"ends_on": date(2026, 10, 11)}, None, False, None, "ends_on"),
        ({"starts_on": date(2026, 10, 15)}, None, False, None, "starts_on"),
        ({"planned_minutes": 0}, None, False, None, "hours"),
        ({}, Ending.FINISH_EARLY, False, None, "ends_on"),
        ({"ends_on": date(2026, 10, 13)}, Ending.END_EARLY, True, None, "ending"),
        ({}, Ending.CANCEL, False, None, "ending"),
        ({"tasks": " "}, None, False, None, "tasks"),
        ({"objectives": []}, None, False, None, None),
        ({"objectives": [ObjectiveDraft("Only this")]}, None, False, None, None),
        (
            {"ends_on": date(2026, 10, 12)},
            Ending.END_EARLY,
            False,
            date(2026, 10, 13),
            "ends_on",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    changes: dict[str, Any],
    ending: Ending | None,
    planned: bool,
    worked: date | None,
    field: str | None,
) -> None:
    proposal = Proposal(replace(PLAN, **changes), "Why", ending=ending)

    with pytest.raises(InvalidInput) as refused:
        refuse_impossible(PLAN, proposal, today=TODAY, is_planned=planned, last_worked=worked)

    assert refused.value.field == field


def test_what_can_be_is_let_through() -> None:
    for plan, ending, planned in (
        (replace(PLAN, ends_on=LATER), None, False),
        (replace(PLAN, starts_on=date(2026, 10, 16)), None, True),
        (replace(PLAN, ends_on=TODAY), Ending.FINISH_EARLY, False),
        (replace(PLAN, ends_on=date(2026, 10, 13)), Ending.END_EARLY, False),
        (PLAN, Ending.CANCEL, True),
    ):
        refuse_impossible(
            PLAN,
            Proposal(plan, "Why", ending=ending),
            today=TODAY,
            is_planned=planned,
            last_worked=date(2026, 10, 13) if not planned else None,
        )
