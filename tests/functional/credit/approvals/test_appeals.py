"""An appeal: in time, read by somebody who had no part, and nothing is ever edited away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Unpack

import pytest
import time_machine

from careerlink import clock as now
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from credit.appeals import answering, operations
from credit.appeals import queries as appeals
from credit.appeals.models import AppealState
from credit.appeals.outcomes import Answer, Reply
from credit.approvals.roles import ApproverRole
from credit.cases import standing
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from tests.factories.choosing import Figures
from tests.functional.credit.approvals.conftest import Chain

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

STATEMENT = "The log of week 6 was overlooked."


@pytest.fixture
def denied(make_chain: Callable[..., Chain]) -> Chain:
    chain = make_chain(("instructor",))
    chain.name("Carla Chairs")
    chain.decide(DecisionOutcome.DENIED, comment="Too little of it is yours.")
    return chain


def file(chain: Chain) -> None:
    page = chain.student.get(chain.of.address(part="/credit")).follow("Appeal")
    page.submit("File the appeal", {"Your statement": STATEMENT})


def answer(
    chain: Chain, chosen: Answer, by: str = "Carla Chairs", **more: Unpack[Figures]
) -> None:
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        reply = Reply(chosen, "I read all of it.", **more)
        answering.answer(session, case, reply, actor=chain.actor(by))


def states(chain: Chain) -> list[AppealState]:
    with chain.database.read() as session:
        return [one.state for one in appeals.of_case(session, chain.case)]


def test_a_second_reader_awards_credit_and_both_decisions_stay(denied: Chain) -> None:
    file(denied)
    appealed = denied.case
    assert appealed.state == CaseState.APPEALED
    assert denied.mails()[-2:] == [
        ("appeal_to_read", "carla@eastmoor.example"),
        ("appeal_filed", "hana@eastmoor.example"),
    ]
    hana = denied.instructor.get(denied.packet)
    assert STATEMENT in hana.text
    hana.submit("Add the statement", {"Your statement": "Week 6 was a colleague’s."})

    reader = denied.visitor("Carla Chairs").get("/home").follow("Read the appeal")
    assert STATEMENT in reader.text and "Week 6 was a colleague’s." in reader.text
    assert "Too little of it is yours." in reader.text
    refused = reader.submit("Answer the appeal", {"Your answer": "amend"}, status=422)
    assert "Say why; the student reads it." in refused.text
    refused.submit("Answer the appeal", {"Your answer": "amend", "Reason": "Week 6 counts."})

    first, second = denied.decisions
    assert (first.outcome, second.outcome) == (
        DecisionOutcome.DENIED,
        DecisionOutcome.APPROVED,
    )
    assert (second.replaces_id, second.credits_thousandths) == (first.id, 1000)
    assert denied.case.state == CaseState.APPROVED and denied.scores() == 2
    assert denied.mails()[-1] == ("appeal_answered", "maya@eastmoor.example")
    mine = denied.student.get(denied.of.address(part="/credit")).text
    assert all(words in mine for words in (STATEMENT, "Week 6 counts.", "Amended"))
    with denied.database.read() as session:
        assert (
            standing.standing_decisions(session, [denied.case_id])[denied.case_id].id
            == second.id
        )


@on_one_database
def test_what_is_upheld_stands_and_is_not_appealed_again(denied: Chain) -> None:
    file(denied)
    answer(denied, Answer.UPHOLD)

    assert denied.case.state == CaseState.DENIED and len(denied.decisions) == 1
    assert states(denied) == [AppealState.UPHELD]
    page = denied.student.get(denied.of.address(part="/credit/appeal"))
    assert "has answered an appeal against this decision" in page.text
    with pytest.raises(NotPermitted, match="only a second reader can void"):
        denied.decide(DecisionOutcome.VOIDED, comment="I think again.")


@on_one_database
@pytest.mark.parametrize(
    ("chosen", "state", "outcomes"),
    [
        (Answer.TO_INSTRUCTOR, CaseState.READY, ["denied", "voided"]),
        (Answer.TO_STUDENT, CaseState.RETURNED, ["denied", "voided", "returned"]),
    ],
)
def test_a_return_voids_the_decision_and_the_case_goes_on(
    denied: Chain, chosen: Answer, state: CaseState, outcomes: list[str]
) -> None:
    file(denied)
    answer(denied, chosen)

    assert denied.case.state == state
    assert [one.outcome.value for one in denied.decisions] == outcomes
    assert states(denied) == [AppealState.RETURNED]
    assert denied.scores() == 2
    if state == CaseState.RETURNED:
        denied.student.get(denied.of.address(part="/credit")).submit("Send it back")
    denied.instructor.get(denied.packet).submit("Award 1 credit")
    assert denied.case.state == CaseState.APPROVED


@on_one_database
def test_a_late_appeal_is_refused_with_its_day(
    denied: Chain, clock: time_machine.Traveller
) -> None:
    last = (now.now() + timedelta(days=14)).date()
    clock.shift(timedelta(days=14))
    assert (
        f"until {last:%a} {last.day} {last:%b}"
        in denied.student.get(denied.of.address(part="/credit/appeal")).text
    )
    clock.shift(timedelta(days=1))

    page = denied.student.get(denied.of.address(part="/credit/appeal"))

    assert f"The last day to appeal was {last:%d %b %Y}, 14 days after." in page.text
    with denied.database.write() as session, pytest.raises(NotPossible, match="last day"):
        case = session.get_one(CreditCase, denied.case_id)
        maya = denied.of.actor(denied.of.students[0], CourseRole.STUDENT)
        operations.file(session, case, actor=maya, statement=STATEMENT)
    assert denied.case.state == CaseState.DENIED


@on_one_database
def test_an_appeal_is_withdrawn_and_may_be_filed_again_in_time(denied: Chain) -> None:
    file(denied)
    denied.student.get(denied.of.address(part="/credit")).submit("Withdraw the appeal")

    assert denied.case.state == CaseState.DENIED and states(denied) == [AppealState.WITHDRAWN]
    file(denied)
    assert states(denied) == [AppealState.WITHDRAWN, AppealState.OPEN]
    with denied.database.read() as session:
        both = appeals.statements(
            session, [one.id for one in appeals.of_case(session, denied.case)]
        )
    assert all(rows[0].text.text == STATEMENT for rows in both.values())


def test_the_same_appeal_sent_twice_is_one(denied: Chain) -> None:
    page = denied.student.get(denied.of.address(part="/credit/appeal"))
    for _press in range(2):
        page.submit("File the appeal", {"Your statement": STATEMENT})
    assert states(denied) == [AppealState.OPEN]


@on_one_database
def test_whoever_decided_does_not_read_the_appeal(denied: Chain) -> None:
    denied.people["Hana Novak"] = denied.of.instructor
    denied.name("Hana Novak")
    file(denied)

    with pytest.raises(NotPermitted, match="You decided in this case"):
        answer(denied, Answer.UPHOLD, by="Hana Novak")
    denied.name("Remy Books", ApproverRole.REGISTRAR)
    with pytest.raises(NotPermitted, match="a chair who had no part"):
        answer(denied, Answer.UPHOLD, by="Remy Books")
    answer(denied, Answer.UPHOLD)


@on_one_database
def test_of_two_readers_the_first_answers_and_the_second_sees_it(denied: Chain) -> None:
    denied.name("Dana Dean")
    file(denied)
    late = denied.visitor("Dana Dean").get(denied.url)
    answer(denied, Answer.UPHOLD)

    page = late.submit(
        "Answer the appeal", {"Your answer": "amend", "Reason": "I differ."}, status=409
    )
    assert "This appeal was closed while you had it open, by Carla Chairs" in page.text
    assert "I differ." in page.text
    assert denied.case.state == CaseState.DENIED


@on_one_database
def test_an_award_as_asked_is_not_appealed_and_a_lower_one_only_raised(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(("instructor",))
    chain.name("Carla Chairs")
    chain.approve()
    assert "Appeal" not in chain.student.get(chain.of.address(part="/credit")).links
    chain.decide(DecisionOutcome.VOIDED, comment="Anew.")
    chain.approve(credits_thousandths=500, override_reason="Half of it.")
    file(chain)

    with pytest.raises(InvalidInput, match="An amendment gives more"):
        answer(chain, Answer.AMEND, credits_thousandths=500)
    answer(chain, Answer.AMEND)
    assert chain.decisions[-1].credits_thousandths == 1000


@on_one_database
def test_an_appeal_outlives_the_course(denied: Chain) -> None:
    with denied.database.write() as session:
        session.get_one(Course, denied.of.course.id).concluded_at = now.now()
    file(denied)
    appealed = denied.case
    assert appealed.state == CaseState.APPEALED
    denied.visitor("Carla Chairs").get(denied.url).submit(
        "Answer the appeal", {"Your answer": "uphold", "Reason": "It holds."}
    )
    assert denied.case.state == CaseState.DENIED
    assert (
        "Maya Okafor" in denied.visitor("Carla Chairs").get("/home/approvals?show=done").links
    )


@on_one_database
def test_somebody_elses_decision_is_not_theirs_to_appeal(denied: Chain) -> None:
    with denied.database.write() as session:
        other = denied.of.member(session, "Luca Ferri", CourseRole.STUDENT)
        stranger = denied.of.actor(other, CourseRole.STUDENT)
    with denied.database.write() as session, pytest.raises(NotPermitted):
        case = session.get_one(CreditCase, denied.case_id)
        operations.file(session, case, actor=stranger, statement=STATEMENT)
