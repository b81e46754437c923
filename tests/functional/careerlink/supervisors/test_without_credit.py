"""A student leaves the course: the work stays, and the partner is told as little as can be."""

import pytest
from sqlalchemy import select

from careerlink import clock
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.mail import KIND
from careerlink.outbox import OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.placements.models import Placement, PlacementState
from tests.factories.agreements import Scene
from tests.factories.school import sign_in
from tests.pages import Page, Visitor

YES, NO = "Yes, I finish it without credit", "No, I give it up"
TELL = "Tell my supervisor that it is no longer for credit"


class Leaving:
    def __init__(self, database: Database, client: Visitor, cast: Scene) -> None:
        self.database, self.cast = database, cast
        with database.read() as session:
            person = session.get_one(Person, cast.student.person_id)
        sign_in(client, database, person, {cast.course.id: CourseRole.STUDENT})
        self.student = client

    def move(self, *, dropped: bool) -> None:
        with self.database.write() as session:
            member = session.scalars(
                select(CourseMember).where(
                    CourseMember.course_id == self.cast.course.id,
                    CourseMember.person_id == self.cast.student.person_id,
                )
            ).one()
            member.dropped_at = clock.now() if dropped else None

    @property
    def home(self) -> Page:
        return self.student.get(f"/courses/{self.cast.course.public_id}/")

    def answer(self, goes_on: str, *, tell: bool = False) -> Page:
        page = self.home.follow("Choose")
        values = {"Do you go on with this project?": goes_on, TELL: tell}
        return page.submit("Send my answer", values)

    @property
    def mails(self) -> list[dict[str, object]]:
        with self.database.read() as session:
            return [
                message.payload
                for message in session.scalars(
                    select(OutboxMessage).where(OutboxMessage.kind == KIND)
                )
                if message.payload["template"] == "no_longer_for_credit"
            ]


@pytest.fixture
def leaving(database: Database, client: Visitor, cast: Scene) -> Leaving:
    made = Leaving(database, client, cast)
    made.move(dropped=True)
    return made


def test_the_project_goes_on_and_the_partner_is_told_only_so(leaving: Leaving) -> None:
    assert "You are no longer enrolled" in leaving.home.text

    leaving.answer(YES, tell=True)

    (mail,) = leaving.mails
    assert mail["to"] == leaving.cast.contact.email
    assert "Choose" not in leaving.home.links


def test_nobody_is_told_unless_the_student_wants_it(leaving: Leaving) -> None:
    leaving.answer(YES)

    assert leaving.mails == []


def test_a_mind_that_changes_twice_writes_one_mail(leaving: Leaving) -> None:
    page = leaving.home.follow("Choose")
    for goes_on in (YES, NO, YES):
        tells = {TELL: True} if goes_on == YES else {}
        page.submit("Send my answer", {"Do you go on with this project?": goes_on, **tells})

    assert len(leaving.mails) == 1


def test_a_supervisor_who_has_left_is_not_written_to(leaving: Leaving) -> None:
    with leaving.database.write() as session:
        contact = session.get_one(PartnerContact, leaving.cast.contact.id)
        contact.left_at = clock.now()

    leaving.answer(YES, tell=True)

    assert leaving.mails == []


def test_an_answer_sent_twice_writes_one_mail(leaving: Leaving) -> None:
    page = leaving.home.follow("Choose")
    values = {"Do you go on with this project?": YES, TELL: True}

    page.submit("Send my answer", values)
    page.submit("Send my answer", values)

    assert len(leaving.mails) == 1


def test_who_gives_up_leaves_it_to_the_office_and_nothing_is_deleted(leaving: Leaving) -> None:
    leaving.answer(NO, tell=True)

    office = Visitor(leaving.student.raw.application, leaving.student.base_url)
    with leaving.database.read() as session:
        staff = session.get_one(Person, leaving.cast.staff.person_id)
        placement = session.get_one(Placement, leaving.cast.placement.id)
    sign_in(office, leaving.database, staff)
    assert f"gives up “{placement.title}”" in office.get("/office/").text
    assert placement.state == PlacementState.PLANNED
    assert leaving.mails == []


def test_back_in_the_course_everything_is_as_it_was(leaving: Leaving) -> None:
    leaving.answer(YES)

    leaving.move(dropped=False)
    assert "You are no longer enrolled" not in leaving.home.text
    leaving.move(dropped=True)

    # Leaving again is asked about again.
    assert "Choose" in leaving.home.links


def test_an_enrolled_student_has_nothing_to_choose(leaving: Leaving) -> None:
    page = leaving.home.follow("Choose")
    leaving.move(dropped=False)

    page.submit("Send my answer", {"Do you go on with this project?": YES}, status=409)

    assert leaving.mails == []
