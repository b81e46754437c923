"""Ended sessions leave nothing behind."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.institutions.models import Institution
from careerlink.people import sessions
from careerlink.people.models import LoginSession, LoginSessionCourse, Person
from careerlink.web.session import begin


def test_sessions_past_their_end_are_forgotten_and_others_stay(session: Session) -> None:
    school = Institution(slug="eastmoor", name="Eastmoor University")
    session.add(school)
    session.flush()
    person = Person(institution_id=school.id, name="Maya Okafor")
    course = Course(institution_id=school.id, title="Analytics")
    session.add_all([person, course])
    session.flush()
    begin(session, person_id=person.id, roles={course.id: CourseRole.STUDENT})
    session.scalars(select(LoginSession)).one().expires_at = clock.now() - timedelta(seconds=1)
    begin(session, person_id=person.id, roles={course.id: CourseRole.STUDENT})

    assert sessions.forget_ended(session) == 1
    assert session.scalar(select(func.count()).select_from(LoginSession)) == 1
    assert session.scalar(select(func.count()).select_from(LoginSessionCourse)) == 1
