"""A university with one course, one partner and its competencies, for whoever plays in it."""

from datetime import date

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course, CourseObjective, Objective
from careerlink.courses.roles import CourseRole, Standing
from careerlink.institutions.models import Institution, Term
from careerlink.partners.models import Partner, PartnerContact, PartnerState
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.competencies.models import Competency
from credit.competencies.operations import NewCompetency, add_framework

NAMES = ("Communication", "Critical thinking", "Professionalism", "Teamwork")


def actor(
    person: Person, course: Course, role: CourseRole, *, may_decide: bool = False
) -> Actor:
    return Actor(
        institution_id=person.institution_id,
        person_id=person.id,
        courses={course.id: Standing(role, may_decide=may_decide, why_not="")},
        name=person.label,
    )


def add_course(session: Session, institution: Institution) -> tuple[Course, list[Objective]]:
    term = Term(
        institution_id=institution.id,
        code="2026FA",
        name="Fall 2026",
        starts_on=date(2026, 8, 31),
        ends_on=date(2026, 12, 18),
    )
    session.add(term)
    session.flush()
    course = Course(
        institution_id=institution.id,
        institution=institution,
        term_id=term.id,
        term=term,
        label="BUS-310",
        title="Applied Analytics",
    )
    objectives = [
        Objective(
            institution_id=institution.id,
            uri=f"https://example.edu/objectives/{code}",
            code=code,
            title=title,
            text=f"{title} so that data can answer.",
        )
        for code, title in (("B1", "Frame a question"), ("B2", "Choose an analysis"))
    ]
    session.add_all([course, *objectives])
    session.flush()
    session.add_all(
        CourseObjective(course_id=course.id, objective_id=objective.id, position=position)
        for position, objective in enumerate(objectives)
    )
    session.flush()
    return course, objectives


def add_partner(session: Session, institution: Institution) -> tuple[Partner, PartnerContact]:
    partner = Partner(
        institution_id=institution.id,
        name="Northlight Cycle Works",
        state=PartnerState.APPROVED,
        approved_at=clock.now(),
        approved_until=date(2027, 8, 31),
    )
    contact = PartnerContact(
        institution_id=institution.id,
        name="Ines Carvalho",
        email="ines@northlight.example",
        verified_at=clock.now(),
    )
    session.add_all([partner, contact])
    session.flush()
    return partner, contact


def add_competencies(session: Session, institution: Institution) -> list[int]:
    framework = add_framework(
        session,
        institution,
        actor=Actor(institution_id=institution.id),
        uri="https://example.edu/frameworks/readiness",
        name="Career readiness",
        source="Ours",
        competencies=[
            NewCompetency(
                code=name.lower().replace(" ", "-"),
                label=name,
                description=f"{name}, as far as it can be seen.",
                anchors=[f"{name}: sentence {level}." for level in range(1, 5)],
            )
            for name in NAMES
        ],
    )
    rows = session.query(Competency).filter_by(framework_id=framework.id)
    return [row.id for row in rows.order_by(Competency.position)]


def mail_address(name: str, slug: str) -> str:
    return f"{name.split(' ')[-2].strip('.').lower()}@{slug}.example"
