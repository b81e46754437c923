"""The rules of a course in plain words, and who may choose others."""

import pytest
import sqlalchemy as sa

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.errors import NotPermitted
from careerlink.people.actors import system
from credit.policy import operations, queries
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from tests.factories import cases
from tests.factories.cases import Class
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("app")


def another(database: Database, of: Class, name: str = "Short projects") -> CreditPolicyVersion:
    with database.write() as session:
        return operations.create_version(
            session,
            institution_id=of.course.institution_id,
            name=name,
            parameters=Parameters(minutes_per_credit=40 * 60),
            source="Senate minutes of May 2026",
            actor=system(of.course.institution_id),
        )


def test_everybody_in_the_course_reads_the_rules(client: Visitor, database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session, academic_minutes_required=900)
        who = cases.student(session, of)
    visitor = of.signed_in(client, database, who, CourseRole.STUDENT)

    page = visitor.get(of.address(part="/policy"))

    assert "45 hours of work make 1 credit." in page.text
    assert "Hours count up to 110 % of those planned" in page.text
    assert "15 hours of academic work are required; they count toward the hours." in page.text
    assert "§ 2 Hours" in page.text
    assert "Use this policy" not in page.buttons


def test_the_instructor_chooses_for_new_cases(client: Visitor, database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session)
    another(database, of)
    visitor = of.signed_in(client, database, of.instructor, CourseRole.INSTRUCTOR)

    page = visitor.get(of.address(part="/policy")).follow("Short projects, version 1")
    assert "New cases of this course do not open under this version" in page.text
    assert ["45 h", "40 h"] in [row[1:] for row in page.rows()]
    page = page.submit("Use this policy")

    assert "40 hours of work make 1 credit." in page.text
    with database.read() as session:
        version = queries.policy_for(session, of.course)
        assert version is not None
        assert version.name == "Short projects"


def test_versions_count_up_and_are_never_changed(database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session)

    assert [another(database, of).number, another(database, of).number] == [1, 2]

    with pytest.raises(sa.exc.DBAPIError), database.write() as session:
        session.execute(sa.text("UPDATE credit_policy_version SET source = 'mine'"))


def test_assistants_and_other_institutions_choose_nothing(database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        other = cases.school_class(session, "westmoor")
        helper = of.member(session, "Kofi Mensah", CourseRole.ASSISTANT)
    mine, theirs = another(database, of), another(database, other)

    with database.write() as session:
        for actor, version in (
            (of.actor(helper, CourseRole.ASSISTANT), mine),
            (of.as_instructor, theirs),
            (other.as_instructor, mine),
        ):
            with pytest.raises(NotPermitted):
                operations.choose_for_course(session, of.course, version, actor=actor)


def test_another_institutions_policy_is_not_there(client: Visitor, database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        other = cases.school_class(session, "westmoor")
    theirs = another(database, other)
    visitor = of.signed_in(client, database, of.instructor, CourseRole.INSTRUCTOR)

    visitor.get(of.address(part=f"/policy?version={theirs.public_id}"), status=404)


def test_without_a_policy_the_page_says_who_writes_one(
    client: Visitor, database: Database
) -> None:
    with database.write() as session:
        of = cases.school_class(session, has_policy=False)
    visitor = of.signed_in(client, database, of.instructor, CourseRole.INSTRUCTOR)

    assert "No credit policy yet" in visitor.get(of.address(part="/policy")).text
    assert "No credit policy yet" in visitor.get(of.address(part="/queue")).text
