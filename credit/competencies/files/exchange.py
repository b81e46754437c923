"""From our rows to a file and back, whichever the format."""

import re
from collections import Counter
from collections.abc import Sequence

from careerlink.csv_text import FileRefused
from credit.competencies.files import canvas, case, case_writing, moodle
from credit.competencies.files.case_writing import identifier_of
from credit.competencies.files.content import MOST_BYTES, Content, Item
from credit.competencies.models import Competency, CompetencyFramework, FileFormat

PLAIN = re.compile(r"[A-Za-z0-9._-]{1,100}")
EXTENSIONS = {
    FileFormat.CASE: ("json", "application/json"),
    FileFormat.CANVAS: ("csv", "text/csv"),
    FileFormat.MOODLE: ("csv", "text/csv"),
}
WORDS = {
    FileFormat.CASE: "1EdTech CASE (JSON)",
    FileFormat.CANVAS: "Canvas outcomes (CSV)",
    FileFormat.MOODLE: "Moodle competencies (CSV)",
}


def read(file_format: FileFormat, data: bytes, *, root: str = "") -> Content:
    """:raises FileRefused: with every fault and its place."""
    if len(data) > MOST_BYTES:
        raise FileRefused([f"The file is larger than {MOST_BYTES // 1024 // 1024} MB."])
    if not data.strip():
        raise FileRefused(["The file is empty."])
    if file_format == FileFormat.CASE:
        return case.read(data)
    if file_format == FileFormat.CANVAS:
        return canvas.read(data, root=root)
    return moodle.read(data)


def write(content: Content) -> bytes:
    if content.file_format == FileFormat.CASE:
        return case_writing.write(content)
    if content.file_format == FileFormat.CANVAS:
        return canvas.write(content)
    return moodle.write(content)


def content_of(
    framework: CompetencyFramework, rows: Sequence[Competency], file_format: FileFormat
) -> Content:
    keys = keys_of(rows, file_format)
    return Content(
        file_format,
        key=framework_key(framework, file_format),
        name=framework.name,
        source=framework.source,
        description=framework.description,
        told=framework.told.get(file_format.value, {}),
        items=[
            Item(
                key=keys[row.id],
                code=row.code,
                label=row.label,
                description=row.description,
                behaviors=list(row.behaviors),
                anchors=[str(sentence) for sentence in row.anchors],
                parent=keys.get(row.parent_id or 0, ""),
                is_group=row.is_group,
                is_retired=row.retired_at is not None,
                told=row.told.get(file_format.value, {}),
            )
            for row in rows
        ],
    )


def keys_of(rows: Sequence[Competency], file_format: FileFormat) -> dict[int, str]:
    """By row what the format knows it by; the same in every export."""
    if file_format == FileFormat.CASE:
        return {row.id: row.uri for row in rows}
    if file_format == FileFormat.CANVAS:
        # Canvas wants them unique in the whole account, and new ones without a colon.
        return {row.id: _told(row, "canvas", "vendor_guid") for row in rows}
    codes = Counter(row.code for row in rows)
    return {
        row.id: row.told.get("moodle", {}).get("id_number")
        or (row.code if codes[row.code] == 1 and PLAIN.fullmatch(row.code) else None)
        or identifier_of(row.uri)
        for row in rows
    }


def _told(row: Competency, name: str, key: str) -> str:
    return str(row.told.get(name, {}).get(key) or identifier_of(row.uri))


def framework_key(framework: CompetencyFramework, file_format: FileFormat) -> str:
    if file_format == FileFormat.CASE:
        return framework.uri
    told = framework.told.get(file_format.value, {})
    if file_format == FileFormat.CANVAS:
        # One that came from Canvas without a group of ours over it goes back without.
        has_root = told.get("has_root", not told)
        return identifier_of(framework.uri) if has_root else ""
    last = framework.uri.rpartition("/")[2]
    return (
        told.get("id_number")
        or (last if PLAIN.fullmatch(last) else "")
        or identifier_of(framework.uri)
    )
