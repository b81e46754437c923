"""C8: staff write down what the supervisor says, with its source; its author may correct it."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.roles import CourseRole, Standing
from careerlink.db import Database
from careerlink.errors import NotPermitted
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.cases import conflicts, opening
from credit.evaluations import operations, requesting, transcribing
from credit.evaluations.models import (
    EvaluationKind,
    EvaluationState,
    EvaluationSubmission,
    Medium,
    SubmissionSource,
)
from credit.evaluations.sending import Origin
from tests.factories import cases
from tests.factories.agreements import Scene
from tests.factories.evaluations import answers, fill_in
from tests.factories.evidence import PDF
from tests.pages import Page, Visitor

TODAY = date(2026, 10, 14)


@pytest.fixture
def desk(cast: Scene, browser_of: Callable[[str], Visitor]) -> Page:
    """The page on which the instructor writes it down."""
    page = browser_of("instructor").get(f"{cast.placement_path}/evaluation")
    return page.follow("Write down what they say for Ines Carvalho")


def filled(page: Page, **changes: object) -> Page:
    form = page.form("Save what they said")
    for choice in page.soup.select(".level-option input"):
        form.data[str(choice["name"])] = ["3"]
    for name, value in {
        "medium": "phone", "heard_on": "2026-10-14", "hours": "23.5", "strength": "Calm",
        "growth": "Ask sooner", "work_again": "yes", **changes,
    }.items():  # fmt: skip
        form.data[name] = [value]
    status = 422 if changes.pop("refused", None) else 200
    return page.visitor.post(page.path, form.data, status=status)


def sent(database: Database) -> list[EvaluationSubmission]:
    with database.read() as session:
        return list(session.scalars(select(EvaluationSubmission)))


def test_what_was_said_on_the_phone_is_marked_and_its_author_gets_it_to_read(
    database: Database,
    settings: Settings,
    desk: Page,
    cast: Scene,
    ines: Page,
    link: str,
) -> None:
    assert "What to say on the phone" in desk.text
    page = filled(desk)

    (one,) = sent(database)
    assert (one.source, one.medium, str(one.heard_on)) == (
        SubmissionSource.TRANSCRIBED,
        "phone",
        "2026-10-14",
    )
    assert one.person_id == cast.instructor.person_id
    assert one.hours_confirmation_id is not None
    assert "by Dr. Hana Novak" in page.text
    worker.run_once(database, settings)
    receipt = ines.visitor.get(f"{link}/evaluation")
    assert "What we wrote down for you" in receipt.text
    receipt.follow("Correct something").submit(
        "Send the correction", {"What was wrong?": "I said 4, not 3"}
    )
    assert len(sent(database)) == 2


def test_paper_needs_its_scan(database: Database, desk: Page) -> None:
    page = filled(desk, medium="paper", refused=True)
    assert page.errors == ["Attach the paper or the mail."]
    assert sent(database) == []

    page = filled(desk, medium="paper", original=(io.BytesIO(PDF), "evaluation.pdf"))

    (one,) = sent(database)
    assert one.attachment_id is not None
    shown = page.visitor.get(page.path)
    with shown.visitor.raw.get(shown.links["Download the original"]) as answer:
        assert answer.data == PDF


@pytest.mark.parametrize("day", ["2026-10-15", "2024-01-01", ""])
def test_the_day_of_the_call_is_a_day_that_can_be(
    database: Database, desk: Page, day: str
) -> None:
    page = filled(desk, heard_on=day, refused=True)

    assert len(page.errors) == 1
    assert sent(database) == []


def test_who_wrote_it_down_does_not_decide_and_students_write_nothing_down(
    unit: Callable[[], Scene],
) -> None:
    scene = unit()
    session = scene.session
    cases.add_policy(
        session,
        cases.Class(
            scene.course,
            scene.session.get_one(Person, scene.instructor.person_id),
            scene.contact,
        ),
    )
    case = opening.open_for(session, scene.placement, actor=scene.instructor)
    assert case is not None
    # A midpoint has no hours that would tell who wrote them down.
    evaluation = requesting.begin(
        session, scene.placement, EvaluationKind.MIDPOINT, scene.contact, actor=scene.staff
    )
    origin = Origin(SubmissionSource.TRANSCRIBED, medium=Medium.PHONE, heard_on=TODAY)
    given = answers(session, evaluation)
    for stranger in (scene.student, scene.assistant, scene.supervisor):
        with pytest.raises(NotPermitted):
            transcribing.transcribe(session, evaluation, given, actor=stranger, origin=origin)

    def conflict(actor: Actor) -> str:
        ids = [scene.placement.id]
        found = conflicts.grounds(session, [case], ids, actor=actor)
        return conflicts.why_not(found, case, ids, actor=actor)

    assert conflict(scene.instructor) == ""

    transcribing.transcribe(session, evaluation, given, actor=scene.instructor, origin=origin)

    assert conflict(scene.instructor) == conflicts.TRANSCRIBED
    # Nor does whomever they ask to act for them.
    in_their_place = replace(
        scene.assistant,
        courses={
            scene.course.id: Standing(
                CourseRole.INSTRUCTOR, may_decide=True, acts_for_id=scene.instructor.person_id
            )
        },
    )
    assert "act for somebody who wrote down" in conflict(in_their_place)
    assert evaluation.state == EvaluationState.SUBMITTED


def test_the_supervisor_was_faster(
    database: Database, desk: Page, unit: Callable[[], Scene]
) -> None:
    scene = unit()
    evaluation = fill_in(scene.session, scene, "supervisor")
    operations.submit(scene.session, evaluation, actor=scene.supervisor)
    scene.session.commit()

    page = filled(desk)

    assert "is here already" in page.text
    assert len(sent(database)) == 1


def test_staff_close_what_nobody_will_answer(
    database: Database, cast: Scene, browser_of_staff: Visitor, desk: Page
) -> None:
    page = browser_of_staff.get(f"{cast.placement_path}/evaluation")
    page = page.follow("Close without an answer from Ines Carvalho")
    assert page.submit("Close it", status=422).errors == ["Say why; the instructor reads it"]

    page = page.submit("Close it", {"Why": "The company has closed."})

    assert "Evaluation unavailable: The company has closed." in page.text
    path = desk.path.removesuffix("/transcribe")
    desk.visitor.get(f"{path}/close", status=404)


def test_a_supervisor_who_comes_after_all_finds_what_they_had_written(
    cast: Scene, browser_of_staff: Visitor, ines: Page, link: str, unit: Callable[[], Scene]
) -> None:
    scene = unit()
    fill_in(scene.session, scene, "supervisor")
    scene.session.commit()
    page = browser_of_staff.get(f"{cast.placement_path}/evaluation")
    page = page.follow("Close without an answer from Ines Carvalho")
    page.submit("Close it", {"Why": "The company has closed."})

    page = ines.visitor.get(f"{link}/evaluation/words")
    assert "Rang two customers" in page.text
    page = page.submit("Save and continue")

    assert page.path.endswith("/check")
    assert page.submit("Send evaluation").heading == "Thank you. That is all we need."
