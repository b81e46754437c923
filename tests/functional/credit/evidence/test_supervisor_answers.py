"""S9 and V7: handed in, answered behind a link, and then the work is completed."""

from pathlib import Path

from sqlalchemy import func, select

from careerlink import worker
from careerlink.config import Settings
from careerlink.placements.models import Disclosure, PlacementState
from credit.cases.models import CaseState
from credit.evaluations.models import Evaluation
from credit.evidence.models import DeliverableState
from credit.evidence.review_models import ReviewOutcome
from tests.factories import evidence, hours
from tests.factories.answering import Answering, link
from tests.factories.evidence import PDF, pdf

WORDS = "What you want to say"


def test_handed_in_sent_back_once_and_accepted(
    answering: Answering, settings: Settings, tmp_path: Path
) -> None:
    home = answering.student.get(answering.work.address("/evidence"))
    assert "A dashboard of waiting times" in home.text and "Due Fri 20 Nov" in home.text
    answering.hand_in(**{"Or a link": "", "File": pdf()})
    worker.run_once(answering.database, settings)
    worker.run_once(answering.database, settings)
    mails = [path.read_text() for path in (tmp_path / "mail").glob("*.eml")]
    (mail,) = [one for one in mails if "Work on your project is ready to look at" in one]
    assert "To: ines@eastmoor.partner.example" in mail and "/s/" in mail

    supervisor = answering.supervisor
    page = supervisor.get(answering.path)
    assert page.heading == "A dashboard of waiting times"
    page = page.submit("Ask for rework", status=422)
    assert page.errors == ["Say what should change; the student reads it."]
    page.submit("Ask for rework", {WORDS: "The legend is missing."})
    assert answering.deliverable.state == DeliverableState.REWORK_ASKED

    student = answering.student
    page = student.get(f"/courses/{answering.work.course.public_id}/")
    assert "answer what was said about “A dashboard of waiting times”" in page.text
    page = student.get(answering.work.address("/evidence"))
    assert "The legend is missing." in page.text and "Round 1 of 2." in page.text
    answering.hand_in(**{"Or a link": "", "File": pdf("second.pdf", PDF + b"2")})

    page = answering.look()
    assert "second.pdf" in page.text and "note.pdf" in page.text
    page = page.submit("Accept it")
    assert "Thank you: it is accepted" in page.text
    assert answering.reviews == [ReviewOutcome.REWORK, ReviewOutcome.ACCEPTED]
    assert answering.placement.state == PlacementState.WORK_COMPLETED
    with answering.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Evaluation)) == 2


def test_confidential_work_is_accepted_with_an_attestation(answering: Answering) -> None:
    answering.hand_in(
        **{"Or a link": "", "is_attested": True, "objectives": ["frame"]},
    )

    page = answering.look()
    assert "It shows this objective: Frame a business question" in page.text
    page = page.submit("Accept it", {"criterion-whole": "yes"}, status=422)
    assert page.errors == [
        "As far as I can tell, it is this student’s own work: choose one answer.",
        "It does what was agreed upon: choose one answer.",
        "It shows this objective: Frame a business question that…: choose one answer.",
    ]
    answers = {"criterion-own": "yes", "criterion-usable": "partly", "criterion-o_frame": "yes"}
    page.submit("Accept it", {**answers, WORDS: "Prices stay inside."})

    read = answering.teacher.get(answering.work.address("/evidence")).text
    assert "Partly: It does what was agreed upon." in read
    assert "Yes: It shows this objective: Frame a business question" in read
    assert "Prices stay inside." in read


def test_an_older_version_is_not_accepted_unseen(answering: Answering) -> None:
    answering.hand_in()
    page = answering.look()
    answering.hand_in_again("https://charts.example.org/2")

    page = page.submit("Accept it", {WORDS: "Good work."}, status=409)

    assert "A newer version came while you were reading" in page.text
    assert page.form("Accept it").data["words"] == ["Good work."]
    assert answering.reviews == []
    page.submit("Accept it")
    assert answering.reviews == [ReviewOutcome.ACCEPTED]


def test_pressed_twice_it_is_one_answer_and_another_tab_is_told(answering: Answering) -> None:
    answering.hand_in()
    page, other = answering.look(), answering.look()

    page.submit("Accept it")
    page.submit("Accept it")
    told = other.submit("Ask for rework", {WORDS: "The legend."}, status=409)

    assert "This is accepted already." in told.text
    assert answering.reviews == [ReviewOutcome.ACCEPTED]


def test_the_student_and_other_links_find_nothing_to_answer(answering: Answering) -> None:
    answering.hand_in()
    name = answering.deliverable.public_id
    with answering.database.write() as session:
        other = hours.work(session, "westmoor")
        stranger = link(session, other)
    visitor = answering.browser()
    visitor.get(stranger).submit("Continue", status=303)

    assert visitor.raw.get(f"{stranger}/work/{name}").status_code == 404
    # Without *Continue* the address leads to the greeting and changes nothing.
    assert answering.browser().raw.get(f"{answering.path}/work/{name}").status_code == 303
    assert answering.deliverable.state == DeliverableState.HANDED_IN


def test_a_decided_case_takes_no_answer_and_tells_nothing(answering: Answering) -> None:
    answering.hand_in()
    page = answering.look()
    with answering.database.write() as session:
        evidence.case(session, session.merge(answering.work.placement), CaseState.DENIED)

    told = page.submit("Accept it", status=409)

    assert "The course is done with this project" in told.text
    assert "appeal" not in told.text and answering.reviews == []


def test_a_download_by_link_is_a_disclosure(answering: Answering) -> None:
    answering.hand_in(**{"Or a link": "", "File": pdf()})
    page = answering.look()

    answer = page.visitor.raw.get(page.links["note.pdf , version 1"], buffered=True)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    with answering.database.read() as session:
        pages = session.scalars(select(Disclosure.page)).all()
    assert "files.download_by_link" in pages and "evidence_by_link.look" in pages
