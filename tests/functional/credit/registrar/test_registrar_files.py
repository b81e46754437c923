"""What the registrar gets: every decision once, and every change of it."""

import hashlib
from datetime import date

from sqlalchemy import select

from careerlink.courses.models import Course, CourseSection
from careerlink.enrollments.models import Enrollment, EnrollmentLevel
from careerlink.institutions.models import Term
from careerlink.people.models import Person
from credit.cases.models import CreditCase, DecisionOutcome
from credit.registrar.models import RegistrarExport
from tests.functional.credit.registrar.conftest import Office, content, table


def test_a_line_says_all_that_a_registrar_asks_for(office: Office) -> None:
    case_id = office.approved("Maya Okafor")
    with office.database.write() as session:
        case = session.get_one(CreditCase, case_id)
        section = CourseSection(course_id=case.course_id, sis_id="BUS-310-02")
        session.add(section)
        session.flush()
        enrolled = session.scalars(select(Enrollment)).one()
        enrolled.section_id, enrolled.department = section.id, "School of Business"
        public_id = case.public_id
    made = office.make()
    assert "File 1 is made" in made.text
    (line,) = table(made)
    assert line == {
        "term": "2026FA",
        "crn": "11042",
        "section": "BUS-310-02",
        "department": "School of Business",
        "subject": "BUS",
        "course": "BUS-310",
        "student_sis_id": "S-MAYA",
        "level": "undergraduate",
        "credits": "1",
        "outcome": "approved",
        "grade": "P",
        "grade_basis": "pass_fail",
        "decided_on": "2026-10-14",
        "decided_by_sis_id": "F-77",
        "policy": "Micro-internship credit v1",
        "case": public_id,
        "decided_by": "Hana Novak",
        "change": "NEW",
    }


def test_new_changed_void_and_new_again(office: Office) -> None:
    case_id = office.approved("Maya Okafor")
    office.approved("Noor Haddad")
    office.send()
    assert office.marks() == ["NEW", "NEW"]

    office.decide(case_id, DecisionOutcome.VOIDED)
    office.decide(
        case_id,
        DecisionOutcome.APPROVED,
        credits_thousandths=500,
        override_reason="Half of it was not ours.",
    )
    changed = office.send()
    assert office.marks() == ["CHANGED"]
    assert [line["credits"] for line in table(changed)] == ["0.5"]
    assert (
        "The policy gives 1 credit. Hana Novak: Said. Half of it was not ours." in changed.text
    )

    office.decide(case_id, DecisionOutcome.VOIDED)
    voided = office.send()
    assert office.marks() == ["VOID"]
    assert [(line["credits"], line["change"]) for line in table(voided)] == [("0.5", "VOID")]

    office.decide(case_id, DecisionOutcome.DENIED)
    again = office.send()
    assert office.marks() == ["NEW"]
    assert [(line["credits"], line["grade"]) for line in table(again)] == [("0", "NP")]
    assert "Marks are against file 3" in again.text


def test_what_was_sent_is_void_while_another_figure_waits(office: Office) -> None:
    case_id = office.approved("Maya Okafor")
    office.send()
    office.decide(case_id, DecisionOutcome.VOIDED)
    why = "Half of it was not ours."
    office.decide(
        case_id, DecisionOutcome.APPROVED, credits_thousandths=500, override_reason=why
    )
    with office.database.write() as session:
        session.get_one(Person, office.of.students[0].id).sis_id = None
    office.send()
    assert office.marks() == ["VOID"]
    assert "Nothing new" in office.make().text


def test_a_decision_that_moves_to_another_term_is_void_there_and_new_here(
    office: Office,
) -> None:
    office.approved("Maya Okafor")
    office.send()
    with office.database.write() as session:
        spring = Term(
            institution_id=office.term.institution_id,
            code="2027SP",
            name="Spring 2027",
            starts_on=date(2027, 1, 11),
            ends_on=date(2027, 5, 14),
        )
        session.add(spring)
        session.flush()
        session.get_one(Course, office.of.course.id).term_id = spring.id

    assert office.send() and office.marks() == ["VOID"]
    here = office.visitor.get("/office/registrar?term=2027SP")
    here.submit("Undergraduate: what changed").submit("Mark as sent")
    assert office.marks() == ["NEW"]
    agreed = office.visitor.get("/office/registrar/reconcile?term=2027SP")
    assert "All agree on this page." in agreed.text


def test_marked_as_sent_twice_the_first_note_stays(office: Office) -> None:
    office.approved("Maya Okafor")
    made = office.make()
    made.submit("Mark as sent", {"To whom and how": "By the portal."})

    again = made.submit("Mark as sent", {"To whom and how": "By hand."})

    assert "It was marked as sent before" in again.text
    assert "By the portal." in again.text and "By hand." not in again.text


def test_what_was_never_sent_is_no_base(office: Office) -> None:
    office.approved("Maya Okafor")
    office.make()
    office.approved("Noor Haddad")
    second = office.make()
    assert office.marks() == ["NEW", "NEW"]
    second.submit("Mark as sent")
    first = office.page().follow("File 1")
    assert "Out of date" in first.text
    assert "Mark as sent" not in first.buttons


def test_two_who_mark_different_files_at_once_do_not_both_win(office: Office) -> None:
    office.approved("Maya Okafor")
    first = office.make()
    office.approved("Noor Haddad")
    office.make().submit("Mark as sent")
    late = first.submit("Mark as sent", status=409)
    assert "Make a new one" in late.text
    with office.database.read() as session:
        sent = session.scalars(
            select(RegistrarExport.number).where(RegistrarExport.sent_at.is_not(None))
        ).all()
    assert sent == [2]


def test_without_changes_there_is_no_second_file_and_the_first_has_the_same_bytes(
    office: Office,
) -> None:
    office.approved("Maya Okafor")
    first = office.make()
    before = content(first)
    again = office.make()
    assert "Nothing has changed since file 1 was made." in again.text
    assert again.path == first.path
    assert content(again) == before
    with office.database.read() as session:
        export = session.scalars(select(RegistrarExport)).one()
    assert export.file_hash == hashlib.sha256(before).hexdigest()
    again.submit("Mark as sent")
    assert "Nothing new for the registrar" in office.make().text


def test_all_lines_say_which_are_known(office: Office) -> None:
    office.approved("Maya Okafor")
    office.send()
    office.approved("Noor Haddad")
    full = office.make("Undergraduate: all lines")
    assert office.marks() == ["SAME", "NEW"]
    assert "1 new, 1 the same" in full.text


def test_the_graduate_school_has_its_own_file(office: Office) -> None:
    office.approved("Maya Okafor")
    moved = office.approved("Noor Haddad", level=EnrollmentLevel.GRADUATE)
    office.send()
    assert office.marks() == ["NEW"]
    (line,) = table(office.send("Graduate: what changed"))
    assert (line["student_sis_id"], line["level"]) == ("S-NOOR", "graduate")
    with office.database.write() as session:
        row = session.scalars(
            select(Enrollment)
            .join(CreditCase, CreditCase.person_id == Enrollment.person_id)
            .where(CreditCase.id == moved)
        ).one()
        row.level = EnrollmentLevel.UNDERGRADUATE
    office.send("Graduate: what changed")
    assert office.marks() == ["VOID"]
    office.send()
    assert office.marks() == ["NEW"]


def test_cells_are_no_formulas(office: Office) -> None:
    office.approved("Maya Okafor", sis_id="=HYPERLINK(1)", crn="@11042")
    (line,) = table(office.make())
    assert (line["student_sis_id"], line["crn"]) == ("'=HYPERLINK(1)", "'@11042")


def test_a_name_that_was_changed_later_changes_no_file(office: Office) -> None:
    office.approved("Maya Okafor")
    office.send()
    with office.database.write() as session:
        session.get_one(Person, office.of.instructor.id).name = "Hana Dvorak"
    assert "Nothing new" in office.make().text
    old = office.page().follow("File 1")
    assert [line["decided_by"] for line in table(old)] == ["Hana Novak"]


def test_a_note_that_is_too_long_is_not_kept(office: Office) -> None:
    office.approved("Maya Okafor")
    refused = office.make().submit("Mark as sent", {"To whom and how": "x" * 501}, status=422)
    assert refused.errors == ["Keep it to 500 characters."]
    assert "Not marked as sent" in office.page().text


def test_incomplete_is_told_as_such(office: Office) -> None:
    office.decide(office.case("Maya Okafor"), DecisionOutcome.INCOMPLETE)
    (line,) = table(office.make())
    assert (line["outcome"], line["grade"], line["credits"]) == ("incomplete", "I", "0")
    assert date.fromisoformat(line["decided_on"])
