"""Every recorded launch of a real Moodle 4.5, and every error that it posts."""

import pytest
import responses
from sqlalchemy import select

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import Person
from lti.models import Family, LtiContext, LtiLineItem, LtiLogin
from tests.conformance.replay import Replay, load, names
from tests.factories.lti import Platform
from tests.pages import Visitor

FOLDER = "moodle-4.5/launches"
STUDENT, INSTRUCTOR = CourseRole.STUDENT, CourseRole.INSTRUCTOR
ASSISTANT = CourseRole.ASSISTANT

LAUNCHES: dict[str, tuple[CourseRole, CourseRole | None, CourseRole, bool]] = {
    # file: role of the launch, role in the roster, role in effect, may decide then
    "activity_with_url": (STUDENT, STUDENT, STUDENT, False),
    "admin": (INSTRUCTOR, None, INSTRUCTOR, True),
    "after_line_item_moved_away": (STUDENT, STUDENT, STUDENT, False),
    "after_line_item_moved_here": (STUDENT, STUDENT, STUDENT, False),
    "after_own_line_item_deleted": (STUDENT, STUDENT, STUDENT, False),
    "after_posted_line_item": (STUDENT, STUDENT, STUDENT, False),
    "after_posted_line_item_no_own_column": (STUDENT, STUDENT, STUDENT, False),
    "before_posted_line_item": (STUDENT, STUDENT, STUDENT, False),
    "course_copy": (STUDENT, STUDENT, STUDENT, False),
    "course_copy_of_copy": (STUDENT, STUDENT, STUDENT, False),
    "course_copy_taken_over": (STUDENT, STUDENT, STUDENT, False),
    "custom_parameters": (STUDENT, STUDENT, STUDENT, False),
    "manager": (INSTRUCTOR, None, INSTRUCTOR, True),
    "no_grade_column": (STUDENT, STUDENT, STUDENT, False),
    "non_editing_teacher": (INSTRUCTOR, STUDENT, ASSISTANT, False),
    "student": (STUDENT, STUDENT, STUDENT, False),
    "student_no_idnumber": (STUDENT, STUDENT, STUDENT, False),
    "student_no_services": (STUDENT, None, STUDENT, False),
    "student_non_ascii": (STUDENT, STUDENT, STUDENT, False),
    "student_privacy_off": (STUDENT, STUDENT, STUDENT, False),
    "submission_review": (INSTRUCTOR, INSTRUCTOR, INSTRUCTOR, True),
    "submission_review_default_url": (INSTRUCTOR, INSTRUCTOR, INSTRUCTOR, True),
    "teacher": (INSTRUCTOR, INSTRUCTOR, INSTRUCTOR, True),
    "teacher_as_student": (STUDENT, INSTRUCTOR, STUDENT, False),
    "teacher_privacy_off": (INSTRUCTOR, INSTRUCTOR, INSTRUCTOR, True),
}
ERRORS = {
    "error_no_response_mode": (400, "platform-error"),
    "error_prompt_login": (400, "platform-error"),
    "error_wrong_client": (403, "platform-denied"),
    "error_wrong_user": (403, "platform-denied"),
}
NOT_SENT_TO_US = {
    "auth_redirect_uri_with_query",
    "auth_signed_out_after_repost",
    "auth_signed_out_repost_page",
    "browser_requests",
    "error_page_hint_reused",
    "error_page_no_message_hint",
    "error_page_no_nonce",
    "error_page_unknown_redirect_uri",
    "error_page_wrong_scope",
    "login_initiation_signed_in",
    "login_initiation_signed_out",
}


def test_every_recording_is_accounted_for() -> None:
    assert names(FOLDER) == {*LAUNCHES, *ERRORS, *NOT_SENT_TO_US}


@pytest.mark.parametrize("name", LAUNCHES)
def test_a_recorded_launch_opens_its_course(
    name: str, client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    launched, listed, in_effect, decides = LAUNCHES[name]
    recording = load(FOLDER, name)
    replay = Replay.of(recording, client, database, network, family=Family.MOODLE)

    page = replay.launch(recording)

    assert page.status == 303, page.summary()
    with database.read() as session:
        public_id = session.scalars(select(Course.public_id)).one()
    # Nobody has heard of the student there yet; the page says so.
    work = "submissions" if name.startswith("submission_review") else ""
    assert page.location == f"/courses/{public_id}/{work}"
    before = replay.standing()
    assert before is not None
    assert before.role == launched
    served = "namesroleservice" in str(recording["claims"])
    assert before.may_decide == (launched == INSTRUCTOR and not served)
    replay.roster_says(listed)
    after = replay.standing()
    assert after is not None
    assert (after.role, after.may_decide) == (in_effect, decides)


@pytest.mark.parametrize("name", ERRORS)
def test_a_posted_error_becomes_a_page(name: str, client: Visitor, database: Database) -> None:
    status, reason = ERRORS[name]

    page = client.post("/lti/launch", load(FOLDER, name)["form_fields"], status=status)

    assert page.reason == reason


def test_nobody_is_signed_in_and_moodle_asks_all_the_same(
    client: Visitor, database: Database
) -> None:
    form = load(FOLDER, "login_initiation_signed_out")["form_fields"]
    Platform(issuer=form["iss"], client_id=form["client_id"], deployment_id="1").register(
        database
    )

    client.raw.post("/lti/login", base_url=client.base_url, data=form)
    client.raw.post("/lti/login", base_url=client.base_url, data=form)

    with database.read() as session:
        assert session.scalars(select(LtiLogin.asked)).one()["login_hint"] == "0"


def test_a_teacher_who_switched_role_keeps_the_account_and_loses_the_rights(
    client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    teacher, switched = load(FOLDER, "teacher"), load(FOLDER, "teacher_as_student")
    replay = Replay.of(teacher, client, database, network)
    replay.launch(teacher)
    replay.roster_says(INSTRUCTOR)

    replay.launch(switched)

    found = replay.standing()
    assert found is not None
    assert (found.role, found.may_decide, found.read_only) == (STUDENT, False, True)
    with database.read() as session:
        assert session.scalars(select(Person.name)).all() == ["Priya Raman"]


def test_copies_know_what_they_were_copied_from(
    client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    original = load(FOLDER, "student")
    replay = Replay.of(original, client, database, network)
    for name in ("student", "course_copy", "course_copy_of_copy"):
        replay.launch(load(FOLDER, name))

    with database.read() as session:
        rows = session.scalars(select(LtiContext).order_by(LtiContext.id)).all()
        assert [row.history for row in rows] == [[], ["2"], ["3", "2"]]
        first, copy, second_copy = (row.course for row in rows)
    assert (copy.copied_from_id, second_copy.copied_from_id) == (first.id, copy.id)


def test_the_column_of_an_activity_is_known_while_the_launch_names_it(
    client: Visitor, database: Database, network: responses.RequestsMock
) -> None:
    recording = load(FOLDER, "student")
    replay = Replay.of(recording, client, database, network)

    replay.launch(recording)
    replay.launch(load(FOLDER, "after_posted_line_item_no_own_column"))

    with database.read() as session:
        urls = session.scalars(select(LtiLineItem.url)).all()
    claim = recording["claims"]["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"]
    assert urls == [claim["lineitem"]]
