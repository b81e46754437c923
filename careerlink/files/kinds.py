"""What a file is, by its content. The name and the browser's word for it prove nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from careerlink.errors import InvalidInput
from careerlink.files import office_documents, texts

HEAD = 4096


@dataclass(frozen=True)
class FileKind:
    key: str
    label: str
    media_type: str
    endings: tuple[str, ...]


PDF = FileKind("pdf", "PDF", "application/pdf", (".pdf",))
PNG = FileKind("png", "PNG image", "image/png", (".png",))
JPEG = FileKind("jpeg", "JPEG image", "image/jpeg", (".jpg", ".jpeg"))
GIF = FileKind("gif", "GIF image", "image/gif", (".gif",))
WEBP = FileKind("webp", "WebP image", "image/webp", (".webp",))
MP4 = FileKind("mp4", "MP4 video", "video/mp4", (".mp4", ".m4v"))
TEXT = FileKind("text", "plain text", "text/plain", (".txt", ".md"))
CSV = FileKind("csv", "CSV table", "text/csv", (".csv",))
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
DOCX = FileKind("docx", "Word", f"{_OPEN_XML}.wordprocessingml.document", (".docx",))
XLSX = FileKind("xlsx", "Excel", f"{_OPEN_XML}.spreadsheetml.sheet", (".xlsx",))
PPTX = FileKind("pptx", "PowerPoint", f"{_OPEN_XML}.presentationml.presentation", (".pptx",))
ODT = FileKind("odt", "OpenDocument text", f"{_ODF}.text", (".odt",))
ODS = FileKind("ods", "OpenDocument table", f"{_ODF}.spreadsheet", (".ods",))
ODP = FileKind("odp", "OpenDocument slides", f"{_ODF}.presentation", (".odp",))

OFFICE = {kind.key: kind for kind in (DOCX, XLSX, PPTX, ODT, ODS, ODP)}
EVERYDAY = (PDF, *OFFICE.values(), PNG, JPEG, GIF, WEBP, MP4, TEXT, CSV)
DOCUMENTS = (PDF, DOCX, ODT, PNG, JPEG)
"""For what the office files away: agreements, certificates, scans."""

IN_WORDS = "PDF, Word, Excel, PowerPoint, OpenDocument, images, MP4, text or CSV"
PROGRAM = "This is a program, whatever its name says. Programs are not taken."
OLD = "This is an old Office format. Save it as .docx, .xlsx, .pptx or PDF."
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"#!",
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
VIDEO_BRANDS = (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"qt  ")


def recognize(
    stream: IO[bytes], name: str, *, allowed: Iterable[FileKind], field: str
) -> FileKind:
    """:raises InvalidInput: not one of ``allowed``, in words."""
    allowed = tuple(allowed)
    head = stream.read(HEAD)
    if head.startswith(PROGRAMS):
        raise InvalidInput(PROGRAM, field=field)
    if head.startswith(OLD_OFFICE):
        raise InvalidInput(OLD, field=field)
    kind = (
        _by_signature(head) or _zipped(stream, head, field) or _text(stream, head, name, field)
    )
    if kind not in allowed:
        found = f"This is {kind.label}; choose" if kind else "Choose"
        raise InvalidInput(f"{found} one of: {_listed(allowed)}.", field=field)
    return kind


def accepted(allowed: Iterable[FileKind]) -> str:
    """For a file input's ``accept``: what the picker shows first."""
    return ",".join(ending for kind in allowed for ending in kind.endings)


def _by_signature(head: bytes) -> FileKind | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in VIDEO_BRANDS:
        return MP4
    return None


def _zipped(stream: IO[bytes], head: bytes, field: str) -> FileKind | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    return OFFICE.get(office_documents.recognize(stream, field=field))


def _text(stream: IO[bytes], head: bytes, name: str, field: str) -> FileKind | None:
    if head.startswith(b"PK") or not texts.is_text(stream):
        return None
    texts.require_harmless(head, field=field)
    ending = name.lower()
    for kind in (CSV, TEXT):
        if ending.endswith(kind.endings):
            return kind
    raise InvalidInput(
        "Plain text is taken as .txt, .md or .csv. Put code where it can be read, and give "
        "the link.",
        field=field,
    )


def _listed(allowed: tuple[FileKind, ...]) -> str:
    return IN_WORDS if allowed == EVERYDAY else ", ".join(kind.label for kind in allowed)
