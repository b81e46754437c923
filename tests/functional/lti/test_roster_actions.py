"""What people do about a list: say who left, name approvers, have it read."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from careerlink import clock as our_clock
from careerlink.audit import AuditEntry
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole, Standing
from careerlink.errors import NotPermitted
from careerlink.people.actors import Actor
from lti import departures
from lti.models import Family, LtiContext
from tests.factories.course_desk import CourseDesk, row
from tests.factories.course_lists import add_class, answer, member, person, read
from tests.factories.platforms import Gradebook

pytestmark = pytest.mark.parametrize("family", [Family.MOODLE], indirect=True)


def shrink(gradebook: Gradebook, count: int) -> None:
    for number in range(count):
        gradebook.lms.unenroll(f"more{number}")
    read(gradebook)


def test_an_answer_held_back_is_settled_by_the_people_it_names(desk: CourseDesk) -> None:
    gradebook = desk.gradebook
    add_class(gradebook, 4)
    read(gradebook)
    shrink(gradebook, 4)
    teacher = desk.instructor()
    home = teacher.get(f"/courses/{desk.course}/")
    assert "Next: say whether 4 people really left the course" in home.text
    page = teacher.get(desk.path)
    assert "Person No. 0, Person No. 1, Person No. 2, Person No. 3." in page.text
    asking = page.follow("Say whether they really left")
    assert asking.heading == "Did these 4 people really leave?"
    assert "Nothing is deleted." in asking.text
    page = asking.submit("Yes, these 4 really left")
    assert "The list is read once more" in page.text
    assert "It is being read again now." in page.text
    assert "really left" not in teacher.get(f"/courses/{desk.course}/").text
    assert member(gradebook, "more0").dropped_at is None
    gradebook.work()
    assert member(gradebook, "more0").dropped_at is not None
    assert "missing" not in teacher.get(desk.path).text
    with gradebook.database.read() as session:
        (entry,) = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "course_roster:confirm")
        )
    assert entry.actor_id == person(gradebook, "instructor").id
    assert len(entry.detail["missing"]) == 4


def test_a_list_that_changed_since_the_page_was_opened_is_shown_anew(desk: CourseDesk) -> None:
    """As many are missing as before, and they are not the same people."""
    gradebook = desk.gradebook
    add_class(gradebook, 6)
    read(gradebook)
    shrink(gradebook, 5)
    asking = desk.instructor().get(desk.path).follow("Say whether")
    gradebook.lms.enroll("more0", "student")
    gradebook.lms.unenroll("more5")
    read(gradebook)
    again = asking.submit("Yes, these 5 really left", status=409)
    assert "Nothing was done" in again.text
    assert "Person No. 5" in again.text
    assert "Person No. 0" not in again.text
    gradebook.work()
    assert member(gradebook, "more1").dropped_at is None


def test_why_deciding_waits_and_staff_name_an_approver(desk: CourseDesk) -> None:
    gradebook = desk.gradebook
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        gradebook.add_student(session, context, "instructor", CourseRole.INSTRUCTOR)
        context.memberships_url = f"{gradebook.lms.url}/nothing/here"
    read(gradebook)
    teacher, staff = desk.instructor(), desk.staff()
    shown = teacher.get(desk.path)
    assert "You cannot decide now" in shown.text
    assert "Moodle answered 404: the course may be gone there." in shown.text
    assert "It is tried again at the latest Wed 14 Oct" in shown.text
    assert not [label for label in shown.links if "approver" in label]
    asking = staff.get(desk.path).follow("Name as approver")
    asking.submit("Name as approver", status=422)
    page = asking.submit("Name as approver", {"Reason": "The list never comes."})
    assert "Approver Named Wed 14 Oct by Stella Office" in row(page, "instructor")
    asking.submit("Name as approver", {"Reason": "Pressed twice."})
    assert "You cannot decide now" not in teacher.get(desk.path).text
    asking = page.follow("Take back")
    asking.submit("Take it back", {"Reason": "It comes now."})
    asking.submit("Take it back", {"Reason": "Pressed twice."})
    assert "You cannot decide now" in teacher.get(desk.path).text
    with gradebook.database.read() as session:
        actions = session.scalars(
            select(AuditEntry.action).where(AuditEntry.reason_id.is_not(None))
        ).all()
    assert actions == ["course_member:name_approver", "course_member:unname_approver"]


def test_a_student_cannot_be_named(desk: CourseDesk) -> None:
    gradebook = desk.gradebook
    read(gradebook)
    number = member(gradebook, "student1").id
    page = desk.staff().get(f"{desk.path}/{number}/approver")
    assert "This member cannot be named" in page.text
    assert "Name as approver" not in page.buttons


def test_one_reading_at_a_time_can_be_asked_for(
    desk: CourseDesk, clock: time_machine.Traveller
) -> None:
    read(desk.gradebook)
    teacher = desk.instructor()
    opened = teacher.get(desk.path)
    assert "It was read a moment ago" in opened.submit("Read the list now").text
    clock.shift(timedelta(minutes=2))
    page = opened.submit("Read the list now")
    assert "The list is being read." in page.text
    assert "Read the list now" not in page.buttons
    opened.submit("Read the list now")
    assert len(desk.gradebook.messages()) == 2


def test_the_list_of_a_concluded_course_is_not_read_any_more(desk: CourseDesk) -> None:
    read(desk.gradebook)
    teacher = desk.instructor()
    page = teacher.get(desk.path)
    desk.gradebook.lms.unenroll("student1")
    with desk.database.write() as session:
        session.get_one(Course, desk.gradebook.course_id).concluded_at = our_clock.now()
    assert "Read the list now" not in teacher.get(desk.path).buttons
    assert "concluded" in page.submit("Read the list now", status=409).text
    read(desk.gradebook)
    assert member(desk.gradebook, "student1").dropped_at is None


def test_the_office_is_told_of_lists_that_are_stuck(
    desk: CourseDesk, clock: time_machine.Traveller
) -> None:
    """At once where somebody has to speak, after two days where the list may still come."""
    gradebook = desk.gradebook
    read(gradebook)
    gradebook.lms.failure.set("down")
    read(gradebook)
    assert "Members of BUS-310" not in desk.staff().get("/office/").text
    clock.shift(timedelta(days=2, minutes=1))
    office = desk.staff().get("/office/")
    assert "Members of BUS-310 Analytics Moodle answered 503." in office.text
    gradebook.lms.failure.set("none")
    gradebook.lms.school.enrollments.clear()
    read(gradebook)
    office = desk.staff().get("/office/")
    assert office.links["See who is missing Members of BUS-310 Analytics"] == desk.path
    assert "“List of members”" not in office.text


@pytest.mark.parametrize(
    ("role", "looks_only"), [(CourseRole.ASSISTANT, False), (CourseRole.INSTRUCTOR, True)]
)
def test_who_may_not_say_who_left(desk: CourseDesk, role: CourseRole, looks_only: bool) -> None:
    """An assistant; an administrator who acts as the teacher."""
    gradebook = desk.gradebook
    add_class(gradebook, 4)
    read(gradebook)
    shrink(gradebook, 4)
    with gradebook.database.read() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        actor = Actor(
            context.course.institution_id,
            person_id=1,
            courses={context.course_id: Standing(role)},
            looks_only=looks_only,
        )
        shown = departures.fingerprint(answer(gradebook))
        with pytest.raises(NotPermitted):
            departures.confirm_departures(session, context, actor=actor, shown=shown)
