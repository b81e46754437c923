"""Several cases are awarded from one list where nothing asks for a second look."""

from dataclasses import replace

import pytest

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from credit.bulk_approval import rules
from credit.cases import inputs
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from tests.factories import cases
from tests.functional.credit.cases.conftest import Desk
from tests.functional.credit.cases.test_queue import statements
from tests.pages import Visitor

PAGE = "/queue/approve"


@pytest.fixture
def teacher(desk: Desk, client: Visitor, database: Database) -> Visitor:
    return desk.of.signed_in(client, database, desk.of.instructor, CourseRole.INSTRUCTOR)


@pytest.fixture
def three(desk: Desk) -> list[int]:
    """Two that are alike, and one whose hours are disputed."""
    with desk.database.write() as session:
        second = cases.ready_case(session, desk.of, "Noor Haddad")
        flagged = cases.ready_case(session, desk.of, "Luca Ferri")
        cases.dispute(session, inputs.load_one(session, flagged).parts[0].placement)
        return [desk.case_id, second.id, flagged.id]


def states(desk: Desk, ids: list[int]) -> list[CaseState]:
    with desk.database.read() as session:
        return [session.get_one(CreditCase, one).state for one in ids]


def test_alike_and_safe_cases_are_approved_each_by_its_own_decision(
    desk: Desk, teacher: Visitor, three: list[int]
) -> None:
    page = teacher.get(desk.of.address(part="/queue")).follow("Approve several cases")

    assert "Maya Okafor" in page.text
    assert "48 h, 3 h unused" in page.text
    assert "Luca Ferri : It has flags: Disputed hours." in page.text
    done = page.submit("Approve the ticked cases")

    assert "2 cases approved" in done.text
    assert states(desk, three) == [CaseState.APPROVED, CaseState.APPROVED, CaseState.READY]
    assert (len(desk.messages("mail")), len(desk.messages("score"))) == (2, 1)
    page.submit("Approve the ticked cases")
    assert len(desk.decisions) == 1
    assert (len(desk.messages("mail")), len(desk.messages("score"))) == (2, 1)
    assert done.follow("Undo: void it").page_id == "cases.ask_back"


def test_with_nothing_ticked_the_list_says_so_and_ticks_nothing_again(
    desk: Desk, teacher: Visitor
) -> None:
    page = teacher.get(desk.of.address(part="/queue/approve"))
    data = page.form("Approve the ticked cases").data
    data.pop("case")

    again = teacher.post(page.path, data, status=422)

    assert "Tick the cases to approve." in again.text
    assert not again.soup.select("input[name=case][checked]")
    assert desk.decisions == []


def test_what_changed_or_was_decided_meanwhile_is_left_out_with_the_reason(
    desk: Desk, teacher: Visitor, three: list[int]
) -> None:
    page = teacher.get(desk.of.address(part=PAGE))
    desk.decide(DecisionOutcome.RETURNED, "Say more.")
    with desk.database.write() as session:
        session.get_one(CreditCase, three[1]).academic_minutes = 60

    left = page.submit("Approve the ticked cases")

    assert "2 cases were not approved from this list" in left.text
    assert "Maya Okafor : Returned with comments, by Hana Novak" in left.text
    assert "Noor Haddad : Its evidence changed while the list was open." in left.text
    assert states(desk, three) == [CaseState.RETURNED, CaseState.READY, CaseState.READY]


def test_a_case_slipped_into_the_form_is_not_approved(
    desk: Desk, teacher: Visitor, three: list[int]
) -> None:
    page = teacher.get(desk.of.address(part=PAGE))
    with desk.database.read() as session:
        flagged = session.get_one(CreditCase, three[2]).public_id
    data = page.form("Approve the ticked cases").data
    data = {**data, "case": [flagged], f"seen-{flagged}": "0.0000000000000000"}

    left = teacher.post(page.path, data)

    assert "1 case was not approved from this list" in left.text
    assert states(desk, three) == [CaseState.READY] * 3


def test_who_supervised_one_approves_none_of_it(
    desk: Desk, teacher: Visitor, database: Database
) -> None:
    with database.write() as session:
        session.merge(desk.of.contact).email = "hana@eastmoor.example"

    page = teacher.get(desk.of.address(part=PAGE))

    assert "No cases that can be approved together" in page.text
    assert "You supervised one of these projects" in page.text


def test_the_list_costs_the_same_for_more_cases(
    desk: Desk, teacher: Visitor, database: Database
) -> None:
    address = desk.of.address(part=PAGE)
    teacher.get(address)
    with statements(database) as few:
        teacher.get(address)
    with database.write() as session:
        for name in ("Ada", "Ben", "Cy"):
            cases.ready_case(session, desk.of, f"{name} More")
    with statements(database) as more:
        page = teacher.get(address)

    assert "Cy More" in page.text
    assert len(more) == len(few)


def test_each_thing_that_asks_for_a_look_keeps_a_case_out(desk: Desk) -> None:
    with desk.database.read() as session:
        facts = inputs.load_one(session, desk.case)
    decided = desk.decisions
    part = facts.parts[0]
    ruled = part.input.model_copy(update={"ruled_minutes": 2880})
    policy = facts.policy.model_copy(update={"rubric": ({"key": "essay"},)})
    short = facts.policy.model_copy(update={"academic_minutes_required": 600})

    def why(changed: Facts) -> str:
        return rules.why_not(changed, decided, assessed=False)

    assert why(facts) == ""
    assert why(replace(facts, parts=(replace(part, input=ruled),))) == "You ruled on its hours."
    assert why(replace(facts, policy=policy)) == "Its academic work has no levels yet."
    enrolled = replace(facts, enrolled_thousandths=500)
    assert why(enrolled).startswith("The student is enrolled for 0.5")
    assert "academic" in why(replace(facts, policy=short)).lower()
