"""The reflection: a draft that keeps itself, and versions that stay."""

from sqlalchemy import func, select

from careerlink.db import Database
from credit.evidence.models import DeliverableVersion, EvidenceKind
from credit.evidence.reflection_models import ReflectionDraft
from tests.factories.hours import Work
from tests.pages import Visitor


def versions(database: Database) -> list[tuple[str, int, EvidenceKind]]:
    with database.read() as session:
        rows = session.scalars(select(DeliverableVersion).order_by(DeliverableVersion.id))
        return [(row.title, row.number, row.kind) for row in rows]


def test_a_reflection_is_drafted_handed_in_and_written_anew(
    student: Visitor, work: Work, database: Database
) -> None:
    page = student.get(work.address("/evidence")).follow("Write your reflection")
    page = page.submit("Keep as a draft", {"Your reflection": "I learned"})
    assert "A draft is kept" in page.text
    page = page.follow("Go on writing your reflection")
    assert page.form("Hand in the reflection").data["text"] == ["I learned"]

    page = page.submit("Hand in the reflection", {"Your reflection": "I learned to ask."})
    page = page.follow("Write a newer version")
    page = page.submit("Hand in the reflection", {"Your reflection": "I learned to ask first."})

    assert [number for _, number, _ in versions(database)] == [1, 2]
    assert "I learned to ask first." in page.text
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ReflectionDraft)) == 0


def test_the_draft_saves_itself(student: Visitor, work: Work, database: Database) -> None:
    page = student.get(work.address("/evidence/reflection"))
    token = page.soup.find("meta", {"name": "csrf-token"})["content"]
    address = page.soup.find("form", {"data-draft": "reflection"})["data-draft-url"]

    answer = student.raw.post(
        address,
        data={"text": "x" * 30_000},
        headers={"X-CSRFToken": token, "X-Draft": "reflection"},
    )

    assert answer.status_code == 204
    with database.read() as session:
        assert session.scalars(select(ReflectionDraft)).one().text == "x" * 20_000


def test_an_empty_or_endless_reflection_is_refused(student: Visitor, work: Work) -> None:
    page = student.get(work.address("/evidence/reflection"))

    page.submit("Hand in the reflection", {"Your reflection": " "}, status=422)
    text = "y" * 20_001
    page = page.submit("Hand in the reflection", {"Your reflection": text}, status=422)

    assert page.form("Hand in the reflection").data["text"] == [text]
