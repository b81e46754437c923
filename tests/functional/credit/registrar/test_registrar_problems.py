"""What keeps a decision out of the file stands first, with who can put it right."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from careerlink import clock
from careerlink.courses.models import Course, CourseMember
from careerlink.enrollments.models import Enrollment, EnrollmentLevel
from careerlink.institutions.models import Term
from careerlink.people.actors import system
from careerlink.people.models import Person
from credit.policy import operations
from credit.policy.parameters import Parameters
from credit.registrar import comparing, problems, reading
from credit.registrar.problems import Kind
from tests.factories import cases
from tests.functional.credit.registrar.conftest import Office
from tests.functional.lti.launches.conftest import statements

__all__ = ["statements"]


def no_student_id(office: Office) -> None:
    office.approved("Maya Okafor", sis_id=None)


def no_decider_id(office: Office) -> None:
    with office.database.write() as session:
        session.get_one(Person, office.of.instructor.id).sis_id = None
    office.approved("Maya Okafor")


def no_section(office: Office) -> None:
    office.approved("Maya Okafor", crn="")


def fewer_credits(office: Office) -> None:
    office.approved("Maya Okafor")
    with office.database.write() as session:
        session.scalars(select(Enrollment)).one().credits_thousandths = 500


def leaves(office: Office, day: date) -> None:
    """The registrar says so of the newest student."""
    with office.database.write() as session:
        newest = select(Enrollment).order_by(Enrollment.id.desc()).limit(1)
        session.scalars(newest).one().dropped_on = day


def left(office: Office) -> None:
    office.approved("Maya Okafor")
    leaves(office, date(2026, 10, 10))


def not_accepted_yet(office: Office) -> None:
    with office.database.write() as session:
        asking = operations.create_version(
            session,
            institution_id=office.of.course.institution_id,
            name="Accepted by the student",
            parameters=Parameters(**cases.PLAIN, final_acceptance_required=True),
            source="Catalog 2026",
            actor=system(office.of.course.institution_id),
        )
        course = session.get_one(Course, office.of.course.id)
        operations.choose_for_course(
            session, course, asking, actor=system(course.institution_id)
        )
    office.approved("Maya Okafor")


def gone_from_the_roster(office: Office) -> None:
    office.approved("Maya Okafor")
    with office.database.write() as session:
        cases.drop(session, office.of, office.of.students[0])


def let_go(office: Office, moment: datetime) -> None:
    """The roster lists the newest student no more. The term's last day ends at 05:00 UTC."""
    with office.database.write() as session:
        member = session.scalars(
            select(CourseMember).where(CourseMember.person_id == office.of.students[-1].id)
        ).one()
        member.dropped_at = moment


@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (no_student_id, Kind.NO_STUDENT_ID, "The student’s SIS ID is missing."),
        (
            no_decider_id,
            Kind.NO_DECIDER_ID,
            "The SIS ID of Hana Novak, who decided, is missing.",
        ),
        (no_section, Kind.NO_SECTION, "CRN and section are missing."),
        (fewer_credits, Kind.FEWER_CREDITS, "Awarded 1 credit, enrolled for 0.5 credits."),
        (left, Kind.DROPPED, "The registrar’s list says that the student left."),
        (not_accepted_yet, Kind.NOT_ACCEPTED, "has not accepted the award yet."),
        (gone_from_the_roster, Kind.DROPPED, "The student left the course since."),
    ],
)
def test_it_is_left_out_and_said_so(
    office: Office, make: Callable[[Office], None], kind: Kind, said: str
) -> None:
    make(office)
    page = office.page()
    assert "1 problem to solve first" in page.text
    assert said in page.text
    assert problems.WHO[kind] in page.text
    assert "Left out for now 1" in " ".join(page.text.split())
    assert "Nothing new for the registrar" in office.make().text


def test_the_list_of_problems_and_the_file_find_the_same(office: Office) -> None:
    """The list asks the database, the file reads case by case."""
    office.approved("Maya Okafor")
    office.approved("Noor Haddad", sis_id=None, credits_thousandths=1000)
    office.approved("Omar Diaz", is_withdrawn=True)
    office.approved("Lea Brandt", dropped_on=date(2026, 12, 1))
    office.approved("Iris Chen")
    leaves(office, clock.today("America/New_York"))
    office.approved("Pia Lindqvist", crn="")
    office.case("Ravi Anand", sis_id=None)
    office.approved("Mia Torres")
    let_go(office, datetime(2026, 12, 19, 4, 59, tzinfo=UTC))
    office.approved("Theo Lindgren")
    let_go(office, datetime(2026, 12, 19, 5, tzinfo=UTC))
    with office.database.read() as session:
        query = comparing.of_term(office.term)
        every = session.scalars(query.options(*reading.NEEDS)).all()
        known = reading.read(session, every)
        term = session.get_one(Term, office.term.id)
        listed = session.scalars(query.where(problems.has_any(term))).all()
        assert {case.id for case in listed} == {
            case_id for case_id, one in known.items() if one.problems
        }
        assert len(listed) == 5


def test_who_is_let_go_with_the_whole_class_after_the_term_is_told_all_the_same(
    office: Office,
) -> None:
    """Canvas and Moodle end a course's enrollments; nobody left it."""
    office.approved("Maya Okafor")
    let_go(office, datetime(2026, 12, 19, 5, tzinfo=UTC))

    assert "to solve first" not in office.page().text
    assert "is made" in office.make().text


def test_decisions_of_a_course_without_a_term_are_counted(office: Office) -> None:
    office.approved("Maya Okafor")
    assert "Decisions without a term" not in office.page().text
    with office.database.write() as session:
        session.get_one(Course, office.of.course.id).term_id = None
        session.scalars(select(Enrollment)).one().term_id = None
    assert "1 decision is in a course without a term" in office.page().text


def test_what_was_sent_and_has_a_problem_now_is_not_void(office: Office) -> None:
    office.approved("Maya Okafor")
    office.send()
    with office.database.write() as session:
        session.get_one(Person, office.of.students[0].id).sis_id = None
    assert "1 problem to solve first" in office.page().text
    assert "Nothing new" in office.make().text


def test_what_was_sent_to_the_other_registrar_is_void_while_a_problem_waits(
    office: Office,
) -> None:
    """The graduate school has its own; neither keeps a line that belongs to the other."""
    office.approved("Maya Okafor")
    office.send()
    with office.database.write() as session:
        session.scalars(select(Enrollment)).one().level = EnrollmentLevel.GRADUATE
        session.get_one(Person, office.of.students[0].id).sis_id = None

    office.send()

    assert office.marks() == ["VOID"]


def test_the_page_costs_the_same_for_many(
    office: Office, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    office.approved("Maya Okafor", sis_id=None)
    office.page()
    with statements() as few:
        office.page()
    for name in ("Noor Haddad", "Omar Diaz", "Pia Lindqvist"):
        office.approved(name, sis_id=None)
    with statements() as many:
        page = office.page()
    assert "4 problems to solve first" in page.text
    assert len(many) == len(few)
