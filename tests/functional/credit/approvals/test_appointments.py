"""Who approves: named by the office, in a scope, for some time; with nobody named, a task."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from sqlalchemy import event, func, select

from careerlink.audit import AuditEntry
from careerlink.courses.roles import CourseRole
from careerlink.enrollments.models import Enrollment
from careerlink.errors import NotPermitted
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from credit.approvals import asking
from credit.approvals.models import ApproverAppointment
from credit.cases.models import CaseState, DecisionOutcome
from tests.factories import approving
from tests.functional.credit.approvals.conftest import Chain, in_days, staff

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def made(make_chain: Callable[..., Chain]) -> Chain:
    """The instructor has approved, and a chair is next; nobody is named."""
    chain = make_chain(("instructor", "chair"))
    chain.approve()
    return chain


@on_one_database
def test_a_step_without_anybody_is_said_and_the_office_names_somebody(made: Chain) -> None:
    made.name("Carla Chairs", None)
    made.visitor("Carla Chairs").get("/home/approvals", status=404)
    assert "Waits for a chair; none is named" in made.instructor.get(made.packet).text
    assert (
        "Waits for a chair; none is named"
        in made.student.get(made.of.address(part="/credit")).text
    )

    office = staff(made)
    page = office.get("/office/").follow("Name an approver")
    page.submit("Name them", {"Their mail address": "nobody@eastmoor.example"}, status=422)
    done = page.submit("Name them", {"Their mail address": "CARLA@eastmoor.example"})

    assert "Carla Chairs is named" in done.text
    assert "waits for a chair" not in office.get("/office/").text
    made.visitor("Carla Chairs").get("/home/approvals").follow("Maya Okafor").submit(
        "Approve 1 credit"
    )
    assert made.case.state == CaseState.APPROVED

    ended = done.submit("End")
    assert "What Carla Chairs decided stands" in ended.text
    made.visitor("Carla Chairs").get("/home/approvals", status=404)


def test_the_office_is_told_when_only_whoever_decided_is_named(made: Chain) -> None:
    """Of that very case, and not of others that they may decide."""
    made.people["Hana Novak"] = made.of.instructor
    made.name("Hana Novak")
    with made.database.write() as session:
        approving.case_of_another_course(session, made.case)

    page = staff(made).get("/office/").text
    assert "Credit case of Maya Okafor waits for a chair" in page
    assert "Credit case of Luca Ferri waits" not in page


@on_one_database
def test_who_acts_for_somebody_who_decided_is_not_asked_and_the_office_is_told(
    make_chain: Callable[..., Chain],
) -> None:
    made = make_chain(("instructor", "chair"))
    made.people["Hana Novak"] = made.of.instructor
    made.name("Hana Novak")
    with made.database.read() as session:
        absent = session.scalars(select(ApproverAppointment.id)).one()
    made.name("Bo Stand", stands_in_for_id=absent, ends_on=in_days(3))
    made.approve()

    with pytest.raises(NotPermitted, match="Hana Novak decided at another step"):
        made.approve("Bo Stand")
    assert made.mails() == []
    assert "Waits for a chair; none is named who may" in made.instructor.get(made.packet).text
    assert "Credit case of Maya Okafor waits for a chair" in staff(made).get("/office/").text


@on_one_database
def test_a_chair_who_returned_a_case_gets_it_back_and_nobody_is_missing(made: Chain) -> None:
    made.name("Carla Chairs")
    carla = made.actor("Carla Chairs")
    made.decide(DecisionOutcome.RETURNED, by=carla, comment="Add the method.")
    made.student.get(made.of.address(part="/credit")).submit("Send it back")

    assert made.case.state == CaseState.IN_APPROVAL
    assert made.mails()[-1] == ("approval_waits", "carla@eastmoor.example")
    assert "Maya Okafor waits for a chair" not in staff(made).get("/office/").text
    made.approve("Carla Chairs")


def test_an_appointment_reaches_its_course_or_program_and_its_days(made: Chain) -> None:
    made.name("Out Ofcourse", program="Music")
    made.name("Not Yet", starts_on=in_days(2))
    made.name("No More", ends_on=in_days(-2))
    for name in ("Out Ofcourse", "Not Yet", "No More"):
        with pytest.raises(NotPermitted):
            made.approve(name)
    with made.database.write() as session:
        session.add(
            Enrollment(
                course_id=made.of.course.id,
                person_id=made.of.students[0].id,
                crn="10442",
                program="économie",
            )
        )
    made.name("Pat Program", program="ÉCONOMIE")
    made.name("Cory Course", course_id=made.of.course.id)

    with made.database.write() as session:
        other = approving.case_of_another_course(session, made.case)
    made.name("Elsa Where", course_id=other.course_id)
    with made.database.read() as session:
        next_ones = [one.label for one in asking.who_is_next(session, made.case)]
    assert next_ones == ["Pat Program", "Cory Course"]
    for name in ("Pat Program", "Cory Course"):
        assert "Maya Okafor" in made.visitor(name).get("/home/approvals").text
    made.visitor("Out Ofcourse").get(made.url, status=404)
    made.approve("Pat Program")


@on_one_database
def test_b_for_a_is_dated_ends_by_itself_and_is_not_passed_on(
    made: Chain, clock: time_machine.Traveller
) -> None:
    made.name("Carla Chairs")
    made.name("Bo Stand", None)
    page = staff(made).get("/office/approvers")
    typed = {
        "Whose place": "Carla Chairs, chair",
        "stand-in-address": "bo@eastmoor.example",
        "stand-in-ends_on": str(in_days(3)),
    }
    page.submit("Let them act", typed)
    page.submit("Let them act", typed)
    assert page.visitor.get("/office/approvers").text.count("Bo Stand for Carla Chairs") == 1

    clock.shift(timedelta(days=5))
    made.visitor("Bo Stand").get("/home/approvals", status=404)
    clock.shift(timedelta(days=-5))
    made.visitor("Bo Stand").get(made.url).submit("Approve 1 credit")
    assert made.decisions[-1].by == "Bo Stand for Carla Chairs"
    with pytest.raises(NotPermitted):
        made.approve("Carla Chairs")


@on_one_database
def test_a_stand_in_ends_with_the_one_they_stand_in_for(made: Chain) -> None:
    carla = made.name("Carla Chairs")
    with made.database.write() as session:
        absent = session.scalars(
            select(ApproverAppointment).where(ApproverAppointment.person_id == carla.id)
        ).one()
    made.name("Bo Stand", stands_in_for_id=absent.id, ends_on=in_days(3))
    assert made.actor("Bo Stand").approves
    with made.database.write() as session:
        session.get_one(ApproverAppointment, absent.id).ends_on = in_days(-1)

    assert made.actor("Bo Stand").approves == ()


@on_one_database
def test_a_conflict_of_interest_blocks_at_every_step_and_in_anybodys_place(
    made: Chain,
) -> None:
    carla = made.name("Carla Chairs")
    with made.database.write() as session:
        contact = session.get_one(PartnerContact, made.of.contact.id)
        contact.email = carla.email or ""
        absent = session.scalars(
            select(ApproverAppointment).where(ApproverAppointment.person_id == carla.id)
        ).one()
    made.name("Bo Stand", stands_in_for_id=absent.id, ends_on=in_days(3))

    with pytest.raises(NotPermitted, match="You supervised one of these projects"):
        made.approve("Carla Chairs")
    with pytest.raises(NotPermitted, match="You act for somebody who supervised"):
        made.approve("Bo Stand")
    assert "You supervised" in made.visitor("Carla Chairs").get(made.url).text
    made.name("Dana Dean")
    made.approve("Dana Dean")


@on_one_database
def test_reading_a_packet_is_on_record_and_only_for_those_who_decide_there(
    made: Chain,
) -> None:
    made.name("Carla Chairs")
    made.visitor("Carla Chairs").get(made.url)

    with made.database.read() as session:
        read = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "credit_case:read")
        ).one()
        assert read.actor_id == made.people["Carla Chairs"].id
    made.visitor("Carla Chairs").get(made.packet, status=404)


@on_one_database
def test_staff_do_not_name_themselves(made: Chain) -> None:
    page = staff(made).get("/office/approvers")

    page.submit("Name them", {"Their mail address": "omar@eastmoor.example"}, status=403)

    with made.database.read() as session:
        assert session.scalar(select(func.count()).select_from(ApproverAppointment)) == 0
        assert session.scalar(select(Person).where(Person.name == "Omar Said")) is not None


@on_one_database
def test_a_chair_who_only_studies_in_courses_reaches_their_desk(made: Chain) -> None:
    """Students who approve nothing are not asked about it in a query of its own."""
    with made.database.write() as session:
        for name in ("Carla Chairs", "Kim Lee"):
            made.people[name] = made.of.member(session, name, CourseRole.STUDENT)
    made.name("Carla Chairs")
    home = f"/courses/{made.of.course.public_id}/"

    page = made.visitor("Carla Chairs", CourseRole.STUDENT).get(home)
    student = made.visitor("Kim Lee", CourseRole.STUDENT)
    asked: list[str] = []
    listen = partial(event.listen, made.database.engine, "before_cursor_execute")
    listen(lambda _c, _cursor, statement, *_more: asked.append(statement))
    student.get(home)

    assert asked and not [one for one in asked if one.startswith("SELECT approver_")]
    assert page.follow("Approvals").follow("Maya Okafor").page_id == "approvals.packet"
