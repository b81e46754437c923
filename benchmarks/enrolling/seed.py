"""A university whose students are enrolled already, but for every tenth."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from careerlink import migrate
from careerlink.courses.models import Course, CourseSection
from careerlink.db import Base, Database
from careerlink.enrollments.models import CourseCrn, Enrollment
from careerlink.institutions.models import Institution, Term
from careerlink.people.models import OfficeRole, Person, PersonRole

FILE = "list.csv"
IN_A_COURSE, BATCH = 600, 5_000
HEADING = "student_sis_id,term,crn,section,course,credits,added,dropped,level,program"
ADDED = date(2026, 8, 20)


def fill(url: str, folder: Path, size: int) -> None:
    database = Database(url)
    migrate.upgrade(database)
    with database.write() as session:
        school = Institution(slug="eastmoor", name="Eastmoor University")
        session.add(school)
        session.flush()
        term = Term(
            institution_id=school.id,
            code="2026FA",
            name="Fall 2026",
            starts_on=date(2026, 8, 31),
            ends_on=date(2026, 12, 18),
        )
        staff = Person(
            institution_id=school.id, name="Omar Said", email="omar@eastmoor.example"
        )
        session.add_all([term, staff])
        session.flush()
        session.add(
            PersonRole(
                institution_id=school.id,
                email=staff.email,
                person_id=staff.id,
                role=OfficeRole.STAFF,
            )
        )
        ids = (school.id, term.id)
    with (folder / FILE).open("w") as file:
        file.writelines(f"{line}\n" for line in _lines(size))
    _people(database, ids[0], size)
    _courses(database, *ids, size)
    database.dispose()


def _lines(size: int) -> Iterator[str]:
    yield HEADING
    for n in range(size):
        yield (
            f"S{n:06d},2026FA,{_crn(n)},001,BUS-{n // IN_A_COURSE + 100},3,{ADDED},,UG,"
            "Business Analytics"
        )


def _crn(number: int) -> str:
    return f"{40_000 + number // IN_A_COURSE}"


def _people(database: Database, school_id: int, size: int) -> None:
    _add(
        database,
        Person,
        (
            {"institution_id": school_id, "name": f"Student {n}", "sis_id": f"S{n:06d}"}
            for n in range(size)
        ),
    )


def _courses(database: Database, school_id: int, term_id: int, size: int) -> None:
    numbers = range(0, size, IN_A_COURSE)
    for n in numbers:
        with database.write() as session:
            course = Course(
                institution_id=school_id,
                term_id=term_id,
                label=f"BUS-{n // IN_A_COURSE + 100}",
                title="Applied Analytics",
            )
            session.add(course)
            session.flush()
            section = CourseSection(course_id=course.id, sis_id=_crn(n), name="001")
            session.add_all(
                [section, CourseCrn(term_id=term_id, crn=_crn(n), course_id=course.id)]
            )
            session.flush()
            place = {"course_id": course.id, "section_id": section.id, "term_id": term_id}
        _enroll(database, range(n, min(n + IN_A_COURSE, size)), place)


def _enroll(database: Database, numbers: range, place: dict[str, int]) -> None:
    """People have their numbers in order; the office's person came before them."""
    _add(
        database,
        Enrollment,
        (
            {
                **place,
                "person_id": n + 2,
                "crn": _crn(n),
                "credits_thousandths": 3000,
                "added_on": ADDED,
                "level": "undergraduate",
                "program": "Business Analytics",
            }
            for n in numbers
            if n % 10
        ),
    )


def _add(database: Database, kind: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    values = list(rows)
    for start in range(0, len(values), BATCH):
        with database.write() as session:
            session.execute(insert(kind), values[start : start + BATCH])
