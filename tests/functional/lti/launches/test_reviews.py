"""A gradebook opens one student's work: who may see it is a matter of role and course."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from careerlink.courses.models import Course
from careerlink.db import Database
from careerlink.people.models import Person
from credit.cases.models import CreditCase
from lti.models import LtiContext, LtiDeployment, LtiLineItem, LtiUser
from tests.factories import cases
from tests.factories.lti import INSTRUCTOR, LEARNER, LIS, LTI, PUBLIC_URL, Platform
from tests.pages import Page, Visitor

ASSISTANT = f"{LIS}membership/Instructor#TeachingAssistant"
OBSERVER = f"{LIS}membership#Mentor"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
COLUMN = "https://ltiadvantagevalidator.example.org/columns/1"
STUDENT = "maya"


@dataclass
class Course310:
    """A case of a course that is known to a platform, and launches into it."""

    platform: Platform
    database: Database
    new_visitor: Callable[[], Visitor]
    course: str
    case: str

    def opened(self, sub: str, *roles: str, **changes: Any) -> Page:
        """Where a launch ends; 200 or 404."""
        visitor = self.new_visitor()
        claims = self.platform.claims(*roles, sub=sub, name="", **changes)
        page = self.platform.launch(visitor, claims)
        assert page.status == 303, page.summary()
        return visitor.get(page.location, status=self.status)

    status: int = 200

    def from_grader(self, sub: str, *roles: str, **changes: Any) -> Page:
        target = f"{PUBLIC_URL}/courses/{self.course}/submissions/{self.case}"
        # As SpeedGrader launches: the course's own link, whatever it is told to open.
        link = {"id": "course-1", "title": "BUS-310"}
        return self.opened(
            sub,
            *roles,
            **{f"{LTI}target_link_uri": target, f"{LTI}resource_link": link} | changes,
        )

    def review(self, sub: str, *roles: str, for_user: str = STUDENT, **changes: Any) -> Page:
        return self.opened(
            sub,
            *roles,
            **{
                f"{LTI}message_type": "LtiSubmissionReviewRequest",
                f"{LTI}for_user": {"user_id": for_user},
                AGS: {"scope": [], "lineitem": COLUMN},
            }
            | changes,
        )

    def expecting(self, status: int) -> "Course310":
        self.status = status
        return self


@pytest.fixture
def course(
    platform: Platform, database: Database, visitors: Callable[[], Visitor]
) -> Course310:
    with database.write() as session:
        of = cases.school_class(session)
        case = cases.ready_case(session, of)
        deployment = session.scalars(select(LtiDeployment)).one()
        school = of.course.institution_id
        deployment.institution_id = deployment.registration.institution_id = school
        session.add_all(
            [
                LtiContext(
                    deployment=deployment, context_id="course-1", course_id=of.course.id
                ),
                LtiUser(
                    registration_id=deployment.registration_id,
                    institution_id=school,
                    sub=STUDENT,
                    person_id=of.students[0].id,
                ),
            ]
        )
        return Course310(platform, database, visitors, of.course.public_id, case.public_id)


@pytest.mark.parametrize("role", [INSTRUCTOR, ASSISTANT])
def test_who_teaches_sees_the_packet_of_that_student(course: Course310, role: str) -> None:
    roles = (role, INSTRUCTOR) if role == ASSISTANT else (role,)
    for page in (course.from_grader("teacher", *roles), course.review("teacher", *roles)):
        assert page.page_id == "cases.packet"
        assert page.heading.startswith("Maya Okafor")
        assert page.path.endswith(f"/cases/{course.case}")


def test_the_student_sees_the_own_credit_page_and_nobody_else_s(course: Course310) -> None:
    assert course.from_grader(STUDENT, LEARNER).page_id == "credit.show"
    assert course.review(STUDENT, LEARNER).page_id == "credit.show"
    # Asked for somebody else's work, a student gets the own page; an address leads nowhere.
    assert course.case not in course.review("noor", LEARNER).path
    course.expecting(404).from_grader("noor", LEARNER)


def test_an_observer_sees_nothing(course: Course310) -> None:
    course.expecting(404)
    course.from_grader("parent", OBSERVER)
    assert course.case not in course.review("parent", OBSERVER).path


def test_teaching_another_course_opens_nothing_here(course: Course310) -> None:
    elsewhere = {f"{LTI}context": {"id": "course-2", "label": "ENV-220", "title": "Rivers"}}
    course.expecting(404).from_grader("teacher", INSTRUCTOR, **elsewhere)
    # Not even for somebody who teaches both: this launch is about the other course.
    course.expecting(200).from_grader("teacher", INSTRUCTOR)
    course.expecting(404).from_grader("teacher", INSTRUCTOR, **elsewhere)


def test_a_review_of_an_unknown_person_leads_to_the_queue(course: Course310) -> None:
    page = course.review("teacher", INSTRUCTOR, for_user="somebody-else")
    assert page.page_id == "cases.queue"
    assert "no credit case of that student" in page.text


def test_a_review_from_another_course_s_column_opens_nothing(course: Course310) -> None:
    with course.database.write() as session:
        context = session.scalars(select(LtiContext)).one()
        other = Course(
            institution_id=context.course.institution_id, label="ENV-220", title="Rivers"
        )
        session.add(other)
        session.flush()
        there = LtiContext(
            deployment_id=context.deployment_id, context_id="course-2", course_id=other.id
        )
        session.add_all([there, LtiLineItem(context=there, url=COLUMN)])
    page = course.review("teacher", INSTRUCTOR)
    assert page.page_id == "cases.queue"
    assert "no credit case of that student" in page.text


def test_a_person_of_the_course_without_a_case_leads_to_the_queue(course: Course310) -> None:
    course.review("noor", LEARNER)
    page = course.review("teacher", INSTRUCTOR, for_user="noor")
    assert "no credit case of that student" in page.text
    with course.database.read() as session:
        assert len(session.scalars(select(CreditCase)).all()) == 1
        assert len(session.scalars(select(Person)).all()) == 4
