"""A university with a term, a course, and people who can sign in without a platform."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course, CourseMember, CourseObjective, Objective
from careerlink.courses.roles import RANK, CourseRole, Standing
from careerlink.db import Database
from careerlink.institutions.models import Institution, Term
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person, PersonRole
from careerlink.web.session import COOKIE, begin
from tests.pages import Visitor

OBJECTIVES = {
    "B1": "Frame a question that data can answer",
    "B2": "Clean and join data",
    "B3": "Present findings",
}


@dataclass
class Campus:
    institution: Institution
    term: Term
    course: Course
    objectives: list[Objective] = field(default_factory=list)

    def person(self, session: Session, name: str, *office: OfficeRole) -> Person:
        email = f"{name.split()[0].lower()}@{self.institution.slug}.example"
        person = Person(institution=self.institution, name=name, email=email)
        session.add(person)
        session.flush()
        session.add_all(
            PersonRole(
                institution_id=self.institution.id,
                email=email,
                person_id=person.id,
                role=role,
                granted_at=clock.now(),
            )
            for role in office
        )
        session.flush()
        return person

    def enroll(
        self, session: Session, person: Person, role: CourseRole, **values: object
    ) -> CourseMember:
        member = CourseMember(
            course_id=self.course.id, person_id=person.id, launch_role=role, **values
        )
        session.add(member)
        session.flush()
        return member


def campus(session: Session, slug: str = "eastmoor") -> Campus:
    school = Institution(slug=slug, name=f"{slug.capitalize()} University")
    term = Term(
        institution=school,
        code="2026-fall",
        name="Fall 2026",
        starts_on=date(2026, 8, 31),
        ends_on=date(2026, 12, 18),
        grades_due_on=date(2026, 12, 22),
    )
    course = Course(institution=school, term=term, label="BUS-310", title="Applied Analytics")
    session.add_all([school, term, course])
    session.flush()
    made = Campus(school, term, course)
    for position, (code, title) in enumerate(OBJECTIVES.items()):
        objective = Objective(
            institution_id=school.id,
            uri=f"https://{slug}.example/objectives/{code}",
            code=code,
            title=title,
            text=f"{title}.",
            position=position,
        )
        session.add(objective)
        session.flush()
        session.add(
            CourseObjective(course_id=course.id, objective_id=objective.id, position=position)
        )
        made.objectives.append(objective)
    session.flush()
    return made


def actor_for(
    person: Person, *office: OfficeRole, courses: dict[int, CourseRole] | None = None
) -> Actor:
    """What a session of this person may do, for tests without a browser."""
    return Actor(
        institution_id=person.institution_id,
        person_id=person.id,
        office=frozenset(office),
        courses={
            course_id: Standing(role, may_decide=RANK[role] == 4)
            for course_id, role in (courses or {}).items()
        },
        name=person.label,
    )


def sign_in(
    visitor: Visitor,
    database: Database,
    person: Person,
    courses: dict[int, CourseRole] | None = None,
) -> Visitor:
    """Give the visitor the cookie that a launch or sign-in would have set."""
    with database.write() as session:
        token = begin(session, person_id=person.id, roles=courses)
    visitor.raw.set_cookie(
        COOKIE, token, domain=urlsplit(visitor.base_url).hostname or "", secure=True
    )
    return visitor
