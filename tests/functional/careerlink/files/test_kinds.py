"""Files are what their content says, and nothing that could run is taken."""

import io
import struct
import zipfile

import pytest

from careerlink.errors import InvalidInput
from careerlink.files.kinds import CSV, DOCUMENTS, EVERYDAY, PDF, TEXT, FileKind, recognize
from careerlink.files.names import safe_name

DOCX = ("[Content_Types].xml", "word/document.xml")


def archive(*names: str, **contents: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in contents.items():
            made.writestr(name, content)
        for name in names:
            made.writestr(name, b"<x/>")
    return out.getvalue()


def kind_of(
    content: bytes, name: str = "file", allowed: tuple[FileKind, ...] = EVERYDAY
) -> str:
    return recognize(io.BytesIO(content), name, allowed=allowed, field="file").key


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.4 x", "a.pdf", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "a.png", "png"),
        (b"\xff\xd8\xff\xe0....", "a.jpg", "jpeg"),
        (b"GIF89a....", "a.gif", "gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a.webp", "webp"),
        (b"\x00\x00\x00\x18ftypmp42....", "a.mp4", "mp4"),
        (archive(*DOCX), "a.docx", "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "xlsx"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", "pptx"),
        (
            archive("content.xml", mimetype=b"application/vnd.oasis.opendocument.text"),
            "a.odt",
            "odt",
        ),
        ("Zeit,Länge\n1,2\n".encode(), "a.csv", "csv"),
        ("Größe".encode("cp1252"), "a.txt", "text"),
        (b"# Notes\n", "a.md", "text"),
        # The name proves nothing: a PDF that calls itself a program is a PDF.
        (b"%PDF-1.4 x", "a.exe", "pdf"),
    ],
)
def test_what_is_taken(content: bytes, name: str, kind: str) -> None:
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00", "report.pdf", "a program"),
        (b"\x7fELF\x02", "report.pdf", "a program"),
        (b"\xcf\xfa\xed\xfe....", "report.docx", "a program"),
        (b"#!/bin/sh\nrm -rf /\n", "notes.txt", "a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.doc", "old Office format"),
        (b"<!DOCTYPE html><p>x", "page.txt", "web page"),
        (b"hello <ScRiPt >alert(1)</script>", "page.csv", "web page"),
        (b"\xef\xbb\xbf<svg xmlns='x'>", "logo.txt", "web page"),
        (b"<?xml version='1.0'?><svg/>", "logo.csv", "web page"),
        (b"print('x')\n", "solve.py", "give the link"),
        (b"@echo off\n", "run.bat", "give the link"),
        (b"plain\x00text", "a.txt", "one of"),
        (b"\x1f\x8b\x08....", "a.tgz", "one of"),
        (archive("readme.txt"), "a.zip", "Archives are not taken"),
        (archive(*DOCX)[:-10], "a.docx", "damaged"),
        (b"PK\x03\x04", "a.docx", "damaged"),
        (archive(*DOCX, "word/vbaProject.bin"), "a.docx", "macros"),
        (archive(*DOCX, "../../etc/passwd"), "a.docx", "no document holds"),
        (archive(*DOCX, "/etc/passwd"), "a.docx", "no document holds"),
        (archive(*DOCX, "..\\..\\x"), "a.docx", "no document holds"),
        (archive(*DOCX, *(f"n{i}" for i in range(5001))), "a.docx", "no document holds"),
    ],
)
def test_what_is_refused(content: bytes, name: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        kind_of(content, name)

    assert refused.value.field == "file"


def test_an_archive_with_a_huge_directory_is_refused_before_it_is_read() -> None:
    content = bytearray(archive(*DOCX))
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<L", 2**31)

    with pytest.raises(InvalidInput, match="no document holds"):
        kind_of(bytes(content))


def test_a_bomb_is_recognized_without_unpacking_it() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in DOCX:
            made.writestr(name, b"<x/>")
        with made.open("word/media.bin", "w") as entry:
            for _ in range(64):
                entry.write(b"\0" * 1024 * 1024)

    assert kind_of(out.getvalue(), "a.docx") == "docx"


def test_a_kind_that_is_not_wanted_here_is_named() -> None:
    with pytest.raises(InvalidInput, match="This is CSV table; choose one of: PDF, Word"):
        kind_of(b"a,b\n", "a.csv", DOCUMENTS)


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("note.pdf", PDF, "note.pdf"),
        ("C:\\Users\\maya\\note.PDF", PDF, "note.pdf"),
        ("../../etc/passwd", TEXT, "passwd.txt"),
        ("report.exe", PDF, "report.pdf"),
        ("fdp.\u202efdp.exe", PDF, "fdp.fdp.pdf"),
        ("a\r\nSet-Cookie: x=1.csv", CSV, "aSet-Cookie_ x=1.csv"),
        ('a"; filename="b.pdf', PDF, "a__ filename=_b.pdf"),
        ("...", PDF, "file.pdf"),
        ("", PDF, "file.pdf"),
        ("Übersicht Größe.csv", CSV, "Übersicht Größe.csv"),
        ("x" * 500 + ".pdf", PDF, "x" * 120 + ".pdf"),
    ],
)
def test_names_are_safe_and_tell_the_truth(given: str, kind: FileKind, name: str) -> None:
    assert safe_name(given, kind) == name
