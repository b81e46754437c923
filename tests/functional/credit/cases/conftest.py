"""A class with one case that is ready, for tests of decisions."""

from dataclasses import dataclass
from typing import Unpack

import pytest
from flask import Flask
from sqlalchemy import select

from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from careerlink.people.actors import Actor
from credit.cases import deciding, queries
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from lti.models import LtiScore
from tests.factories import cases, gradebooks
from tests.factories.choosing import MoreOfAChoice


@dataclass
class Desk:
    """One ready case of a class with a gradebook, and the instructor who decides it."""

    database: Database
    of: cases.Class
    case_id: int

    def decide(
        self,
        outcome: DecisionOutcome,
        comment: str = "",
        *,
        by: Actor | None = None,
        **more: Unpack[MoreOfAChoice],
    ) -> int:
        """The number of the decision."""
        with self.database.write() as session:
            decision = deciding.decide(
                session,
                session.get_one(CreditCase, self.case_id),
                Choice(outcome, comment=comment, **more),
                actor=by or self.of.as_instructor,
            )
            return decision.number

    def approve(
        self, comment: str = "", *, by: Actor | None = None, **more: Unpack[MoreOfAChoice]
    ) -> int:
        return self.decide(DecisionOutcome.APPROVED, comment, by=by, **more)

    @property
    def case(self) -> CreditCase:
        with self.database.read() as session:
            query = select(CreditCase).where(CreditCase.id == self.case_id)
            return session.scalars(query.options(*queries.PAGE_NEEDS)).one()

    @property
    def decisions(self) -> list[Decision]:
        with self.database.read() as session:
            return list(queries.decisions(session, self.case))

    def messages(self, kind: str) -> list[OutboxMessage]:
        with self.database.read() as session:
            query = select(OutboxMessage).where(OutboxMessage.kind == kind)
            return list(session.scalars(query.order_by(OutboxMessage.id)))

    def scores(self) -> list[LtiScore]:
        with self.database.read() as session:
            return list(session.scalars(select(LtiScore)))


@pytest.fixture
def desk(app: Flask, database: Database) -> Desk:
    with database.write() as session:
        of = cases.school_class(session)
        case = cases.ready_case(session, of)
        gradebooks.gradebook(session, of)
        return Desk(database, of, case.id)
