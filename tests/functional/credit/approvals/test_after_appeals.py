"""Who may still do what once a second reader has answered, and who may be that reader."""

from collections.abc import Callable
from typing import Unpack

import pytest

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.errors import NotPermitted, NotPossible
from careerlink.placements.models import PlacementState
from credit.appeals import answering, operations
from credit.appeals.outcomes import Answer, Reply
from credit.cases import inputs, standing
from credit.cases.models import Basis, CaseState, CreditCase, DecisionOutcome
from tests.factories.choosing import Figures
from tests.functional.credit.approvals.conftest import Chain, staff

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DENIED, VOIDED = DecisionOutcome.DENIED, DecisionOutcome.VOIDED


def file(chain: Chain) -> None:
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        maya = chain.of.actor(chain.of.students[0], CourseRole.STUDENT)
        operations.file(session, case, actor=maya, statement="Week 6 was overlooked.")


def answer(chain: Chain, chosen: Answer, by: str, **more: Unpack[Figures]) -> None:
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        reply = Reply(chosen, "I read all of it.", **more)
        answering.answer(session, case, reply, actor=chain.actor(by))


def void(chain: Chain, by: str) -> None:
    chain.decide(VOIDED, by=chain.actor(by), comment="The work is not the student’s own.")


def test_what_was_upheld_can_still_be_voided_by_a_second_reader(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(("instructor",))
    chain.name("Carla Chairs")
    chain.decide(DENIED, comment="Too little of it is yours.")
    file(chain)
    answer(chain, Answer.UPHOLD, "Carla Chairs")

    with pytest.raises(NotPermitted, match="only a second reader can void"):
        chain.decide(VOIDED, comment="I think again.")
    void(chain, "Carla Chairs")
    assert chain.case.state == CaseState.READY


def test_whoever_decided_does_not_void_the_second_readers_award(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(("instructor", "chair"))
    chain.name("Carla Chairs")
    chain.name("Dana Dean")
    chain.approve()
    chain.decide(DENIED, by=chain.actor("Carla Chairs"), comment="Not of this field.")
    file(chain)
    answer(chain, Answer.AMEND, "Dana Dean")

    with pytest.raises(NotPermitted, match="only a second reader can void"):
        void(chain, "Carla Chairs")
    assert "Void this decision" not in chain.visitor("Carla Chairs").get(chain.url).text
    void(chain, "Dana Dean")


def test_whoever_spoke_for_the_decision_does_not_read_the_appeal(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(("instructor",))
    chain.name("Carla Chairs")
    chain.decide(DENIED, comment="Too little of it is yours.")
    file(chain)
    carla = chain.of.actor(chain.people["Carla Chairs"], CourseRole.INSTRUCTOR)
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        operations.add_statement(session, case, actor=carla, text="I saw the same.")

    with pytest.raises(NotPermitted, match="You wrote to the second reader"):
        answer(chain, Answer.UPHOLD, "Carla Chairs")


def test_a_course_without_credit_is_amended_to_a_mark(make_chain: Callable[..., Chain]) -> None:
    chain = make_chain(("instructor",), grade_basis="non_credit", non_credit_minutes=30 * 60)
    chain.name("Carla Chairs")
    chain.decide(DENIED, comment="Too little of it is yours.")
    file(chain)
    answer(chain, Answer.AMEND, "Carla Chairs")

    assert chain.decisions[-1].basis == Basis.NON_CREDIT


def test_what_a_second_reader_confirms_by_name_has_that_name(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(("instructor",), double_count="never")
    chain.name("Carla Chairs")
    chain.decide(DENIED, comment="It may count twice.")
    file(chain)
    answer(chain, Answer.AMEND, "Carla Chairs", confirmed_rules=("double_count",))

    by = chain.decisions[-1].inputs["confirmed_by"]
    assert by == {"double_count": chain.people["Carla Chairs"].id}


def test_the_last_day_of_an_incomplete_goes_with_it(make_chain: Callable[..., Chain]) -> None:
    chain = make_chain(("instructor",))
    chain.name("Carla Chairs")
    chain.decide(DecisionOutcome.INCOMPLETE, comment="The log is not whole.")
    file(chain)
    incomplete = chain.case
    assert incomplete.incomplete_until is not None

    answer(chain, Answer.TO_STUDENT, "Carla Chairs")

    assert (chain.case.state, chain.case.incomplete_until) == (CaseState.RETURNED, None)


def test_what_was_incomplete_lacks_after_the_appeal_what_it_lacked_before(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(("instructor",))
    chain.name("Carla Chairs")
    with chain.database.write() as session:
        facts = inputs.load_one(session, session.get_one(CreditCase, chain.case_id))
        facts.parts[0].placement.state = PlacementState.ACTIVE
    chain.decide(DecisionOutcome.INCOMPLETE, comment="The work goes on.")
    file(chain)

    answer(chain, Answer.TO_INSTRUCTOR, "Carla Chairs")

    assert chain.case.state == CaseState.OPEN


def test_whoever_decided_is_not_asked_to_read_the_appeal_and_the_office_is_told(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(("instructor", "chair"))
    chain.name("Carla Chairs")
    chain.approve()
    chain.decide(DENIED, by=chain.actor("Carla Chairs"), comment="Not of this field.")
    file(chain)

    assert "appeal_to_read" not in [template for template, _to in chain.mails()]
    assert "Maya Okafor waits for a second reader" in staff(chain).get("/office/").text


def test_no_case_goes_back_into_a_concluded_course(make_chain: Callable[..., Chain]) -> None:
    """Neither the instructor nor the student could go on with it there."""
    chain = make_chain(("instructor",))
    chain.name("Carla Chairs")
    chain.decide(DENIED, comment="Too little of it is yours.")
    file(chain)
    page = chain.visitor("Carla Chairs").get(chain.url)
    with chain.database.write() as session:
        session.get_one(Course, chain.of.course.id).concluded_at = clock.now()

    typed = {"Your answer": "to_student", "Reason": "Say more about week 6."}
    page = page.submit("Answer the appeal", typed, status=422)
    assert "have it opened again first" in page.text and "Return it to" not in page.text
    for back in (Answer.TO_STUDENT, Answer.TO_INSTRUCTOR):
        with pytest.raises(NotPossible, match="concluded"):
            answer(chain, back, "Carla Chairs")
    still = chain.case
    assert still.state == CaseState.APPEALED
    page.submit("Answer the appeal", {"Your answer": "amend"})
    assert chain.case.state == CaseState.APPROVED


def test_an_award_on_appeal_goes_on_to_the_steps_that_are_left(chain: Chain) -> None:
    chain.decide(DENIED, comment="Too little of it is yours.")
    file(chain)
    answer(chain, Answer.AMEND, "Carla Chairs")

    assert (chain.case.state, chain.case.step) == (CaseState.IN_APPROVAL, 3)
    with chain.database.read() as session:
        assert standing.standing_decisions(session, [chain.case_id]) == {}
    assert {template for template, _to in chain.mails()[-2:]} == {
        "appeal_answered",
        "approval_waits",
    }
    with pytest.raises(NotPermitted, match="only a second reader can void"):
        chain.decide(VOIDED, comment="I take it back.")
    assert "Step 3: the registrar" in chain.student.get(chain.of.address(part="/credit")).text

    chain.approve("Remy Books")
    assert chain.case.state == CaseState.APPROVED
    assert chain.decisions[-1].is_final and chain.decisions[-1].credits_thousandths == 1000
