"""A course whose policy asks a chair and the registrar after the instructor."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Unpack

import pytest
from flask import Flask
from sqlalchemy import select

from careerlink import clock
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.approvals import authority
from credit.approvals.models import ApproverAppointment
from credit.approvals.roles import ApproverRole
from credit.cases import deciding, queries
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from tests.conftest import PUBLIC_URL
from tests.factories import cases, gradebooks
from tests.factories.choosing import MoreOfAChoice
from tests.factories.school import sign_in
from tests.pages import Visitor

CHAIN = ("instructor", "chair", "registrar")
LONG_AGO = date(2026, 1, 1)


@dataclass
class Chain:
    """One ready case, and everybody who has a say in it."""

    app: Flask
    database: Database
    of: cases.Class
    case_id: int
    people: dict[str, Person] = field(default_factory=dict)

    def name(
        self, name: str, role: ApproverRole | None = ApproverRole.CHAIR, **values: Any
    ) -> Person:
        """Somebody of the university, appointed unless ``role`` is nothing."""
        school = self.of.course.institution
        with self.database.write() as session:
            person = self.people.get(name) or Person(
                institution_id=school.id,
                name=name,
                email=f"{name.split()[0].lower()}@{school.slug}.example",
            )
            session.add(person)
            session.flush()
            if role is not None:
                row = {"starts_on": LONG_AGO, **values}
                session.add(
                    ApproverAppointment(
                        institution_id=school.id, person_id=person.id, role=role, **row
                    )
                )
        self.people[name] = person
        return person

    def actor(self, name: str, **values: Any) -> Actor:
        person = self.people[name]
        with self.database.read() as session:
            found = session.get_one(Person, person.id)
            held = authority.held_by(session, found)
            return Actor(
                institution_id=person.institution_id,
                person_id=person.id,
                name=person.label,
                approves=held,
                **values,
            )

    def visitor(self, name: str, role: CourseRole | None = None) -> Visitor:
        known = {"Hana Novak": self.of.instructor, **self.people}
        known |= {one.label: one for one in self.of.students}
        roles = {self.of.course.id: role} if role else None
        return sign_in(Visitor(self.app, PUBLIC_URL), self.database, known[name], roles)

    @property
    def instructor(self) -> Visitor:
        return self.visitor("Hana Novak", CourseRole.INSTRUCTOR)

    @property
    def student(self) -> Visitor:
        return self.visitor("Maya Okafor", CourseRole.STUDENT)

    def decide(
        self,
        outcome: DecisionOutcome,
        *,
        by: Actor | None = None,
        comment: str = "",
        **more: Unpack[MoreOfAChoice],
    ) -> Decision:
        with self.database.write() as session:
            return deciding.decide(
                session,
                session.get_one(CreditCase, self.case_id),
                Choice(outcome, comment=comment, **more),
                actor=by or self.of.as_instructor,
            )

    def approve(
        self, by: str = "", comment: str = "", **more: Unpack[MoreOfAChoice]
    ) -> Decision:
        actor = self.actor(by) if by else None
        return self.decide(DecisionOutcome.APPROVED, by=actor, comment=comment, **more)

    @property
    def case(self) -> CreditCase:
        with self.database.read() as session:
            query = select(CreditCase).where(CreditCase.id == self.case_id)
            return session.scalars(query.options(*queries.PAGE_NEEDS)).one()

    @property
    def decisions(self) -> list[Decision]:
        with self.database.read() as session:
            return list(queries.decisions(session, self.case))

    @property
    def url(self) -> str:
        return f"/home/approvals/{self.case.public_id}"

    @property
    def packet(self) -> str:
        return self.of.address(self.case)

    def mails(self) -> list[tuple[str, str]]:
        """Template and address, in the order of sending."""
        with self.database.read() as session:
            rows = session.scalars(
                select(OutboxMessage)
                .where(OutboxMessage.kind == "mail")
                .order_by(OutboxMessage.id)
            ).all()
            return [(row.payload["template"], row.payload["to"]) for row in rows]

    def scores(self) -> int:
        with self.database.read() as session:
            query = select(OutboxMessage.id).where(OutboxMessage.kind == "score")
            return len(session.scalars(query).all())


@pytest.fixture
def make_chain(app: Flask, database: Database) -> Callable[..., Chain]:
    def make(chain: tuple[str, ...] = CHAIN, **parameters: Any) -> Chain:
        with database.write() as session:
            of = cases.school_class(session, approver_chain=chain, **parameters)
            case = cases.ready_case(session, of)
            gradebooks.gradebook(session, of)
            return Chain(app, database, of, case.id)

    return make


@pytest.fixture
def chain(make_chain: Callable[..., Chain]) -> Chain:
    """Instructor, chair, registrar; one of each is named."""
    made = make_chain()
    made.name("Carla Chairs")
    made.name("Remy Books", ApproverRole.REGISTRAR)
    return made


def staff(made: Chain) -> Visitor:
    with made.database.write() as session:
        person = cases.staff(session, made.of)
        person.email = "omar@eastmoor.example"
    made.people[person.label] = person
    return made.visitor(person.label)


def in_days(number: int) -> date:
    return clock.now().date() + timedelta(days=number)
