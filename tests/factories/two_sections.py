"""Two sections of one class in the LMS, each a course of its own here at first."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from careerlink.courses.models import Course, CourseMember
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.people.models import Person
from careerlink.placements.models import Application, ApplicationState
from tests.factories.listings import listing
from tests.factories.lti import LTI, Platform
from tests.factories.partners import partner
from tests.pages import Page, Visitor


@dataclass
class TwoSections:
    """Sections A and B of one class, opened by the same instructor and by students of each."""

    platform: Platform
    database: Database
    people: dict[str, Visitor] = field(default_factory=dict)

    def open(self, who: str, section: str, *roles: str, **claims: Any) -> Page:
        place = {"id": section, "label": f"BUS-{section}", "title": "Analytics"}
        return self.platform.launch(
            self.people[who],
            self.platform.claims(
                *roles, sub=who, name=who, **{f"{LTI}context": place, **claims}
            ),
        )

    def course(self, section: str) -> Course:
        with self.database.read() as session:
            return session.scalars(select(Course).where(Course.label == f"BUS-{section}")).one()

    def page(self, section: str, part: str = "") -> str:
        return f"/courses/{self.course(section).public_id}/{part}"

    def link(self, who: str, section: str, other: str) -> Page:
        """From the page of linked courses, as people do."""
        listed = self.people[who].get(self.page(section, "linked"))
        confirm = listed.follow(f"Link BUS-{other} Analytics")
        return confirm.submit("Link both courses")

    def members(self, section: str) -> set[str]:
        with self.database.read() as session:
            return set(
                session.scalars(
                    select(Person.name)
                    .join(CourseMember, CourseMember.person_id == Person.id)
                    .where(
                        CourseMember.course_id == self.course(section).id,
                        CourseMember.dropped_at.is_(None),
                    )
                )
            )

    def asks(self, who: str, section: str) -> None:
        """A student applies there."""
        with self.database.write() as session:
            course = session.get_one(Course, self.course(section).id)
            person = session.scalars(select(Person).where(Person.name == who)).one()
            school = session.get_one(Institution, course.institution_id)
            offered = listing(
                session, partner(session, school, name=f"Host of {who}"), release_to=course
            )
            session.add(
                Application(
                    institution=school,
                    course=course,
                    person=person,
                    listing=offered,
                    state=ApplicationState.DRAFT,
                )
            )
