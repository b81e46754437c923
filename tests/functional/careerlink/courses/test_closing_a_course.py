"""F12: a course ends with what is open in sight, keeps its figures, and opens with a reason."""

import csv
import io

from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.courses.models import Course
from credit.cases import deciding
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, DecisionOutcome
from tests.factories import cases
from tests.functional.careerlink.courses.conftest import Begun, second_instructor

LEAVE = "Leave as it is: 1 credit case without a decision"


def with_a_case(begun: Begun, name: str = "Noor Haddad") -> str:
    with begun.database.write() as session:
        return cases.ready_case(session, begun.of, name).public_id


def test_what_is_open_is_finished_or_knowingly_left(begun: Begun) -> None:
    with_a_case(begun)
    page = begun.instructor.get(begun.page("conclusion"))
    assert page.follow("Noor Haddad").page_id == "cases.packet"

    empty = page.submit("Conclude the course", {"Reason": " "}, status=422)
    assert len(empty.errors) == 2 and len(empty.soup.select(".error-summary")) == 1
    refused = page.submit("Conclude the course", {"Reason": "Term is over."}, status=422)
    assert "Leave them, or finish them first" in refused.text
    assert refused.element("textarea").get_text().strip() == "Term is over."
    done = refused.submit("Conclude the course", {LEAVE: True})

    assert done.heading == "Open this course again"
    with begun.database.read() as session:
        entry = session.scalars(select(AuditEntry).filter_by(action="course:conclude")).one()
        assert entry.detail["left"]["cases"] == "1"
    assert "Left unfinished: 1 case" in done.follow("History of this course").text


def test_two_people_close_it_once_and_nothing_changes_any_more(begun: Begun) -> None:
    case_id = with_a_case(begun)
    first = begun.instructor.get(begun.page("conclusion"))
    other = second_instructor(begun).get(begun.page("conclusion"))
    first.submit("Conclude the course", {LEAVE: True, "Reason": "Over."})
    form = other.form("Conclude the course")
    form.fill({LEAVE: True, "Reason": "Over, too."})
    other.visitor.post(form.action, form.data)

    assert begun.verbs().count("course:conclude") == 1
    packet = begun.instructor.get(begun.page(f"cases/{case_id}"))
    assert not any("Approve" in button for button in packet.buttons)


def test_it_opens_again_with_a_reason_that_stays_in_the_history(begun: Begun) -> None:
    page = begun.instructor.get(begun.page("conclusion"))
    closed = page.submit("Conclude the course", {"Reason": "Term is over."})
    closed.submit("Open the course again", {"Reason": ""}, status=422)

    opened = closed.submit("Open the course again", {"Reason": "One grade was wrong."})
    history = opened.follow("History of this course")

    assert opened.heading == "Conclude this course"
    assert "One grade was wrong." in history.text and "Term is over." in history.text


def test_the_office_opens_what_the_lms_concluded(begun: Begun) -> None:
    with begun.database.write() as session:
        course = session.get_one(Course, begun.of.course.id)
        course.concluded_at, course.is_concluded_by_platform = course.created_at, True

    page = begun.office.get(begun.page("conclusion"))
    page.submit("Open the course again", {"Reason": "An appeal was upheld."})

    with begun.database.read() as session:
        assert session.get_one(Course, begun.of.course.id).concluded_at is None


def test_the_cases_go_home_as_a_table_that_runs_nothing(begun: Begun) -> None:
    case_id = with_a_case(begun, '=HYPERLINK("https://evil.example")')
    with begun.database.write() as session:
        case = session.scalars(select(CreditCase).filter_by(public_id=case_id)).one()
        case.person.sis_id = "S2001"
        choice = Choice(DecisionOutcome.APPROVED, credits_thousandths=1000)
        deciding.decide(session, case, choice, actor=begun.of.as_instructor)
    page = begun.instructor.get(begun.page("conclusion"))
    address = page.links["Cases and decisions of this course (CSV)"]

    answer = begun.instructor.raw.get(address)
    (row,) = csv.DictReader(io.StringIO(answer.get_data(as_text=True)))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert row["Student"].startswith("'=HYPERLINK")
    assert (row["SIS id"], row["Decision"], row["Credits"]) == ("S2001", "approved", "1")
    assert (row["Hours counted"], row["Decided by"]) == ("48", "Hana Novak")
    assert begun.student.raw.get(address).status_code == 404
