"""Every documented launch of Canvas, and every error that it posts."""

import pytest
import responses
from sqlalchemy import select

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import Person
from lti.models import Family
from tests.conformance.replay import Replay, load, names
from tests.pages import Visitor

FOLDER = "canvas/launches"
STUDENT, INSTRUCTOR = CourseRole.STUDENT, CourseRole.INSTRUCTOR
ASSISTANT, OBSERVER, NONE = CourseRole.ASSISTANT, CourseRole.OBSERVER, CourseRole.NONE

LAUNCHES: dict[str, tuple[CourseRole | None, bool]] = {
    # file: role (None: no course), and may decide once the roster lists the same role
    "account_navigation_admin": (None, False),
    "assignment_admin_not_enrolled": (NONE, False),
    "assignment_designer": (OBSERVER, False),
    "assignment_masquerading": (STUDENT, False),
    "assignment_observer_linked": (OBSERVER, False),
    "assignment_observer_not_linked": (OBSERVER, False),
    "assignment_student": (STUDENT, False),
    "assignment_student_old_members": (STUDENT, False),
    "assignment_student_view": (STUDENT, False),
    "assignment_ta": (ASSISTANT, False),
    "assignment_ta_lower_case_sub_role": (ASSISTANT, False),
    "assignment_teacher": (INSTRUCTOR, True),
    "course_navigation_mobile_app": (STUDENT, False),
    "course_navigation_student": (STUDENT, False),
    "course_navigation_teacher": (INSTRUCTOR, True),
    "custom_substitutions_student": (STUDENT, False),
    "module_item_of_assignment_student": (STUDENT, False),
    "module_item_student": (STUDENT, False),
    "privacy_anonymous": (STUDENT, False),
    "privacy_email_only": (STUDENT, False),
    "privacy_name_only": (STUDENT, False),
    "privacy_public_no_sis_ids": (STUDENT, False),
    "speedgrader_submission_student": (STUDENT, False),
    "speedgrader_submission_teacher": (INSTRUCTOR, True),
    "speedgrader_submission_teacher_with_link": (INSTRUCTOR, True),
}
REFUSED = {"course_navigation_no_user": "user-missing"}
ERRORS = {
    "error_launch_no_longer_valid": (400, "launch-over"),
    "error_login_required": (400, "login-required"),
    "error_missing_parameters": (400, "platform-error"),
    "error_scope": (400, "platform-error"),
    "error_unauthorized_client": (403, "platform-denied"),
}
NOT_SENT_TO_US = {
    "error_page_bad_hint",
    "error_page_bad_redirect_uri",
    "login_initiation",
    "lti_storage_target",
}


def test_every_document_is_accounted_for() -> None:
    assert names(FOLDER) == {*LAUNCHES, *REFUSED, *ERRORS, *NOT_SENT_TO_US}


@pytest.mark.parametrize("name", LAUNCHES)
def test_a_documented_launch_opens_its_course(
    name: str, client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    role, decides = LAUNCHES[name]
    recording = load(FOLDER, name)
    replay = Replay.of(recording, client, database, network, family=Family.CANVAS)

    page = replay.launch(recording)

    assert page.status == 303, page.summary()
    if role is not None:
        replay.roster_says(role)
    found = replay.standing()
    assert (found and found.role, bool(found and found.may_decide)) == (role, decides)
    with database.read() as session:
        course = session.scalars(select(Course.public_id)).one_or_none()
    home = f"/courses/{course}/" if course else "/home"
    path = recording["claims"]["https://purl.imsglobal.org/spec/lti/claim/target_link_uri"]
    own_page = path.partition("example.edu")[2]
    if own_page.startswith("/submissions/"):
        # Looked for in the course of the launch, whatever the address says.
        own_page = f"{home.rstrip('/')}{own_page}"
    assert page.location == (home if own_page.startswith("/lti/launch") else own_page)


@pytest.mark.parametrize("name", REFUSED)
def test_a_launch_of_nobody_is_refused(
    name: str, client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    recording = load(FOLDER, name)

    page = Replay.of(recording, client, database, network).launch(recording)

    assert (page.status, page.reason) == (400, REFUSED[name])


@pytest.mark.parametrize("name", ERRORS)
def test_a_posted_error_becomes_a_page(name: str, client: Visitor, database: Database) -> None:
    status, reason = ERRORS[name]

    page = client.post("/lti/launch", load(FOLDER, name)["form_fields"], status=status)

    assert page.reason == reason


@pytest.mark.parametrize("name", ["assignment_student_view", "assignment_masquerading"])
def test_who_looks_as_somebody_else_writes_nothing(
    name: str, client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    recording = load(FOLDER, name)
    replay = Replay.of(recording, client, database, network, family=Family.CANVAS)

    page = replay.launch(recording)

    seen = client.get(page.location)
    assert seen.role == "student"
    assert "nothing can be changed" in seen.text or "look at this course as" in seen.text
    with database.read() as session:
        person = session.scalars(select(Person)).one()
    assert person.is_test == (name == "assignment_student_view")


def test_an_unexpanded_sourced_id_is_nobody_s(
    client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    recording = load(FOLDER, "privacy_public_no_sis_ids")

    Replay.of(recording, client, database, network).launch(recording)

    with database.read() as session:
        assert session.scalars(select(Person.sis_id)).one() is None
