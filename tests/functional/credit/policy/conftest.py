"""A university with a policy, somebody in its career office, and cases that were decided."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from careerlink.db import Database
from careerlink.institutions.models import Term
from careerlink.people.models import Person
from credit.cases import deciding
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from tests.factories import cases, school
from tests.factories.cases import Class
from tests.pages import Page, Visitor


@dataclass
class PolicyOffice:
    of: Class
    term: Term
    omar: Person
    visitor: Visitor
    database: Database

    def draft(self) -> Page:
        """The next version of the one policy, begun."""
        page = self.visitor.get("/office/policies").follow("Micro-internship credit")
        return page.submit("Write the next version")

    def decided(self, name: str, minutes: int) -> CreditCase:
        """Approved as the policy gives it, or denied where it gives nothing."""
        with self.database.write() as session:
            of = self.of
            case = cases.ready_case(session, of, name, minutes=minutes)
            enough = minutes >= 22.5 * 60
            outcome = DecisionOutcome.APPROVED if enough else DecisionOutcome.DENIED
            deciding.decide(
                session, case, Choice(outcome, comment="Decided."), actor=of.as_instructor
            )
            return case

    def another(self, name: str) -> Visitor:
        """A second person of the office, in a browser of their own."""
        with self.database.write() as session:
            person = Person(institution_id=self.of.course.institution_id, name=name)
            session.add(person)
            session.flush()
            cases.office_role(session, person, self.of.course.institution.slug)
        fresh = Visitor(self.visitor.raw.application, self.visitor.base_url)
        return school.sign_in(fresh, self.database, person)

    def decisions(self) -> list[tuple[int, str, int | None]]:
        with self.database.read() as session:
            rows = session.query(Decision).order_by(Decision.id)
            return [(one.id, one.inputs_hash, one.credits_thousandths) for one in rows]


@pytest.fixture
def office(app: Flask, client: Visitor, database: Database) -> PolicyOffice:
    with database.write() as session:
        of = cases.school_class(session)
        term = Term(
            institution_id=of.course.institution_id,
            code="202710",
            name="Fall 2026",
            starts_on=date(2026, 8, 31),
            ends_on=date(2026, 12, 18),
        )
        session.add(term)
        session.flush()
        of.course.term_id = term.id
        omar = cases.staff(session, of)
    return PolicyOffice(of, term, omar, school.sign_in(client, database, omar), database)
