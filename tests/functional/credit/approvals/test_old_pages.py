"""Every page that decides: opened before the evidence changed, and its button pressed twice."""

from collections.abc import Callable

import pytest

from credit.cases.models import CreditCase, DecisionOutcome
from tests.functional.credit.approvals.conftest import Chain
from tests.functional.credit.approvals.test_appeals import STATEMENT
from tests.pages import Page

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CHANGED = "The evidence changed since you opened this page."
WHY = {"Reason": "Too little of it."}

Opened = tuple[Page, str, dict[str, str]]
"""The page, its button, and what is typed."""


def instructor_awards(chain: Chain) -> Opened:
    return chain.instructor.get(chain.packet), "Award 1 credit", {"Comment": "Solid."}


def instructor_returns(chain: Chain) -> Opened:
    page = chain.instructor.get(chain.packet)
    return page, "Return with comments", {"Comment": "Say more."}


def instructor_denies(chain: Chain) -> Opened:
    return chain.instructor.get(f"{chain.packet}/deny"), "Deny credit", WHY


def instructor_takes_back(chain: Chain) -> Opened:
    chain.approve()
    return chain.instructor.get(f"{chain.packet}/void"), "Void the decision", WHY


def chair_approves(chain: Chain) -> Opened:
    chain.approve()
    return chain.visitor("Carla Chairs").get(chain.url), "Approve 1 credit", {}


def chair_denies(chain: Chain) -> Opened:
    chain.approve()
    return chain.visitor("Carla Chairs").get(f"{chain.url}/deny"), "Deny credit", WHY


def reader_answers(chain: Chain) -> Opened:
    chain.decide(DecisionOutcome.DENIED, comment="Too little of it is yours.")
    page = chain.student.get(chain.of.address(part="/credit")).follow("Appeal")
    page.submit("File the appeal", {"Your statement": STATEMENT})
    page = chain.visitor("Carla Chairs").get(chain.url)
    return page, "Answer the appeal", {"Your answer": "uphold", "Reason": "It holds."}


EVERYWHERE = pytest.mark.parametrize(
    "open_page",
    [
        instructor_awards,
        instructor_returns,
        instructor_denies,
        instructor_takes_back,
        chair_approves,
        chair_denies,
        reader_answers,
    ],
)


@EVERYWHERE
def test_what_changed_is_looked_at_again_and_a_second_press_is_the_same(
    chain: Chain, open_page: Callable[[Chain], Opened]
) -> None:
    page, button, typed = open_page(chain)
    before = len(chain.decisions)
    with chain.database.write() as session:
        session.get_one(CreditCase, chain.case_id).academic_minutes = 60

    late = page.submit(button, typed, status=409)
    assert CHANGED in late.text
    for text in typed.values():
        assert text in late.html
    assert len(chain.decisions) == before

    with chain.database.write() as session:
        session.get_one(CreditCase, chain.case_id).academic_minutes = 0
    page.submit(button, typed)
    once = (len(chain.decisions), chain.mails(), chain.scores(), chain.case.state)
    page.submit(button, typed)
    assert once == (len(chain.decisions), chain.mails(), chain.scores(), chain.case.state)
