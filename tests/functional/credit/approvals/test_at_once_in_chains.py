"""Two chairs, two tabs, a void against an approval: the first decides, the second sees it."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from careerlink.courses.roles import CourseRole
from careerlink.errors import NotPermitted
from credit.approvals import queries
from credit.cases import deciding, inputs
from credit.cases import queries as cases
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from tests.functional.credit.approvals.conftest import Chain

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def made(make_chain: Callable[..., Chain]) -> Chain:
    chain = make_chain(("instructor", "chair"))
    chain.name("Carla Chairs")
    chain.name("Dana Dean")
    chain.approve()
    return chain


def seen(chain: Chain) -> str:
    with chain.database.read() as session:
        case = session.get_one(CreditCase, chain.case_id)
        latest = cases.latest_decision(session, case)
        return deciding.seen_mark(inputs.load_one(session, case), latest)


def together(*deeds: Callable[[], object]) -> list[str]:
    """What became of each, begun at the same moment in threads of their own."""
    start, told = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        start.wait(30)
        try:
            deed()
            told.append("done")
        except deciding.DecidedMeanwhile as refusal:
            told.append(f"after {refusal.decision.decided_by.label}")

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(told)


def test_of_two_chairs_at_once_the_first_decides(made: Chain) -> None:
    mark = seen(made)

    told = together(
        lambda: made.approve("Carla Chairs", seen=mark),
        lambda: made.approve("Dana Dean", seen=mark),
    )

    last = made.decisions[-1]
    assert told == sorted(["done", f"after {last.decided_by.label}"])
    assert len(made.decisions) == 2 and made.case.state == CaseState.APPROVED
    assert [name for name, _to in made.mails()].count("decision_made") == 1
    assert made.scores() == 1


def test_an_approval_taken_back_while_the_chair_approves(made: Chain) -> None:
    mark = seen(made)

    told = together(
        lambda: made.decide(DecisionOutcome.VOIDED, comment="Wait.", seen=mark),
        lambda: made.approve("Carla Chairs", seen=mark),
    )

    assert "done" in told and len(made.decisions) == 2
    voided = made.decisions[-1].outcome == DecisionOutcome.VOIDED
    assert told == ["after Hana Novak" if voided else "after Carla Chairs", "done"]
    assert made.case.state == (CaseState.READY if voided else CaseState.APPROVED)
    assert made.scores() == (0 if voided else 1)


@on_one_database
def test_a_second_press_at_a_later_step_is_the_same_decision(made: Chain) -> None:
    tab = made.visitor("Carla Chairs").get(made.url)
    tab.submit("Approve 1 credit")
    tab.submit("Approve 1 credit")

    assert len(made.decisions) == 2 and made.scores() == 1


@on_one_database
@pytest.mark.parametrize(
    "written", [{"Comment": "Method?"}, {"Comment": "Method?", "Credits": "a lot"}]
)
def test_the_second_chairs_page_says_who_was_faster_and_keeps_the_comment(
    made: Chain, written: dict[str, str]
) -> None:
    late = made.visitor("Dana Dean").get(made.url)
    made.approve("Carla Chairs")

    page = late.submit("Send back to the instructor", written, status=409)

    assert page.reason == "changed-meanwhile"
    assert "Carla Chairs was faster: approved, 1 credit" in page.text
    assert "Method?" in page.text
    with pytest.raises(NotPermitted):
        made.approve("Dana Dean")


def test_a_desk_asks_as_often_for_thirty_cases_as_for_one(made: Chain) -> None:
    one = asked_by_desk(made)
    with made.database.write() as session:
        case = session.get_one(CreditCase, made.case_id)
        for number in range(30):
            student = made.of.member(session, f"Kim{number} Lee", CourseRole.STUDENT)
            session.add(
                CreditCase(
                    institution_id=case.institution_id,
                    course_id=case.course_id,
                    person_id=student.id,
                    policy_version_id=case.policy_version_id,
                    state=CaseState.IN_APPROVAL,
                    step=2,
                    awaits=case.awaits,
                    state_since=case.state_since,
                )
            )

    assert asked_by_desk(made) == one
    page = made.visitor("Carla Chairs").get("/home/approvals")
    assert "For your approval 31" in page.text
    assert len(page.follow("Next").soup.select("table tbody tr")) == 6


def asked_by_desk(chain: Chain) -> int:
    asked: list[str] = []
    actor = chain.actor("Carla Chairs")

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sa.event.listen(chain.database.engine, "before_cursor_execute", note)
    with chain.database.read() as session:
        queries.desk(session, actor, chosen=queries.Filter.WAITING, after=None)
    sa.event.remove(chain.database.engine, "before_cursor_execute", note)
    return len([one for one in asked if one.startswith("SELECT")])
