"""People of a course of the demo LMS, at their browsers."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.people.models import OfficeRole, Person, PersonRole
from tests.factories.course_lists import person
from tests.factories.platforms import Gradebook
from tests.factories.sessions import launched, signed_in
from tests.pages import Page, Visitor

STAFF = "Stella Office"


class CourseDesk:
    def __init__(self, gradebook: Gradebook, visitors: Callable[[], Visitor]) -> None:
        self.gradebook, self._visitors = gradebook, visitors
        self.database = gradebook.database
        with self.database.read() as session:
            self.course: str = session.get_one(Course, gradebook.course_id).public_id

    @property
    def path(self) -> str:
        return f"/courses/{self.course}/roster"

    def sits(self, key: str, role: CourseRole) -> Visitor:
        who = person(self.gradebook, key).id
        return launched(self._visitors(), self.database, who, self.gradebook.course_id, role)

    def instructor(self) -> Visitor:
        return self.sits("instructor", CourseRole.INSTRUCTOR)

    def staff(self) -> Visitor:
        with self.database.write() as session:
            course = session.get_one(Course, self.gradebook.course_id)
            found = session.scalar(select(Person).where(Person.name == STAFF))
            found = found or _add_staff(session, course.institution_id)
            number = found.id
        return signed_in(self._visitors(), self.database, number)


def _add_staff(session: Session, institution_id: int) -> Person:
    made = Person(institution_id=institution_id, name=STAFF)
    session.add(made)
    session.flush()
    session.add(
        PersonRole(
            institution_id=institution_id,
            email="stella@eastmoor.example",
            person_id=made.id,
            role=OfficeRole.STAFF,
        )
    )
    return made


def row(page: Page, name: str) -> str:
    (found,) = [" | ".join(cells) for cells in page.rows() if cells[0].startswith(name)]
    return found
