"""Which course a CRN means: plain by itself, or said once by staff, and known from then on."""

from datetime import date

import pytest
from sqlalchemy import select

from careerlink.courses import joining
from careerlink.courses.models import Course, CourseSection
from careerlink.enrollments import naming
from careerlink.enrollments.models import CourseCrn
from careerlink.errors import NotPermitted
from careerlink.institutions.models import Institution, Term
from careerlink.people.actors import system
from credit.cases.models import CaseState, CreditCase
from credit.routing import operations as routing
from credit.routing.models import Criterion
from tests.factories import cases
from tests.functional.careerlink.enrollments.conftest import JONAH, LISTS, MAYA, Registrar

UNNAMED = MAYA.replace("BUS-310", "")


def test_staff_say_once_which_course_a_number_means(registrar: Registrar) -> None:
    shown = registrar.read(UNNAMED)
    assert "1 CRN is unknown" in shown.text

    asked = shown.follow("Name the courses")
    label = "CRN 41310, Fall 2026"
    named = asked.submit("Keep these answers", {label: registrar.of.course.public_id})
    assert "1 new, 0 changed" in named.text
    named.submit("Take it over")

    again = registrar.read(UNNAMED.replace(",3,", ",2,"))
    assert "CRN is unknown" not in again.text and "0 new, 1 changed" in again.text


def test_lines_of_an_unknown_number_wait_until_it_is_named(registrar: Registrar) -> None:
    shown = registrar.read(UNNAMED)
    shown.submit("Take it over")
    registrar.work()
    assert registrar.enrollments() == []

    later = registrar.read(UNNAMED).follow("Name the courses")
    later.submit("Keep these answers", {"CRN 41310, Fall 2026": registrar.of.course.public_id})
    registrar.work()

    assert [row.person_id for row in registrar.enrollments()] == [registrar.maya.id]


def test_two_courses_that_claim_one_number_are_put_to_staff(registrar: Registrar) -> None:
    rivers = registrar.course()
    with registrar.database.write() as session:
        for course in (registrar.of.course, rivers):
            session.add(CourseSection(course_id=course.id, sis_id="41310"))

    shown = registrar.read(UNNAMED)

    assert "both fit this CRN" in shown.text


def test_a_line_that_names_another_course_than_its_number_is_a_problem(
    registrar: Registrar,
) -> None:
    registrar.course()
    registrar.take(MAYA)

    shown = registrar.read(MAYA.replace("BUS-310", "ENV 220"))

    assert "CRN 41310 is BUS-310 Applied Analytics here; this line says ENV-220" in shown.text


def test_a_number_that_is_none_of_ours_is_left_out(registrar: Registrar) -> None:
    asked = registrar.read(UNNAMED).follow("Name the courses")
    shown = asked.submit("Keep these answers", {"CRN 41310, Fall 2026": "none"})

    assert "Not one of our courses" in shown.text and "Nothing to take over" in shown.text


def test_a_wrong_answer_is_mended_and_enrollments_go_along(registrar: Registrar) -> None:
    rivers = registrar.course()
    registrar.take(MAYA)

    listed = registrar.office.get(f"{LISTS}/crns")
    asked = listed.follow("Change 41310")
    assert "if you like" not in asked.text
    refused = asked.submit("Keep this answer", {"Course": "none"}, status=422)
    assert "Students are enrolled under this CRN" in refused.text
    refused.submit("Keep this answer", {"Course": rivers.public_id})

    assert [row.course_id for row in registrar.enrollments()] == [rivers.id]
    with registrar.database.read() as session:
        assert session.scalars(select(CourseCrn)).one().course_id == rivers.id


def test_a_course_of_another_term_is_not_offered(registrar: Registrar) -> None:
    registrar.endless()
    spring = registrar.course(label="ENV-221", term_id=registrar.another_term().id)

    asked = registrar.read(UNNAMED).follow("Name the courses")

    assert spring.public_id not in asked.html and registrar.of.course.public_id in asked.html
    form = asked.form("Keep these answers")
    (name,) = [one for one in form.data if one.endswith("-course")]
    answered = {**form.data, name: spring.public_id}
    refused = registrar.office.post(asked.path, answered, status=422)
    assert "Choose one of the answers offered" in refused.text


@pytest.mark.parametrize("criterion", [Criterion.SECTION, Criterion.PROGRAM])
def test_cases_are_routed_by_what_the_list_says(
    registrar: Registrar, criterion: Criterion
) -> None:
    """The section by its name or number, the program as the registrar writes it."""
    value = {"section": "001", "program": "business analytics"}[criterion.value]
    with registrar.database.write() as session:
        routing.add_rule(
            session,
            registrar.of.course,
            actor=registrar.of.as_instructor,
            criterion=criterion,
            value=value,
            person=session.merge(registrar.of.instructor),
        )
    registrar.take(MAYA)

    with registrar.database.write() as session:
        of = registrar.of
        routed = cases.open_case(session, cases.project(session, of, registrar.maya))
        other = cases.open_case(session, cases.project(session, of, registrar.jonah))
        assert routed.assigned_to_id == registrar.of.instructor.id
        assert other.assigned_to_id is None


def test_a_drop_and_a_later_add_move_the_case(registrar: Registrar) -> None:
    """In the same transaction, by what credit has registered."""
    registrar.take(MAYA)
    with registrar.database.write() as session:
        placement = cases.project(session, registrar.of, registrar.maya)
        case_id = cases.open_case(session, placement).id
    gone = MAYA.replace("2026-08-20,,", "2026-08-20,2026-09-10,")

    shown = registrar.read(gone)
    shown.submit("Take it over", {"How many students it drops": "1"})
    assert _state(registrar, case_id) == CaseState.DROPPED
    registrar.take(MAYA.replace("2026-08-20", "2026-09-14"))

    assert _state(registrar, case_id) != CaseState.DROPPED


def _state(registrar: Registrar, case_id: int) -> CaseState:
    with registrar.database.read() as session:
        return session.get_one(CreditCase, case_id).state


def test_a_number_outlives_another_term_of_its_course(registrar: Registrar) -> None:
    """Staff gave the course another term after the registrar's number was known."""
    registrar.take(MAYA)
    spring = registrar.another_term()
    with registrar.database.write() as session:
        session.merge(registrar.of.course).term_id = spring.id
    registrar.course(label="BUS-310", title="Applied Analytics II")

    shown = registrar.read(MAYA)

    told = "CRN 41310 is BUS-310 Applied Analytics here; this line says BUS-310 Applied"
    assert told in shown.text


def test_the_number_that_a_course_without_a_term_had_may_be_anothers_in_the_next(
    registrar: Registrar,
) -> None:
    """Numbers are given anew in every term, and a list names every course of the campus."""
    registrar.endless()
    registrar.take(MAYA)
    registrar.another_term()

    shown = registrar.read("S2002,2027SP,41310,001,HIST-101,3,2027-01-11,,UG,Economics")

    assert "1 CRN is unknown" in shown.text


def test_a_course_without_a_term_is_taken_again_under_the_same_number(
    registrar: Registrar,
) -> None:
    """What the earlier term's list said is of another enrollment, its first day above all."""
    registrar.endless()
    registrar.take(MAYA.replace("2026-08-20,,", "2026-08-20,2026-10-01,"))
    registrar.another_term()

    again = "S2001,2027SP,41310,BUS-310,2027-01-11"
    shown = registrar.read(again, heading="student_sis_id,term,crn,course,added")
    assert "term: Fall 2026 Spring 2027" in shown.text
    shown.submit("Take it over")

    (maya,) = registrar.enrollments()
    assert (maya.added_on, maya.dropped_on) == (date(2027, 1, 11), None)
    assert (maya.first_added_on, maya.credits_thousandths) == (date(2027, 1, 11), None)
    with registrar.database.read() as session:
        assert session.get_one(Term, maya.term_id).code == "2027SP"


def test_a_linked_course_keeps_its_own_number(registrar: Registrar) -> None:
    """Two courses taught as one, each with the number that the registrar gave it."""
    rivers = registrar.course()
    with registrar.database.write() as session:
        joins, stays = session.merge(rivers), session.merge(registrar.of.course)
        joining.join(session, joins, stays, actor=system(joins.institution_id))

    registrar.take(JONAH.replace("41310", "41399").replace("BUS-310", "ENV-220"))

    (jonah,) = registrar.enrollments()
    with registrar.database.read() as session:
        assert session.scalars(select(CourseCrn)).one().course_id == rivers.id
    assert jonah.course_id == registrar.of.course.id
    asked = registrar.office.get(f"{LISTS}/crns").follow("Change 41399")
    asked.submit("Keep this answer")
    assert registrar.office.get(f"{LISTS}/crns").rows()[1][2] == "ENV-220 Rivers"


def test_only_courses_of_the_institution_are_named(registrar: Registrar) -> None:
    with registrar.database.write() as session:
        elsewhere = Institution(slug="elsewhere", name="Elsewhere")
        session.add(elsewhere)
        session.flush()
        theirs = Course(institution_id=elsewhere.id, label="FOR-101", title="Theirs")
        session.add(theirs)
        session.flush()
        term = session.merge(registrar.term)
        with pytest.raises(NotPermitted):
            naming.name_course(session, term, crn="1", course=theirs, actor=registrar.as_staff)
    asked = registrar.read(MAYA.replace("BUS-310", "FOR-101")).follow("Name the courses")
    assert theirs.public_id not in asked.html
