"""Files that are no evidence: too large, broken, disguised, with names that play tricks."""

import io
from pathlib import Path

import pytest
from sqlalchemy import select

from careerlink.config import Settings
from careerlink.db import Database
from credit.evidence.models import DeliverableVersion, EvidenceKind
from tests.factories.evidence import hand_in, pdf
from tests.factories.hours import Work
from tests.pages import Visitor

FRAME = "Frame a business question that data can answer"


def versions(database: Database) -> list[tuple[str, int, EvidenceKind]]:
    with database.read() as session:
        rows = session.scalars(select(DeliverableVersion).order_by(DeliverableVersion.id))
        return [(row.title, row.number, row.kind) for row in rows]


def stored_files(settings: Settings) -> list[Path]:
    root = Path(settings.files.url.removeprefix("file://"))
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


class Endless(io.RawIOBase):
    """A body without a length that never ends, as a chunked upload has it."""

    def __init__(self) -> None:
        self.given = 0
        self.head = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
            b"Content-Type: application/pdf\r\n\r\n%PDF-1.7\n"
        )

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert self.given < 64 * 1024**2, "it was read far beyond the limit"
        size = 64 * 1024 if size < 0 else min(size, 1024 * 1024)
        chunk = (self.head + b"0" * size)[:size]
        self.head = self.head[size:]
        self.given += len(chunk)
        return chunk

    # The name of every kind of buffer, ``collections.abc.Buffer``, comes with Python 3.12.
    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        chunk = self.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def test_a_body_without_a_length_is_cut_at_the_limit(
    student: Visitor, work: Work, settings: Settings, database: Database
) -> None:
    body = Endless()

    page = student.open(
        work.address("/evidence/new"),
        method="POST",
        status=413,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"wsgi.input": body, "wsgi.input_terminated": True},
    )

    assert "up to 25 MB" in page.text
    assert 0 < body.given <= 28 * 1024**2
    assert stored_files(settings) == [] and versions(database) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "The file is empty"),
        ("bomb.docx", b"PK\x03\x04" + b"\0" * 99, "This file is damaged"),
        ("both.pdf", b"<html><script>1</script>%PDF-1.7", "This is a web page"),
    ],
)
def test_a_refused_file_keeps_the_note_that_was_typed(
    student: Visitor, work: Work, name: str, content: bytes, words: str
) -> None:
    page = hand_in(
        student,
        work,
        status=422,
        title="Note",
        note="Page 2 first.",
        file=(io.BytesIO(content), name),
    )

    assert words in page.errors[0]
    assert page.form("Hand it in").data["note"] == ["Page 2 first."]


def test_a_name_with_tricks_is_made_harmless(student: Visitor, work: Work) -> None:
    page = hand_in(student, work, title="Note", file=pdf("../../\u202efdp." + "x" * 300))

    (name,) = [text for text in page.links if text.endswith(", version 1")]
    assert "/" not in name and "\u202e" not in name and len(name) < 160


def test_a_body_that_says_it_is_huge_is_not_read(student: Visitor, work: Work) -> None:
    page = student.open(
        work.address("/evidence/new"),
        method="POST",
        status=413,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={
            "CONTENT_LENGTH": str(2 * 1024**3),
            "wsgi.input": Unreadable(),
        },
    )

    assert "up to 25 MB" in page.text


class Unreadable(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        raise AssertionError("the body was read")


def test_a_program_with_a_document_name_is_refused(
    student: Visitor, work: Work, settings: Settings
) -> None:
    page = hand_in(
        student, work, status=422, title="Note", file=pdf(content=b"MZ\x90\x00" * 99)
    )

    assert "This is a program, whatever its name says" in page.errors[0]
    assert stored_files(settings) == []
