"""A student hands in a file or a link; every version stays."""

from typing import Any

import pytest
from sqlalchemy import func, select

from careerlink.db import Database
from careerlink.files.models import Attachment
from credit.evidence.models import DeliverableVersion, EvidenceKind
from tests.factories.evidence import PDF, hand_in, pdf
from tests.factories.hours import Work
from tests.pages import Page, Visitor

FRAME = "Frame a business question that data can answer"


def versions(database: Database) -> list[tuple[str, int, EvidenceKind]]:
    with database.read() as session:
        rows = session.scalars(select(DeliverableVersion).order_by(DeliverableVersion.id))
        return [(row.title, row.number, row.kind) for row in rows]


def content(student: Visitor, page: Page, link: str) -> bytes:
    return student.raw.get(page.links[link], buffered=True).get_data()


def test_a_file_is_handed_in_for_an_objective_and_downloaded(
    student: Visitor, work: Work
) -> None:
    page = hand_in(
        student,
        work,
        title="Question note",
        file=pdf(),
        objectives=[FRAME],
        note="Page 2 first.",
    )

    assert "“Question note” is handed in." in page.text
    assert f"Shows objective 1: {FRAME}" in page.text
    assert content(student, page, "note.pdf , version 1") == PDF


def test_a_link_is_shown_with_its_host(student: Visitor, work: Work) -> None:
    page = hand_in(student, work, title="Dashboard", url="https://charts.example.org/a?b=1")

    (link,) = [
        a for a in page.soup.find_all("a") if str(a["href"]).startswith("https://charts")
    ]
    assert "charts.example.org" in link.get_text()
    assert {"noopener", "noreferrer"} <= set(link["rel"])


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://x.example",
        "data:text/html,<b>x</b>",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "//example.org/x",
        "https://",
        "https://localhost/x",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org/\u202egnp.exe",
        "https://exa mple.org/",
        "https://[::1",
        "https://example.org:port/",
        "https://example.org/" + "x" * 2000,
    ],
)
def test_only_plain_web_addresses_are_links(
    student: Visitor, work: Work, database: Database, url: str
) -> None:
    page = hand_in(student, work, status=422, title="Dashboard", url=url)

    assert page.errors
    assert page.form("Hand it in").data["title"] == ["Dashboard"]
    assert versions(database) == []


def test_confidential_work_is_attested_without_an_upload(
    student: Visitor, work: Work, database: Database
) -> None:
    page = hand_in(student, work, title="Price model", is_attested=True)

    assert "Confidential; the supervisor attests it" in page.text
    assert versions(database) == [("Price model", 1, EvidenceKind.ATTESTED)]


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Nothing"},
        {"title": "", "url": "https://example.org/"},
        {"title": "x" * 121, "url": "https://example.org/"},
        {"title": "Both", "url": "https://example.org/", "is_attested": True},
    ],
)
def test_one_thing_with_a_name_is_asked_for(
    student: Visitor, work: Work, database: Database, values: dict[str, Any]
) -> None:
    assert hand_in(student, work, status=422, **values).errors
    assert versions(database) == []


def test_a_refused_form_leaves_no_file_behind(
    student: Visitor, work: Work, database: Database
) -> None:
    page = hand_in(
        student, work, status=422, title="Both", file=pdf(), url="https://example.org/"
    )

    assert "browsers forget it" in " ".join(page.errors)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_a_new_version_stands_beside_the_older(
    student: Visitor, work: Work, database: Database
) -> None:
    page = hand_in(student, work, title="Question note", file=pdf(), objectives=[FRAME])

    page = page.follow("Hand in a new version")
    page = hand_in(student, work, page=page, file=pdf("note-2.pdf", PDF + b"2"))

    assert versions(database) == [
        ("Question note", 1, EvidenceKind.FILE),
        ("Question note", 2, EvidenceKind.FILE),
    ]
    assert content(student, page, "note.pdf , version 1") == PDF
    assert content(student, page, "note-2.pdf , version 2") == PDF + b"2"


def test_pressing_twice_hands_in_once(student: Visitor, work: Work, database: Database) -> None:
    for _ in range(2):
        hand_in(student, work, title="Question note", file=pdf())

    assert len(versions(database)) == 1


def test_an_objective_of_another_agreement_is_refused(
    student: Visitor, work: Work, database: Database
) -> None:
    page = student.get(work.address("/evidence/new"))
    data = {
        **page.form("Hand it in").data,
        "title": "x",
        "url": "https://example.org/",
        "objectives": ["theirs"],
    }

    student.post(work.address("/evidence/new"), data, status=422)

    assert versions(database) == []
