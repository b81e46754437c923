"""A class that two instructors teach together."""

from dataclasses import dataclass

import pytest

from careerlink.courses.models import CourseSection
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.enrollments.models import Enrollment
from careerlink.people.models import Person
from credit.cases.models import CreditCase
from credit.routing import operations
from credit.routing.models import Criterion
from tests.factories import cases
from tests.pages import Page, Visitor


@dataclass
class Faculty:
    """A class that Hana Novak and Idris Bello teach together."""

    database: Database
    of: cases.Class
    idris: Person

    def rule(self, person: Person | None = None, **values: str) -> None:
        criterion = Criterion(values.get("criterion", "any"))
        with self.database.write() as session:
            operations.add_rule(
                session,
                self.of.course,
                actor=self.of.as_instructor,
                criterion=criterion,
                value=values.get("value", ""),
                person=session.merge(person) if person else None,
            )

    def case(self, name: str = "Maya Okafor", **enrolled: str) -> int:
        """Ready to be decided."""
        with self.database.write() as session:
            if not enrolled:
                return cases.ready_case(session, self.of, name).id
            who = cases.student(session, self.of, name)
            section = CourseSection(course_id=self.of.course.id, sis_id=enrolled["section"])
            session.add(section)
            session.flush()
            session.add(
                Enrollment(
                    course_id=self.of.course.id,
                    person_id=who.id,
                    section_id=section.id,
                    program=enrolled.get("program", ""),
                )
            )
            return cases.open_case(session, cases.project(session, self.of, who)).id

    def assigned(self, case_id: int) -> int | None:
        with self.database.read() as session:
            return session.get_one(CreditCase, case_id).assigned_to_id

    def queue(self, visitor: Visitor, who: Person, page: str = "/queue") -> Page:
        role = CourseRole.INSTRUCTOR
        return self.of.signed_in(visitor, self.database, who, role).get(
            self.of.address() + page
        )


@pytest.fixture
def faculty(app: object, database: Database) -> Faculty:
    with database.write() as session:
        of = cases.school_class(session)
        return Faculty(database, of, of.member(session, "Idris Bello", CourseRole.INSTRUCTOR))
