"""What is missing from a plan, by the signature that it waits for."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from careerlink.listings.models import AiRule, Engagement, IpTerms, Payer
from credit.agreements import fields, timetable
from credit.agreements.forms import AgreementForm
from credit.agreements.models import GradingBasis
from credit.agreements.plan import AgreementDraft, DeliverableDraft, ObjectiveDraft

WHOLE = AgreementDraft(
    planned_minutes=1200,
    starts_on=date(2026, 10, 12),
    ends_on=date(2026, 11, 20),
    tasks="Clean the tickets.",
    supervision_plan="A call every Tuesday.",
    academic_work="One reflection.",
    objectives=[ObjectiveDraft("Build it", "By building", "The thing", lineage="abc")],
    deliverables=[DeliverableDraft("A dashboard", date(2026, 11, 20))],
    schedule="Five hours a week.",
    country="US",
    region="Ohio",
    engagement=Engagement.CONTRACTOR,
    payer=Payer.PARTNER,
    pay_when="At the end.",
    ip_terms=IpTerms.ASSIGNED,
    ai_rule=AiRule.DISCLOSE,
    grading_basis=GradingBasis.LETTER,
)


def missing(plan: AgreementDraft, *, to_approve: bool = True) -> list[str]:
    return [gap.key for gap in fields.gaps(plan, to_approve=to_approve)]


def test_a_whole_plan_lacks_nothing() -> None:
    assert missing(WHOLE) == []


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"tasks": ""}, "tasks"),
        ({"schedule": ""}, "schedule"),
        ({"country": ""}, "country"),
        ({"region": ""}, "region"),
        ({"engagement": None}, "engagement"),
        ({"payer": None}, "payer"),
        ({"ip_terms": None}, "ip_terms"),
        ({"supervision_plan": ""}, "supervision_plan"),
        ({"deliverables": []}, "deliverables"),
        ({"deliverables": [DeliverableDraft("Something", None)]}, "deliverables"),
        ({"objectives": []}, "objectives"),
        ({"objectives": [ObjectiveDraft("Build", "", "x", lineage="abc")]}, "objective-abc"),
        ({"has_nda": True}, "confidentiality"),
    ],
)
def test_the_student_needs_it_to_sign(change: dict[str, Any], key: str) -> None:
    assert missing(replace(WHOLE, **change), to_approve=False) == [key]


@pytest.mark.parametrize("change", [{"academic_work": ""}, {"grading_basis": None}])
def test_some_answers_wait_for_the_approval(change: dict[str, Any]) -> None:
    plan = replace(WHOLE, **change)

    assert missing(plan, to_approve=False) == []
    assert missing(plan) == list(change)
    assert missing(replace(plan, is_for_credit=False)) == []


def test_what_does_not_apply_is_not_asked() -> None:
    assert missing(replace(WHOLE, country="FR", region="")) == []
    unpaid = replace(WHOLE, engagement=Engagement.UNPAID, payer=None, pay_when="")
    assert missing(unpaid) == []
    assert missing(replace(WHOLE, is_remote=False)) == ["place", "safety"]


def test_every_field_of_the_table_is_asked_for_in_the_form() -> None:
    from_table = {"planned_minutes": "hours", "is_remote": "where"}
    from_table |= {"is_for_credit": "credit", "credits_thousandths": "credits"}

    for field in fields.FIELDS:
        assert hasattr(AgreementForm, from_table.get(field.key, field.key)), field.key
        assert hasattr(WHOLE, field.key)


@pytest.mark.parametrize(
    ("hours", "ends_on", "check_ins", "midpoint"),
    [
        (8, date(2026, 10, 18), [date(2026, 10, 14)], None),
        (20, date(2026, 11, 20), [date(2026, 10, 31)], None),
        (
            30,
            date(2026, 11, 9),
            [date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2)],
            date(2026, 10, 26),
        ),
        (40, date(2026, 10, 14), [date(2026, 10, 13)], date(2026, 10, 13)),
    ],
)
def test_check_ins_and_evaluations_follow_the_size(
    hours: int, ends_on: date, check_ins: list[date], midpoint: date | None
) -> None:
    times = timetable.of(
        planned_minutes=hours * 60,
        starts_on=date(2026, 10, 12),
        ends_on=ends_on,
        milestones=[date(2026, 10, 14)],
    )

    assert list(times.check_ins) == check_ins
    assert times.midpoint == midpoint
    assert times.final == ends_on
