"""Deliverables that were agreed upon, and a supervisor behind their link who answers them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.actors import system
from careerlink.people.models import OfficeRole, Person, PersonRole
from careerlink.placements.models import Placement
from careerlink.tokens import LinkPurpose, issue, token_of
from credit.evidence import operations, planning, reviewing
from credit.evidence.models import Deliverable
from credit.evidence.operations import Work as HandedIn
from credit.evidence.review_models import DeliverableReview, ReviewOutcome
from credit.evidence.reviewing import Answer
from tests.factories import hours
from tests.factories.hours import Work
from tests.pages import Page, Visitor

SECRET = "only-for-tests-" * 4
"""The one of the ``settings`` fixture."""


@dataclass
class Answering:
    """One agreed deliverable of one student, and browsers for everybody around it."""

    database: Database
    work: Work
    browser: Callable[[], Visitor]
    path: str
    """Of the supervisor's link."""

    @property
    def student(self) -> Visitor:
        return self.work.visitor(self.browser(), self.database)

    @property
    def teacher(self) -> Visitor:
        return self.work.teacher(self.browser(), self.database)

    @property
    def supervisor(self) -> Visitor:
        """After *Continue*."""
        visitor = self.browser()
        visitor.get(self.path).submit("Continue", status=303)
        return visitor

    @property
    def staff(self) -> Visitor:
        institution_id = self.work.course.institution_id
        with self.database.write() as session:
            known = session.scalar(
                select(Person).join(PersonRole, PersonRole.person_id == Person.id)
            )
            person = known or Person(institution_id=institution_id, name="Priya Raman")
            session.add(person)
            session.flush()
            if known is None:
                session.add(
                    PersonRole(
                        institution_id=institution_id,
                        email="priya@eastmoor.example",
                        person_id=person.id,
                        role=OfficeRole.STAFF,
                    )
                )
        return self.work.visitor(self.browser(), self.database, person, CourseRole.NONE)

    def hand_in(self, **values: Any) -> Page:
        page = self.student.get(self.work.address("/evidence")).follow("Hand in")
        given = {"Or a link": "https://charts.example.org/", **values}
        return page.submit("Hand it in", given)

    def hand_in_again(self, url: str) -> None:
        page = self.student.get(self.work.address("/evidence")).follow("Hand in a new version")
        page.submit("Hand it in", {"Or a link": url})

    def look(self) -> Page:
        return self.supervisor.get(f"{self.path}/work/{self.deliverable.public_id}")

    @property
    def deliverable(self) -> Deliverable:
        with self.database.read() as session:
            return session.scalars(
                select(Deliverable).where(Deliverable.placement_id == self.work.placement.id)
            ).one()

    @property
    def reviews(self) -> list[ReviewOutcome]:
        with self.database.read() as session:
            rows = session.scalars(select(DeliverableReview).order_by(DeliverableReview.id))
            return [row.outcome for row in rows]

    @property
    def placement(self) -> Placement:
        with self.database.read() as session:
            return session.get_one(Placement, self.work.placement.id)


def planned(session: Session, **options: Any) -> Work:
    """What the agreement asks for is written down: one deliverable, due on the last day."""
    made = hours.work(session, **options)
    assert made.agreement is not None
    planning.follow(session, made.placement, made.agreement)
    return made


def link(session: Session, work: Work) -> str:
    made = issue(
        session,
        secret=SECRET,
        purpose=LinkPurpose.PLACEMENT,
        contact=session.merge(work.contact),
        placement_id=work.placement.id,
        actor=system(work.placement.institution_id),
    )
    return f"/s/{token_of(made.public_id, SECRET)}"


def handed_in(session: Session, work: Work, **values: Any) -> Deliverable:
    """By the student, as a link unless ``values`` say otherwise."""
    deliverable = planning.agreed_upon(session, work.placement)[0]
    given = {"title": "", "url": "https://charts.example.org/", **values}
    operations.hand_in(
        session,
        work.placement,
        actor=work.as_student,
        work=HandedIn(**given),
        deliverable=deliverable,
    )
    return deliverable


def answer(
    session: Session,
    work: Work,
    deliverable: Deliverable,
    outcome: ReviewOutcome,
    **values: Any,
) -> DeliverableReview:
    given = {"number": 1, "words": "The legend.", **values}
    return reviewing.answer(
        session, deliverable, Answer(outcome, **given), actor=work.as_supervisor
    )
