"""Credit or a mark without it: what the policy leaves, and what an enrollment of 0 allows."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.errors import InvalidInput
from credit.cases import bases
from credit.cases.choice import Choice
from credit.cases.deciding import decide
from credit.cases.models import Basis, CreditCase, Decision, DecisionOutcome
from credit.policy.parameters import Parameters
from tests.factories import case_life, cases
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("app")
MINUTES = 30 * 60


def award(
    session: Session,
    of: cases.Class,
    case: CreditCase,
    basis: Basis,
    *,
    override_reason: str = "",
    credits_thousandths: int | None = None,
) -> Decision:
    choice = Choice(
        DecisionOutcome.APPROVED,
        basis=basis,
        override_reason=override_reason,
        credits_thousandths=credits_thousandths,
    )
    return decide(session, case, choice, actor=of.as_instructor)


def test_what_a_policy_leaves() -> None:
    marks_only = Parameters(grade_basis="non_credit", non_credit_minutes=MINUTES)
    assert bases.offered(Parameters()) == (Basis.CREDIT,)
    assert bases.offered(Parameters(non_credit_minutes=MINUTES)) == (
        Basis.CREDIT,
        Basis.NON_CREDIT,
    )
    assert bases.offered(marks_only) == (Basis.NON_CREDIT,)


def test_a_policy_without_marks_gives_none(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    with pytest.raises(InvalidInput, match="knows no mark without credit"):
        award(session, of, case, Basis.NON_CREDIT, override_reason="Asked for it.")


def test_a_mark_is_worth_no_credit_and_says_why_it_is_not_more(session: Session) -> None:
    of = cases.school_class(session, non_credit_minutes=MINUTES)
    case = cases.ready_case(session, of)
    with pytest.raises(InvalidInput, match="worth 0 credits"):
        award(
            session, of, case, Basis.NON_CREDIT,
            credits_thousandths=1000, override_reason="Both.",
        )  # fmt: skip
    with pytest.raises(InvalidInput, match="The policy gives 1 credit"):
        award(session, of, case, Basis.NON_CREDIT)
    made = award(session, of, case, Basis.NON_CREDIT, override_reason="The student’s wish.")
    assert (made.basis, made.credits_thousandths) == (Basis.NON_CREDIT, 0)


def test_who_is_enrolled_for_no_credit_gets_the_mark(session: Session) -> None:
    of = cases.school_class(session, non_credit_minutes=MINUTES)
    case = cases.ready_case(session, of)
    case_life.enrolled(session, case, credits_thousandths=0)
    with pytest.raises(InvalidInput, match="enrolled for 0 credits"):
        award(session, of, case, Basis.CREDIT)
    made = award(session, of, case, Basis.NON_CREDIT)
    assert (made.basis, made.credits_thousandths) == (Basis.NON_CREDIT, 0)


def test_the_packet_offers_no_choice_that_the_policy_makes(
    app: Flask, database: Database, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        plain = cases.school_class(session)
        marks = cases.school_class(
            session, "westmoor", non_credit_minutes=MINUTES, incomplete_allowed=False
        )
        ready = [cases.ready_case(session, of) for of in (plain, marks)]
    shown = [
        of.signed_in(visitors(), database, of.instructor, CourseRole.INSTRUCTOR).get(
            of.address(case)
        )
        for of, case in zip((plain, marks), ready, strict=True)
    ]
    assert ["Non-credit experience" in page.text for page in shown] == [False, True]
    # Eastern Connecticut gives none: not offered, and not taken from a hand-made form either.
    offered = [[label for label in page.buttons if "ncomplete" in label] for page in shown]
    assert offered[0] and not offered[1]
    form = shown[1].form("Award 1 credit")
    typed = {**form.data, "decision": "incomplete", "comment": "Later."}
    refused = shown[1].visitor.post(form.action, typed, status=409)
    assert "knows no Incomplete" in refused.text
