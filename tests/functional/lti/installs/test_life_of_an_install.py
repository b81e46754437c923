"""From a registration URL to a grade that a teacher corrects, as an LMS admin, an instructor
and a student live it: the demo LMS behaves as each family."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
import time_machine
from sqlalchemy import select

from careerlink import clock as our_clock
from careerlink.config import Settings
from careerlink.courses.models import Course
from careerlink.db import Database
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from credit.cases import keeping
from lti.demo_lms import Lms, launching, registration
from lti.demo_lms.forms import FormPost
from lti.models import Family, LtiUser
from tests.conftest import PUBLIC_URL
from tests.factories import cases
from tests.factories.evaluated import evaluate
from tests.factories.platforms import Gradebook, served
from tests.functional.lti.desk.conftest import an_admin
from tests.pages import Page, Visitor


@pytest.fixture
def lms(family: Family, clock: time_machine.Traveller) -> Iterator[Lms]:
    with served(family) as lms:
        # Only what the journey itself adds.
        lms.school.tools.clear()
        lms.school.activities.clear()
        lms.school.line_items.clear()
        yield lms


def sent_on(lms: Lms, visitor: Visitor, begun: FormPost) -> Page:
    """Login, the platform's answer, launch: what the browser does without a click."""
    asked = visitor.raw.post("/lti/login", data=begun.fields)
    while asked.location and asked.location.startswith(("/", PUBLIC_URL)):
        asked = visitor.raw.get(asked.location)
    if not asked.location:
        return Page(visitor, "/lti/login", asked)
    told: Any = launching.authorize(lms, dict(parse_qsl(urlsplit(asked.location).query)))
    opened = visitor.raw.post("/lti/launch", data=told.fields)
    landed = Page(visitor, "/lti/launch", opened)
    return visitor.get(landed.location) if landed.location else landed


def add_link(lms: Lms, page: Page) -> None:
    """Choose the credit workspace, and let the browser post the answer to the platform."""
    answer = page.follow("Check the credit link").submit("Add to the course")
    form = answer.soup.select_one("form[data-send-now]")
    assert form is not None
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    stored = requests.post(str(form["action"]), data=fields, timeout=10)
    assert stored.status_code == 200, stored.text


def ready_case(gradebook: Gradebook, key: str) -> None:
    """The student's work, done and evaluated, as weeks of use would leave it."""
    with gradebook.database.write() as session:
        course = session.scalars(select(Course)).one()
        people = {account.sub: account.person for account in session.scalars(select(LtiUser))}
        contact = PartnerContact(
            institution_id=course.institution_id,
            name="Ines Carvalho",
            email="ines@partner.test",
        )
        session.add(contact)
        session.flush()
        of = cases.Class(course, people[gradebook.sub("instructor")], contact)
        cases.add_policy(session, of)
        student: Person = people[gradebook.sub(key)]
        placement = cases.project(session, of, student)
        case = cases.open_case(session, placement)
        cases.complete(session, placement)
        evaluate(session, placement)
        keeping.settle_case(session, case)
        gradebook.course_id, gradebook.people = course.id, {key: student.id}


def test_install_choose_launch_decide_correct_resend(
    lms: Lms,
    family: Family,
    client: Visitor,
    visitors: Callable[[], Visitor],
    database: Database,
    loopback_settings: Settings,
) -> None:
    gradebook = Gradebook(lms, family, database, loopback_settings)
    lms.fetch_keys = lambda url: dict(visitors().raw.get("/lti/jwks.json").get_json())
    admin, instructor, student = an_admin(database, visitors()), visitors(), visitors()

    # The administrator of the LMS pastes our URL there.
    invited = admin.get("/office/platforms/invitations").submit("Make a registration URL")
    field = invited.soup.find("input", value=lambda value: "/lti/register/" in (value or ""))
    assert field is not None
    opened = registration.start(lms, str(field["value"]))
    assert client.get(opened.removeprefix(PUBLIC_URL)).page_id == "registration.done"
    (tool,) = lms.school.tools
    tool.active = True

    def choose() -> Page:
        begun = launching.begin_deep_linking(lms, "instructor", tool=tool.key)
        return sent_on(lms, instructor, begun)

    # Nothing opens before our administrator has approved it, on Canvas each deployment, too.
    assert choose().reason == "registration-pending"
    waiting = admin.get("/office/platforms").follow("Look at it")
    approved = waiting.follow("Approve registration")
    approved.submit(next(label for label in approved.buttons if label.startswith("Approve ")))
    if family == Family.CANVAS:
        assert choose().reason == "deployment-pending"
        waiting = admin.get("/office/platforms").follow("Decide").follow("Approve ")
        waiting.submit(next(b for b in waiting.buttons if b.startswith("Approve")))

    add_link(lms, choose())
    (activity,) = lms.school.activities
    (column,) = lms.school.line_items
    assert (column.own_activity, column.resource_id) == (activity.id, "credit")

    landed = sent_on(lms, student, launching.begin(lms, "student1", activity))
    assert (landed.page_id.partition(".")[0], landed.role) == ("credit", "student")
    gradebook.work()

    ready_case(gradebook, "student1")
    gradebook.work()
    # From the cell of the gradebook, as each family opens what stands behind it.
    told = gradebook.cell("student1", column.label)
    submission = told.get("submission") or {}
    behind = (
        launching.begin(
            lms, "instructor", activity, from_grader=True, target=submission.get("data", "")
        )
        if family == Family.CANVAS
        else launching.begin(
            lms,
            "instructor",
            activity,
            message_type=launching.SUBMISSION_REVIEW,
            for_user="student1",
        )
    )
    packet = sent_on(lms, instructor, behind)
    assert packet.page_id == "cases.packet"
    packet.submit("Award 1 credit")
    gradebook.work()
    shown = gradebook.cell("student1", column.label)
    assert (shown["score"], shown["applied"]) == (column.maximum, told["applied"] + 1)

    # The teacher corrects it in the LMS: shown here, and replaced only when somebody says so.
    corrected = column.maximum * 0.8
    mark = lms.override(column, "student1", corrected, at=our_clock.now())
    home = packet.path.partition("/cases/")[0]

    def book() -> Page:
        instructor.get(f"{home}/gradebook").submit("Read the gradebook now")
        gradebook.work()
        return instructor.get(f"{home}/gradebook")

    assert "80 of 100" in book().text.replace("\xa0", " ")
    book().follow("Send ours anyway").submit("Send ours")
    gradebook.work()
    if family == Family.MOODLE:
        # A grade typed into Moodle's gradebook stays until its mark is taken away there.
        assert gradebook.cell("student1", column.label)["score"] == corrected
        mark.overridden = False
        book().follow("Send ours anyway").submit("Send ours")
        gradebook.work()
    assert gradebook.cell("student1", column.label)["score"] == column.maximum
    assert "Send ours anyway" not in book().links
