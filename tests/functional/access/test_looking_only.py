"""Views in which nothing may be written: every form of a student is refused there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Base, Database
from careerlink.people.models import LoginSession
from careerlink.placements.models import Placement, PlacementState
from credit.agreements.models import AgreementState, LearningAgreement
from credit.cases.models import CaseState, CreditCase
from tests.functional.access.conftest import World, on_one_database

Change = Callable[[Session, CourseMember], None]
UNWATCHED = {"login_session", "login_session_course"}


def a_teacher_viewing_as_student(_session: Session, member: CourseMember) -> None:
    member.launch_role = CourseRole.INSTRUCTOR


def the_test_student(_session: Session, member: CourseMember) -> None:
    member.is_test = True


def a_concluded_course(session: Session, member: CourseMember) -> None:
    session.get_one(Course, member.course_id).concluded_at = clock.now()


def an_administrator_acting_as_the_student(session: Session, member: CourseMember) -> None:
    for row in session.query(LoginSession).filter_by(person_id=member.person_id):
        row.data = {**row.data, "read_only": True}


VIEWS = [
    a_teacher_viewing_as_student,
    the_test_student,
    a_concluded_course,
    an_administrator_acting_as_the_student,
]

PLAN = {
    "hours": "20", "starts_on": "2026-10-12", "ends_on": "2026-11-20", "tasks": "Other tasks",
    "supervision_plan": "A call", "academic_work": "Seminar", "action": "save",
    "where": "remote", "credit": "yes", "country": "", "engagement": "", "payer": "",
    "ip_terms": "", "ai_rule": "", "grading_basis": "",
}  # fmt: skip
LINK = {"title": "Dashboard", "url": "https://charts.example.org/"}
HOURS = {"worked_on": "2026-10-12", "hours": "2", "task": "Read tickets", "version": "1"}
FORMS: dict[str, dict[str, Any]] = {
    "/skills": {"others": "Python"},
    "/listings/{listing_id}/save": {},
    "/applications/{application_id}/decline": {},
    "/listings/{listing_id}/apply": {"statement": "I want to.", "consent": "y"},
    "/placements/{placement_id}/agreement": PLAN,
    "/placements/{placement_id}/agreement/draft": {**PLAN, "tasks": "Still others"},
    "/placements/{placement_id}/messages": {"text": "Hello"},
    "/placements/{placement_id}/hours": HOURS,
    "/placements/{placement_id}/hours/{entry_id}": {**HOURS, "worked_on": "2026-10-13"},
    "/placements/{placement_id}/hours/{entry_id}/take-back": {},
    "/placements/{placement_id}/evidence/new": LINK,
    "/placements/{placement_id}/evidence/{piece}/new-version": LINK,
    "/placements/{placement_id}/evidence/milestones/{lineage}/reached": {},
    "/placements/{placement_id}/evidence/milestones/{lineage}/open": {},
    "/placements/{placement_id}/evidence/reflection/draft": {"text": "It took six days."},
    "/placements/{placement_id}/evidence/reflection/save": {"text": "It took a week."},
    "/placements/{placement_id}/evidence/reflection": {"text": "It took six days."},
    "/placements/{placement_id}/complete": {},
    "/placements/{placement_id}/evaluation": {"strength": "I ask early.", "action": "save"},
    "/placements/{placement_id}/evaluation/draft": {"strength": "I ask."},
    "/placements/{placement_id}/consent/withdraw": {},
    "/placements/{placement_id}/consent": {"signed_name": "Maya Chen", "agree": "y"},
    "/credit": {"note": "Here it is."},
}
"""What a student's browser could send, by address in the course."""


def rows(database: Database) -> dict[str, list[Any]]:
    """Everything that there is, but for the sessions themselves."""
    with database.read() as session:
        return {
            table.name: list(session.execute(sa.select(table).order_by(table.c.id)))
            for table in Base.metadata.sorted_tables
            if table.name not in UNWATCHED and "id" in table.c
        }


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def at_work(world: World, database: Database) -> World:
    """Where there is something to write everywhere: new hours, a new plan, a new reply."""
    with database.write() as session:
        placement = session.get_one(Placement, world.here.cast.placement.id)
        placement.state, placement.completed_at = PlacementState.ACTIVE, None
        agreements = session.query(LearningAgreement).filter_by(placement_id=placement.id)
        agreements.one().state = AgreementState.REFUSED
        credit_cases = session.query(CreditCase).filter_by(
            person_id=placement.person_id, course_id=placement.course_id
        )
        credit_cases.one().state = CaseState.RETURNED
    return world


def addresses(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    for pattern, sent in FORMS.items():
        path = pattern.format(**world.here.addresses)
        yield f"/courses/{world.here.addresses['course_id']}{path}", sent


@on_one_database
@pytest.mark.parametrize("change", VIEWS, ids=lambda change: change.__name__)
def test_nothing_is_written(at_work: World, database: Database, change: Change) -> None:
    with database.write() as session:
        member = session.query(CourseMember).filter_by(
            course_id=at_work.here.cast.course.id, person_id=at_work.here.people["student"]
        )
        change(session, member.one())
    student, before, faults = at_work.browsers["student"].raw, rows(database), []
    for path, sent in addresses(at_work):
        status = student.post(path, data=sent).status_code
        now = rows(database)
        written = [table for table in now if now[table] != before[table]]
        before = now
        if written or status >= 500:
            faults.append(f"{path} answered {status} and wrote {written}")
    assert faults == []


def test_the_same_forms_write_in_the_students_own_view(
    at_work: World, database: Database
) -> None:
    """Else the test above would prove nothing."""
    student, before, idle = at_work.browsers["student"].raw, rows(database), []
    for path, sent in addresses(at_work):
        status = student.post(path, data=sent).status_code
        now = rows(database)
        if now == before:
            idle.append((status, path))
        before = now
    assert not idle, "\n".join(f"{s} {p[30:]}" for s, p in idle)


OTHERS: list[tuple[str, str, dict[str, Any]]] = [
    ("supervisor", "/s/{token}/evaluation/hours", {"action": "yes", "hours": "10"}),
    ("staff", "/office/applications/{application_id}/extend", {"hours": "24"}),
    ("staff", "/office/placements/{placement_id}/messages", {"text": "Hello"}),
    ("staff", "/office/applications/{application_id}/not-selected", {"reason": "Closed"}),
    ("staff", "/office/placements/{placement_id}/reopen", {"reason": "Hours are missing"}),
    ("instructor", "{course}/placements/{placement_id}/messages", {"text": "Hello"}),
    ("instructor", "{course}/cases/{case_id}/academic", {"academic-hours": "5"}),
]
"""What others than the student could send about work in a course."""


def test_a_concluded_course_is_closed_to_everybody_and_open_again_after_it(
    world: World, database: Database
) -> None:
    course_id = world.here.cast.course.id
    with database.write() as session:
        session.get_one(Course, course_id).concluded_at = clock.now()

    assert written_by_others(world, database) == []
    link = world.browsers["supervisor"].get(f"/s/{world.here.addresses['token']}")
    assert "The student’s course is concluded, so nothing is asked of you" in link.text
    step = world.browsers["supervisor"].get(link.path + "/evaluation/hours")
    assert step.page_id == "supervisor.tasks"

    with database.write() as session:
        session.get_one(Course, course_id).concluded_at = None
    wrote = written_by_others(world, database)
    assert wrote == [pattern for _, pattern, _ in OTHERS], "these prove nothing above"


def written_by_others(world: World, database: Database) -> list[str]:
    """Of ``OTHERS`` those that left anything behind."""
    before, wrote = rows(database), []
    course = f"/courses/{world.here.addresses['course_id']}"
    for who, pattern, sent in OTHERS:
        path = pattern.format(course=course, **world.here.addresses)
        assert world.browsers[who].raw.post(path, data=sent).status_code < 500
        now = rows(database)
        if now != before:
            wrote.append(pattern)
        before = now
    return wrote
