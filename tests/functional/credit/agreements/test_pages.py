"""The agreement's page: nothing typed is lost, and nobody sees or does more than is theirs."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from credit.agreements import operations
from credit.agreements.models import AgreementState, LearningAgreement
from tests.factories.agreements import Scene, scene
from tests.factories.sessions import launched, signed_in
from tests.pages import Page, Visitor

Browsers = Callable[[str], Visitor]


def prepare(database: Database, cast: Scene, step: str) -> None:
    with database.write() as session:
        session.add_all([cast.placement, cast.contact])
        cast.session = session
        getattr(cast, step)()


def digest(database: Database) -> str:
    with database.read() as session:
        return session.scalars(select(LearningAgreement.document_hash)).one() or ""


def value(page: Page, label: str) -> str:
    form = page.form("Sign agreement")
    (control,) = form._named(label)
    return control.get_text().strip() or str(control.get("value", ""))


def test_a_refused_page_comes_back_as_typed(cast: Scene, browser_of: Browsers) -> None:
    page = browser_of("student").get(cast.agreement_path)

    page = page.submit(
        "Save draft",
        {"Planned hours": "many", "Enrolled credits": "0.0001", "Tasks": "Sort the tickets"},
        status=422,
    )

    assert value(page, "Planned hours") == "many"
    assert value(page, "Enrolled credits") == "0.0001"
    assert value(page, "Tasks") == "Sort the tickets"
    assert len(page.errors) == 2


def test_rows_come_and_go_without_losing_a_word(cast: Scene, browser_of: Browsers) -> None:
    page = browser_of("student").get(cast.agreement_path)
    page = page.submit(
        "Add what I ticked", {"Frame a question": True, "Tasks": "Sort the tickets"}
    )
    page = page.submit("Add an objective of my own", {"Activity": "Talk to the shop team"})
    assert value(page, "Tasks") == "Sort the tickets"
    page = page.submit(
        "Save draft", {"What you will learn": "Keep a dashboard alive", "Planned hours": "24"}
    )
    assert "Objective 2" in page.text
    assert "Keep a dashboard alive" in page.text

    page = page.submit("Remove objective 1")

    assert "Objective 2" not in page.text
    assert value(page, "Planned hours") == "24"
    assert "Frame a question" in [label.strip() for label in page.form("Save draft").labels()]


def test_a_draft_keeps_itself_but_no_half_number(
    database: Database, cast: Scene, browser_of: Browsers
) -> None:
    page = browser_of("student").get(cast.agreement_path)
    typed = {**page.form("Save draft").data, "tasks": ["Sort the tickets"]}
    path = f"{cast.agreement_path}/draft"

    assert page.visitor.raw.post(path, data=typed).status_code == 204
    half = {**typed, "tasks": ["Something else"], "hours": ["2x"]}
    assert page.visitor.raw.post(path, data=half).status_code == 204

    with database.read() as session:
        assert session.scalars(select(LearningAgreement.tasks)).one() == "Sort the tickets"


def test_signing_says_what_is_missing_at_its_place(cast: Scene, browser_of: Browsers) -> None:
    page = browser_of("student").get(cast.agreement_path)
    page = page.submit("Add what I ticked", {"Frame a question": True})

    page = page.submit("Sign agreement", {"Activity": "Talk to the shop"}, status=422)

    assert page.errors == [
        "Objective 1: enter the evidence",
        "Say what you will do.",
        "Enter the state you will work from.",
        "Choose how you are paid.",
        "Choose who pays.",
        "Say when the pay is due.",
        "Choose who owns what you make.",
        "Choose the rule for AI tools.",
        "Type your name to sign",
        "Tick that you sign this plan",
    ]
    assert value(page, "Activity") == "Talk to the shop"


def test_an_assistant_looks_and_does_not_decide(
    database: Database, cast: Scene, browser_of: Browsers
) -> None:
    prepare(database, cast, "countersigned")
    assistant = browser_of("assistant")
    page = assistant.get(cast.agreement_path)

    assert "Approve agreement" not in page.buttons
    assert "Assistants may look, not decide." in page.text
    sent = {
        "csrf_token": page.element("meta[name=csrf-token]")["content"],
        "document_hash": digest(database),
        "decision": "approve",
    }
    refused = assistant.post(f"{cast.agreement_path}/decision", sent, status=403)
    assert refused.reason == "not-permitted"
    with database.read() as session:
        state = session.scalars(select(LearningAgreement.state)).one()
        assert state == AgreementState.AWAITING_INSTRUCTOR


def test_the_second_approval_says_who_was_first(
    database: Database, cast: Scene, browser_of: Browsers
) -> None:
    prepare(database, cast, "countersigned")
    hana, again = browser_of("instructor"), browser_of("instructor")
    first, second = hana.get(cast.agreement_path), again.get(cast.agreement_path)

    first.submit("Approve agreement")
    page = second.submit("Approve agreement")

    assert "Dr. Hana Novak approved this already" in page.text
    with database.read() as session:
        told = session.scalars(select(OutboxMessage)).all()
        templates = [one.payload.get("template") for one in told]
        assert templates.count("agreement_in_force") == 1


def test_returning_needs_a_comment_and_keeps_what_else_there_is(
    database: Database, cast: Scene, browser_of: Browsers
) -> None:
    prepare(database, cast, "countersigned")
    page = browser_of("instructor").get(cast.agreement_path)

    page = page.submit("Return with comments", status=422)
    assert page.errors == ["Write what the student should know or change"]
    page = page.submit("Return with comments", {"Comment": "Name the evidence."})

    assert "as soon as the student has signed" in page.text
    assert "Name the evidence." in browser_of("student").get(cast.agreement_path).text


def test_a_draft_is_read_by_its_student_alone(
    database: Database, cast: Scene, browser_of: Browsers
) -> None:
    prepare(database, cast, "drafted")

    page = browser_of("instructor").get(cast.agreement_path)

    assert "Talk to the shop team" not in page.text


@pytest.mark.parametrize("role", [CourseRole.STUDENT, CourseRole.INSTRUCTOR])
def test_another_university_finds_nothing_here(
    database: Database,
    cast: Scene,
    visitors: Callable[[], Visitor],
    role: CourseRole,
) -> None:
    with database.write() as session:
        other = scene(session, slug="westmoor")
    person_id = getattr(other, role.value).person_id
    stranger = launched(visitors(), database, person_id, other.course.id, role)

    stranger.get(cast.agreement_path, status=404)
    mixed = f"/courses/{other.course.public_id}/placements/{cast.placement.public_id}"
    stranger.get(f"{mixed}/agreement", status=404)


def test_staff_read_what_is_signed(
    database: Database, cast: Scene, visitors: Callable[[], Visitor]
) -> None:
    prepare(database, cast, "signed")
    priya = signed_in(visitors(), database, cast.staff.person_id or 0)

    page = priya.get(cast.agreement_path)

    assert "Talk to the shop team" in page.text
    assert "Sign agreement" not in page.buttons


def test_a_teacher_who_views_as_a_student_writes_nothing(
    database: Database, cast: Scene, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        member = session.scalars(
            select(CourseMember).where(CourseMember.person_id == cast.student.person_id)
        ).one()
        member.launch_role = CourseRole.INSTRUCTOR
    browser = launched(
        visitors(),
        database,
        cast.student.person_id or 0,
        cast.course.id,
        CourseRole.STUDENT,
    )

    page = browser.get(cast.agreement_path)

    assert page.page_id == "agreements.show"
    assert operations.TAKEN_BACK not in page.text
