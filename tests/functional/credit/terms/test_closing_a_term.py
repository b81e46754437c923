"""C12: what is unfinished, many done with a reason, supervisors thanked, the term closed."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import time_machine
from sqlalchemy import select

from careerlink import worker
from careerlink.audit import AuditEntry
from careerlink.config import Settings
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term
from careerlink.partners.models import Partner, PartnerContact, PartnerState
from careerlink.people.models import Person
from careerlink.placements.models import Consent, Placement, PlacementState
from credit.cases.models import CaseState, CreditCase
from credit.evaluations.models import Evaluation, EvaluationState
from credit.terms.models import ClosingProposal
from tests.functional.credit.terms.conftest import AFTER_THE_END, Ending, open_lines

REASON = "The term is over."


@time_machine.travel(AFTER_THE_END, tick=False)
def test_a_course_without_a_term_ends_with_that_of_its_students_enrollments(
    ending: Ending,
) -> None:
    before = ending.office()
    with ending.database.write() as session:
        course = session.get_one(Course, ending.of.course.id)
        course.term_id = None
        for person_id in session.scalars(select(Placement.person_id).distinct()).all():
            session.add(
                Enrollment(
                    course_id=course.id, person_id=person_id, term_id=ending.term_id, crn="1"
                )
            )

    assert ending.office().rows() == before.rows()

    with ending.database.write() as session:
        for row in session.scalars(select(Enrollment)):
            row.term_id = None
    assert open_lines(ending.office()) != open_lines(before)


@time_machine.travel(AFTER_THE_END, tick=False)
def test_everything_unfinished_is_counted_and_many_are_done_with_a_reason(
    ending: Ending,
) -> None:
    with ending.database.write() as session:
        partner = session.scalars(select(Partner)).first()
        assert partner is not None
        partner.state, partner.approved_until = PartnerState.APPROVED, date(2027, 1, 15)
        partner.approved_at = datetime(2026, 1, 15, tzinfo=UTC)
    page = ending.office()
    assert "Fri 15 Jan 2027" in page.text
    found = [row[2] for row in page.rows() if len(row) == 4][1:]
    # Planned, at work, unsigned, supervisors, students, undecided, appeals, grades, files.
    assert found == ["1", "0", "0", "1", "0", "2", "0", "0", "0"]

    planned = page.follow("See them Projects that never started")
    # What cannot be taken back is ticked by hand, or all of the page at once.
    none = planned.submit("Cancel those ticked", {"Reason": REASON}, status=422)
    assert "Tick at least one line." in none.text
    planned = planned.follow("Tick all on this page")
    refused = planned.submit("Cancel those ticked", status=422)
    assert "Give a reason" in " ".join(refused.errors)
    done = planned.submit("Cancel those ticked", {"Reason": REASON})
    assert "Done for 1." in done.text
    silent = ending.office().follow("See them Evaluations that supervisors owe")
    silent = silent.follow("Tick all on this page")
    assert "Done for 1." in silent.submit("Close those ticked", {"Reason": REASON}).text

    with ending.database.read() as session:
        states = session.scalars(select(Placement.state).order_by(Placement.id)).all()
        assert states[0] == PlacementState.CANCELLED
        lapsed = session.scalars(
            select(Evaluation).where(Evaluation.state == EvaluationState.LAPSED)
        ).one()
        assert lapsed.lapsed_reason == REASON
    # Two tabs: what is gone meanwhile stays as it is.
    again = planned.submit("Cancel those ticked", {"Reason": REASON})
    assert "Done for 0." in again.text and "1 had moved on meanwhile" in again.text


@time_machine.travel(AFTER_THE_END, tick=False)
def test_the_office_asks_and_the_instructor_decides(ending: Ending) -> None:
    page = ending.office("/undecided")
    page = page.submit("Ask the instructors", {"Reason": "Nothing came since October."})
    assert page.text.count("Instructor asked") == 2
    # Nothing is ticked any more; ticked by hand, the first proposal stands.
    page.submit("Ask the instructors", {"Reason": "Once more."}, status=422)
    again = {"Reason": "Once more.", "Rita Ready, Applied Analytics": True}
    page.submit("Ask the instructors", again)

    with ending.database.read() as session:
        assert len(session.scalars(select(ClosingProposal)).all()) == 2
        assert not session.scalars(
            select(CreditCase).where(CreditCase.state == CaseState.INCOMPLETE)
        ).all()
    home = ending.teacher()
    asked = home.follow("Read what they ask")
    assert asked.text.count("Nothing came since October.") == 2
    asked = asked.submit("Leave it open for Rita Ready")
    said = [str(one.get_text()) for one in asked.soup.select("main .line-list")]
    assert "Rita Ready" not in " ".join(said) and "Sam Silent" in " ".join(said)
    with ending.database.read() as session:
        ended = session.scalars(
            select(ClosingProposal).where(ClosingProposal.ended_at.is_not(None))
        ).one()
        assert ended.declined_by_id == ending.of.instructor.id
    ending.of.signed_in(
        ending.browser(), ending.database, ending.of.students[0], CourseRole.STUDENT
    ).get(ending.of.address() + "/proposals", status=404)


def test_a_running_term_is_not_closed_and_a_closed_one_opens_again(ending: Ending) -> None:
    with time_machine.travel("2026-12-18 15:00:00", tick=False):
        page = ending.office()
        assert "Close the term" not in page.buttons and "runs until Fri 18 Dec" in page.text
    with time_machine.travel(AFTER_THE_END, tick=False):
        page = ending.office()
        other_tab = ending.office()
        assert page.form("Close the term").data["records_until"] == ["2031-12-18"]
        closed = page.submit("Close the term", {"Reason": "All but two are decided."})
        assert closed.heading == "Fall 2026 is closed"
        assert "Records are kept until Thu 18 Dec 2031" in closed.text
        assert "All but two are decided." in closed.text and "Omar Said" in closed.text
        other_tab.submit("Close the term", {"Reason": "Me too."}, status=409)
        with ending.database.read() as session:
            entry = session.scalars(
                select(AuditEntry).where(AuditEntry.action == "term:close")
            ).one()
            assert (entry.detail["undecided"], entry.detail["never_started"]) == (2, 1)
        # Still decided upon: a closed term locks nothing.
        assert "Award" in " ".join(ending.teacher("/queue").follow("Rita Ready").buttons)
        opened = closed.submit("Open the term again", {"Reason": "One more file."})
        assert opened.heading == "Close Fall 2026"
    with ending.database.read() as session:
        assert session.get_one(Term, ending.term_id).closed_at is None


@time_machine.travel(AFTER_THE_END, tick=False)
def test_supervisors_are_thanked_once_where_consent_stands(
    ending: Ending, settings: Settings, tmp_path: Path
) -> None:
    with ending.database.write() as session:
        contact = session.get_one(PartnerContact, ending.of.contact.id)
        contact.verified_at = datetime(2026, 9, 1, tzinfo=UTC)
    page = ending.office("/thanks")
    assert "Nobody is written to unless you tick them" in page.text
    page.submit("Send a mail", status=422)
    box = page.soup.find("input", {"name": "chosen"})
    assert box is not None and not box.has_attr("checked")
    page = page.submit("Send a mail", {"Thank Ines Carvalho": True})
    assert "One mail is on its way." in page.text and "Thanked" in page.text
    # Withdrawn before the mail leaves: it names the other student only.
    with ending.database.write() as session:
        consent = session.scalars(
            select(Consent)
            .join(Person, Person.id == Consent.person_id)
            .where(Person.name == "Rita Ready")
        ).one()
        consent.withdrawn_at = datetime(2026, 12, 19, 14, tzinfo=UTC)
    worker.run_once(ending.database, settings)

    [mail] = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (tmp_path / "mail").glob("*.eml")
    ]
    body = mail.get_body(("plain",))
    assert body is not None
    text = str(body.get_content())
    assert "Sam: “" in text and "Silent" not in text and "Rita" not in text
    assert str(mail["Subject"]) == "Thank you for guiding our students this term"
    link = text.split("https://careerlink.example.edu")[1].split()[0]
    behind = ending.browser().get(link).submit("Continue")
    assert "Sam" in behind.text and "Rita" not in behind.text
    again = ending.office("/thanks")
    assert again.soup.find("input", {"name": "chosen"}) is None
