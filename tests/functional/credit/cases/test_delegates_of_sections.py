"""Acting for an instructor in some sections alone: theirs, as the registrar's lists say it."""

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from careerlink.courses.models import Course, CourseSection
from careerlink.enrollments.models import Enrollment
from careerlink.placements.models import Placement
from tests.functional.credit.cases.acting_for import ASSISTANT, School
from tests.functional.credit.cases.conftest import Desk


@pytest.fixture
def school(app: Flask, desk: Desk, clock: time_machine.Traveller) -> School:
    return School(app, desk, clock)


def test_a_delegate_for_one_section_sees_and_decides_that_one_only(school: School) -> None:
    with school.desk.database.write() as session:
        course = session.get_one(Course, school.desk.of.course.id)
        sections = [
            CourseSection(course_id=course.id, sis_id=f"BUS-310-0{n}", name=f"Section 0{n}")
            for n in (1, 2)
        ]
        session.add_all(sections)
        session.flush()
        maya = school.desk.of.students[0]
        enrolled = Enrollment(
            course_id=course.id, person_id=maya.id, section_id=sections[1].id, crn="1"
        )
        session.add(enrolled)
    asked = school.ask(Only_for_these_sections=[str(sections[0].id)])
    assert "Only sections: Section 01." in asked.text
    deputy = school.visitor(school.colleague, ASSISTANT)
    deputy.get(school.packet, status=404)
    for part in ("/queue?show=all", "/agreements", "/"):
        assert "Maya Okafor" not in deputy.get(school.desk.of.address(part=part)).text
    with school.desk.database.read() as session:
        project = session.scalars(select(Placement.public_id)).one()
    for part in ("", "/agreement", "/hours", "/hours/ruling"):
        deputy.get(school.desk.of.address(part=f"/placements/{project}{part}"), status=404)

    with school.desk.database.write() as session:
        session.get_one(Enrollment, enrolled.id).section_id = sections[0].id
    deputy.get(school.packet).submit("Award 1 credit")
    assert school.desk.decisions[0].by == "Tom Reyes for Hana Novak"


def test_who_moved_to_another_section_goes_out_of_a_delegates_sight(school: School) -> None:
    """The registrar's list keeps the section that they dropped."""
    with school.desk.database.write() as session:
        course, maya = school.desk.of.course, school.desk.of.students[0]
        first, second = (CourseSection(course_id=course.id, sis_id=one) for one in ("1", "2"))
        session.add_all([first, second])
        session.flush()
        left = Enrollment(
            course_id=course.id,
            person_id=maya.id,
            section_id=first.id,
            crn="1",
            dropped_on=school.today,
        )
        session.add(left)
    school.ask(Only_for_these_sections=[str(first.id)])
    deputy = school.visitor(school.colleague, ASSISTANT)
    deputy.get(school.packet)

    with school.desk.database.write() as session:
        session.add(
            Enrollment(course_id=course.id, person_id=maya.id, section_id=second.id, crn="2")
        )
    deputy.get(school.packet, status=404)
