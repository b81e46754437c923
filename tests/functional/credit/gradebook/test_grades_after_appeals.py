"""The gradebook follows the decision that stands: chains, amendments, returns by a reader."""

from collections.abc import Callable
from typing import Unpack

import pytest
from sqlalchemy import select

from careerlink.outbox import OutboxMessage
from credit.appeals import answering
from credit.appeals.outcomes import Answer, Reply
from credit.cases.models import CreditCase, DecisionOutcome
from tests.factories.choosing import Figures
from tests.functional.credit.approvals.conftest import Chain, make_chain

__all__ = ["make_chain"]


def told(chain: Chain) -> list[int | None]:
    with chain.database.read() as session:
        rows = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.kind == "score")
            .order_by(OutboxMessage.id)
        )
        return [row.payload["given_thousandths"] for row in rows]


def appealed(chain: Chain, chosen: Answer, **more: Unpack[Figures]) -> None:
    chain.name("Carla Chairs")
    page = chain.student.get(chain.of.address(part="/credit")).follow("Appeal")
    page.submit("File the appeal", {"Your statement": "Week 6 was overlooked."})
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        reply = Reply(chosen, "I read all of it.", **more)
        answering.answer(session, case, reply, actor=chain.actor("Carla Chairs"))


@pytest.mark.parametrize(
    ("chosen", "sent"),
    [
        (Answer.AMEND, [0, 1000]),
        (Answer.TO_STUDENT, [0, None]),
        (Answer.TO_INSTRUCTOR, [0, None]),
        (Answer.UPHOLD, [0]),
    ],
)
def test_a_denial_that_is_appealed(
    make_chain: Callable[..., Chain], chosen: Answer, sent: list[int | None]
) -> None:
    chain = make_chain(("instructor",), score_kind="pass_fail")
    chain.decide(DecisionOutcome.DENIED, comment="Too little of it is yours.")
    appealed(chain, chosen)
    assert told(chain) == sent


def test_a_step_of_a_chain_is_no_grade_yet(make_chain: Callable[..., Chain]) -> None:
    chain = make_chain(("instructor", "chair"))
    chain.name("Carla Chairs")
    chain.decide(DecisionOutcome.APPROVED)
    assert told(chain) == []
