"""The reflection: a draft that keeps itself, and versions that stay."""

from sqlalchemy import func, select

from careerlink.db import Database
from credit.evidence.models import DeliverableVersion, EvidenceKind
from credit.evidence.reflection_models import ReflectionDraft
from tests.factories.hours import Work
from tests.pages import Visitor

FRAME = "Frame a business question that data can answer"


def versions(database: Database) -> list[tuple[str, int, EvidenceKind]]:
    with database.read() as session:
        rows = session.scalars(select(DeliverableVersion).order_by(DeliverableVersion.id))
        return [(row.title, row.number, row.kind) for row in rows]


FIRST, SECOND, ALL = (
    "Objective 1: your answer",
    "Objective 2: your answer",
    "All of it together",
)


def test_a_reflection_is_drafted_handed_in_and_written_anew(
    student: Visitor, work: Work, database: Database
) -> None:
    page = student.get(work.address("/evidence")).follow("Write your reflection")
    assert "What did you do for this objective" in page.text
    page = page.submit("Keep as a draft", {FIRST: "I framed", ALL: "I learned"})
    assert "A draft is kept" in page.text
    page = page.follow("Go on writing your reflection")
    drafted = page.form("Hand in the reflection").data
    assert (drafted["text"], drafted["answer-frame"]) == (["I learned"], ["I framed"])

    page = page.submit("Hand in the reflection", status=422)
    assert page.errors == ["Objective 2: write something first."]
    page = page.submit("Hand in the reflection", {SECOND: "I showed it twice."})
    page = page.follow("Write a newer version")
    page = page.submit("Hand in the reflection", {ALL: "I learned to ask first."})

    assert [number for _, number, _ in versions(database)] == [1, 2]
    for said in ("I framed", "I showed it twice.", "I learned to ask first.", "I learned"):
        assert said in page.text


def test_a_short_project_asks_one_question(
    student: Visitor, work: Work, database: Database
) -> None:
    with database.write() as session:
        agreement = session.merge(work.agreement)
        assert agreement is not None
        agreement.planned_minutes = 10 * 60

    page = student.get(work.address("/evidence/reflection"))
    assert "In five to ten sentences" in page.text
    page = page.submit(
        "Hand in the reflection",
        {"Your reflection": "I learned to ask.", "objectives": [FRAME]},
    )

    assert f"Shows objective 1: {FRAME}" in page.text


def test_the_course_asks_its_own_questions(
    student: Visitor, work: Work, database: Database
) -> None:
    teacher = work.teacher(student, database)
    page = teacher.get(f"/courses/{work.course.public_id}/reflections")
    page = page.submit("Save the questions", {"Asked for each objective": " "}, status=422)
    assert page.errors == ["Write the question."]
    page.submit("Save the questions", {"Asked for each objective": "How did you frame it?"})

    writer = work.visitor(student, database)
    assert "How did you frame it?" in writer.get(work.address("/evidence/reflection")).text
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ReflectionDraft)) == 0


def test_the_draft_saves_itself(student: Visitor, work: Work, database: Database) -> None:
    page = student.get(work.address("/evidence/reflection"))
    token = str(page.element("meta[name=csrf-token]")["content"])
    address = str(page.element("form[data-draft=reflection]")["data-draft-url"])

    answer = student.raw.post(
        address,
        data={"text": "x" * 30_000, "answer-frame": "framed"},
        headers={"X-CSRFToken": token, "X-Draft": "reflection"},
    )

    assert answer.status_code == 204
    with database.read() as session:
        draft = session.scalars(select(ReflectionDraft)).one()
        assert draft.text == "x" * 20_000
        assert draft.answers["frame"] == "framed"


def test_an_empty_or_endless_reflection_is_refused(student: Visitor, work: Work) -> None:
    page = student.get(work.address("/evidence/reflection"))

    filled = {FIRST: "Framed.", SECOND: "Presented."}
    page.submit("Hand in the reflection", {**filled, ALL: " "}, status=422)
    text = "y" * 20_001
    page = page.submit("Hand in the reflection", {**filled, ALL: text}, status=422)

    assert page.form("Hand in the reflection").data["text"] == [text]
