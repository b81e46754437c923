"""Acting for an instructor: dated, in one course, "B for A", and never passed on."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from careerlink.courses import delegating
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole, Standing
from careerlink.errors import NotPermitted
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.cases.models import CaseState
from tests.functional.credit.cases.acting_for import ASSISTANT, INSTRUCTOR, School, decides
from tests.functional.credit.cases.conftest import Desk

STUDENT = CourseRole.STUDENT
WEN = "wen@eastmoor.example"


@pytest.fixture
def school(app: Flask, desk: Desk, clock: time_machine.Traveller) -> School:
    return School(app, desk, clock)


def test_a_colleague_decides_for_the_instructor_and_it_reads_so(school: School) -> None:
    assert "acts for you on these days" in school.ask().text
    deputy = school.visitor(school.colleague, ASSISTANT)

    deputy.get(school.packet).submit("Award 1 credit", {"Comment": "Well done."})

    (decision,) = school.desk.decisions
    assert decision.by == "Tom Reyes for Hana Novak"
    (mail,) = school.desk.messages("mail")
    assert mail.payload["values"]["decided_by"] == "Tom Reyes for Hana Novak"
    maya = school.visitor(school.desk.of.students[0], STUDENT)
    assert (
        "by Tom Reyes for Hana Novak" in maya.get(school.desk.of.address(part="/credit")).text
    )


def test_before_the_first_and_after_the_last_day_nobody_acts(school: School) -> None:
    school.ask(First_day=str(school.today + timedelta(days=1)))
    deputy = school.visitor(school.colleague, ASSISTANT)
    assert not decides(deputy.get(school.packet))

    school.clock.shift(timedelta(days=3))
    deputy = school.visitor(school.colleague, ASSISTANT)
    on_the_last_day = deputy.get(school.packet)
    assert decides(on_the_last_day)

    school.clock.shift(timedelta(days=1))
    too_late = school.visitor(school.colleague, ASSISTANT)
    assert not decides(too_late.get(school.packet))
    assert school.desk.case.state == CaseState.READY


def test_the_button_pressed_twice_asks_once_and_what_is_ended_has_ended(school: School) -> None:
    school.ask()
    listed = school.ask()
    assert listed.text.count("Tom Reyes for Hana Novak") == 1
    listed.follow("Tom Reyes for Hana Novak").submit("End it now")

    assert not decides(school.visitor(school.colleague, ASSISTANT).get(school.packet))


def test_somebody_from_outside_waits_for_the_career_office(school: School) -> None:
    asked = school.ask(Who_acts_for_you="other", Their_mail_address="WEN@eastmoor.example")
    assert "Waits for the career office" in asked.text
    deputy = school.visitor(school.outside)
    deputy.get(school.packet, status=404)

    office = school.visitor(school.staff)
    office.get("/office/").follow("Wen Li for Hana Novak").submit("Confirm")

    assert "BUS-310" in deputy.get("/home").text
    deputy.get(school.packet).submit("Award 1 credit", {"Comment": "Well done."})
    assert school.desk.decisions[0].by == "Wen Li for Hana Novak"


def test_one_of_the_course_and_an_address_are_two_people(school: School) -> None:
    refused = school.ask(Their_mail_address=WEN, status=422)
    nobody = school.ask(Who_acts_for_you="", status=422)

    assert "You chose somebody of this course" in refused.text
    assert nobody.errors == ["Choose who acts for you"]


def test_nobody_of_another_institution_is_found_by_their_address(school: School) -> None:
    with school.desk.database.write() as session:
        elsewhere = Institution(slug="elsewhere", name="Elsewhere")
        session.add(elsewhere)
        session.flush()
        course = Course(institution_id=elsewhere.id, label="FOR-101", title="Theirs")
        ada = Person(institution_id=elsewhere.id, name="Ada", email="ada@elsewhere.example")
        session.add_all([course, ada])
        session.flush()
        session.add(CourseMember(course_id=course.id, person_id=ada.id, launch_role=INSTRUCTOR))

    address = {"Their_mail_address": "ada@elsewhere.example"}
    refused = school.ask(Who_acts_for_you="other", status=422, **address)
    assert "Nobody who teaches with CareerLink has this address" in refused.text


def test_a_declined_request_gives_nothing(school: School) -> None:
    school.ask(Who_acts_for_you="other", Their_mail_address=WEN)
    page = school.visitor(school.staff).get("/office/").follow("Wen Li for Hana Novak")

    page.submit("Decline", status=422)
    page.submit("Decline", {"Reason, if you decline": "She is on leave, too."})

    school.visitor(school.outside).get(school.packet, status=404)


def test_a_delegate_passes_nothing_on_and_does_not_run_the_course(school: School) -> None:
    school.ask()
    deputy = school.visitor(school.colleague, ASSISTANT)

    assert "Ask them to act for me" not in deputy.get(school.url).buttons
    deputy.get(school.desk.of.address(part="/conclusion"), status=404)
    with school.desk.database.write() as session, pytest.raises(NotPermitted):
        course = session.get_one(Course, school.desk.of.course.id)
        acting = Standing(INSTRUCTOR, may_decide=True, acts_for_id=school.desk.of.instructor.id)
        delegating.begin(
            session,
            course,
            school.outside,
            actor=Actor(
                institution_id=course.institution_id,
                person_id=school.colleague.id,
                courses={course.id: acting},
            ),
            starts_on=school.today,
            ends_on=school.today,
            may_decide=True,
        )


def test_who_was_not_asked_to_decide_looks_after_students_only(school: School) -> None:
    school.ask(They_may_also_decide_on_agreements_and_credit=False)

    page = school.visitor(school.colleague, ASSISTANT).get(school.packet)

    assert not decides(page)
    assert "who did not ask you to decide" in page.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Last_day", "2025-01-01"),
        ("Their_mail_address", "nobody@eastmoor.example"),
        ("Their_mail_address", "maya@eastmoor.example"),
    ],
    ids=["a day that is over", "an unknown address", "a student's address"],
)
def test_what_cannot_be_asked_is_said_and_kept(school: School, field: str, value: str) -> None:
    more = {"Who_acts_for_you": "other"} if field == "Their_mail_address" else {}

    page = school.ask(status=422, **more, **{field: value})

    assert len(page.errors) == 1
    assert value in page.html


def test_it_ends_by_hand_and_with_the_instructors_own_standing(school: School) -> None:
    school.ask()
    deputy = school.visitor(school.colleague, ASSISTANT)
    assert decides(deputy.get(school.packet))
    with school.desk.database.write() as session:
        left = session.query(CourseMember).filter_by(person_id=school.desk.of.instructor.id)
        left.one().dropped_at = datetime.now().astimezone()
    assert not decides(deputy.get(school.packet))
    with school.desk.database.write() as session:
        left = session.query(CourseMember).filter_by(person_id=school.desk.of.instructor.id)
        left.one().dropped_at = None

    deputy.get(school.url).follow("Tom Reyes for Hana Novak").submit("End it now")

    assert not decides(deputy.get(school.packet))


def test_it_ends_when_the_list_takes_the_instructors_own_right_to_decide(
    school: School,
) -> None:
    school.ask()
    deputy = school.visitor(school.colleague, ASSISTANT)
    assert decides(deputy.get(school.packet))
    with school.desk.database.write() as session:
        found = session.query(CourseMember).filter_by(person_id=school.desk.of.instructor.id)
        found.one().roster_role = STUDENT

    assert not decides(deputy.get(school.packet))


def test_who_studies_in_the_course_never_acts_for_its_instructor(school: School) -> None:
    school.ask(Who_acts_for_you="other", Their_mail_address=WEN)
    office = school.visitor(school.staff)
    office.get("/office/").follow("Wen Li for Hana Novak").submit("Confirm")
    deputy = school.visitor(school.outside)
    assert decides(deputy.get(school.packet))

    # Known by a launch alone, as where no list is served; this session is from elsewhere.
    with school.desk.database.write() as session:
        here, who = school.desk.of.course.id, school.outside.id
        session.add(CourseMember(course_id=here, person_id=who, launch_role=STUDENT))

    deputy.get(school.packet, status=404)
    page = school.ask(status=422, Who_acts_for_you="other", Their_mail_address=WEN)
    assert page.errors == ["A student of this course cannot act for you."]
