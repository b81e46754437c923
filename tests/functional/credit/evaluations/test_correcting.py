"""What was sent can be corrected, with a reason, until the student reads it; both stay."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from careerlink.db import Database
from careerlink.errors import NotPermitted, NotPossible
from credit.evaluations import operations, queries
from credit.evaluations.models import EvaluationSubmission, SubmissionSource
from tests.factories.agreements import Scene
from tests.factories.evaluations import answers, sent_by
from tests.pages import Page, Visitor


@pytest.fixture
def receipt(database: Database, cast: Scene, unit: Callable[[], Scene], ines: Page) -> Page:
    """Sent, and the student has not answered yet."""
    scene = unit()
    sent_by(scene.session, scene, "supervisor")
    scene.session.commit()
    return ines.visitor.get(f"{ines.path.split('/evaluation')[0]}/evaluation")


def versions(database: Database) -> list[EvaluationSubmission]:
    with database.read() as session:
        query = select(EvaluationSubmission).order_by(EvaluationSubmission.number)
        return list(session.scalars(query))


def test_a_correction_stands_beside_what_was_sent(
    database: Database, receipt: Page, cast: Scene, browser_of: Callable[[str], Visitor]
) -> None:
    page = receipt.follow("Correct something")
    assert "Rang two customers" in page.text
    page = page.submit(
        "Send the correction",
        {"What was wrong?": "I mixed up two people", "One next step": "Write sooner."},
    )

    assert page.page_id == "evaluations.receipt"
    assert "version 2" in page.text
    assert "Version 1, sent" in page.text
    first, second = versions(database)
    assert (first.source, second.source) == (
        SubmissionSource.LINK,
        SubmissionSource.CORRECTION,
    )
    assert first.hours_confirmation_id == second.hours_confirmation_id
    shown = browser_of("instructor").get(f"{cast.placement_path}/evaluation")
    assert "Why: I mixed up two people" in shown.text
    assert "Version 1, sent" in shown.text


def test_the_button_pressed_twice_sends_one_correction(
    database: Database, receipt: Page
) -> None:
    page = receipt.follow("Correct something")
    other = receipt.visitor.get(page.path)
    page.submit("Send the correction", {"What was wrong?": "Two people"})
    other.submit("Send the correction", {"What was wrong?": "Two people"})

    assert len(versions(database)) == 2


def test_without_a_reason_it_comes_back_as_typed(database: Database, receipt: Page) -> None:
    page = receipt.follow("Correct something")

    page = page.submit("Send the correction", {"One next step": "Write sooner."}, status=422)

    assert page.errors == ["Say what was wrong"]
    assert "Write sooner." in page.text
    assert len(versions(database)) == 1


@pytest.mark.parametrize("released_by", ["the student's own", "the release date"])
def test_once_the_student_reads_it_it_stays(
    unit: Callable[[], Scene], clock: time_machine.Traveller, released_by: str
) -> None:
    scene = unit()
    evaluation = sent_by(scene.session, scene, "supervisor")
    given = answers(scene.session, evaluation)
    operations.correct(
        scene.session, evaluation, given, actor=scene.supervisor, reason="A slip"
    )
    if released_by == "the release date":
        clock.shift(timedelta(days=15))
    else:
        sent_by(scene.session, scene, "student")

    read = queries.readable(scene.session, scene.student, scene.placement)
    assert "Ines Carvalho" in [one.by for one in read]
    with pytest.raises(NotPossible):
        operations.correct(
            scene.session, evaluation, given, actor=scene.supervisor, reason="A slip"
        )


def test_nobody_else_corrects_it(unit: Callable[[], Scene]) -> None:
    scene = unit()
    evaluation = sent_by(scene.session, scene, "supervisor")
    given = answers(scene.session, evaluation)

    for stranger in (scene.student, scene.instructor, scene.staff):
        with pytest.raises(NotPermitted):
            operations.correct(
                scene.session, evaluation, given, actor=stranger, reason="I know better"
            )


def test_the_receipt_can_be_kept_as_a_document(receipt: Page) -> None:
    path = receipt.path.rstrip("/") + "/receipt.pdf"

    first = receipt.visitor.raw.get(path)
    again = receipt.visitor.raw.get(path)

    assert first.mimetype == "application/pdf"
    assert first.data.startswith(b"%PDF")
    assert first.data == again.data
