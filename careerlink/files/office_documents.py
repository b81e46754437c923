"""Which office document a zip file is, by the names in it. Nothing is unpacked."""

import os
import struct
import zipfile
from typing import IO

from careerlink.errors import InvalidInput

MOST_NAMES = 5000
MOST_DIRECTORY = 1024 * 1024
LONGEST_TAIL = 22 + 65535
OPEN_XML = {
    "word/document": "docx",
    "xl/workbook": "xlsx",
    "ppt/presentation": "pptx",
}
"""The main part of each, without its ending."""
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
STRANGE = "This file holds what no document holds; export a PDF."
MACROS = ("vbaproject.bin", "script-lc.xml")


def recognize(stream: IO[bytes], *, field: str) -> str:
    """The key of the kind.

    :raises InvalidInput: another archive, a damaged one, or one with macros.
    """
    _require_small_directory(stream, field)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            mimetype = _mimetype(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError) as exc:
        raise InvalidInput("This file is damaged; save it again.", field=field) from exc
    _require_document(names, field)
    lower = {name.lower() for name in names}
    found = [key for name, key in OPEN_XML.items() if f"{name}.xml" in lower]
    if "[content_types].xml" in lower and len(found) == 1:
        return found[0]
    if mimetype in OPEN_DOCUMENT:
        return OPEN_DOCUMENT[mimetype]
    raise InvalidInput(
        "Archives are not taken; hand in what is inside, one by one.", field=field
    )


def _require_document(names: list[str], field: str) -> None:
    if len(names) > MOST_NAMES or any(_is_unsafe(name) for name in names):
        raise InvalidInput(STRANGE, field=field)
    if any(name.lower().endswith(MACROS) for name in names):
        raise InvalidInput(
            "This document has macros. Save it without them, or as PDF.", field=field
        )


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    """The first entry of an OpenDocument file, stored as it is."""
    try:
        info = archive.getinfo("mimetype")
    except KeyError:
        return b""
    if info.compress_type != zipfile.ZIP_STORED or info.file_size > 100:
        return b""
    return archive.read(info).strip()


def _is_unsafe(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return not parts[0] or "\0" in name or ".." in parts


def _require_small_directory(stream: IO[bytes], field: str) -> None:
    """zipfile reads the whole directory into memory; a bomb has one of millions of names."""
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(max(0, size - LONGEST_TAIL))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise InvalidInput("This file is damaged; save it again.", field=field)
    directory = struct.unpack("<L", tail[at + 12 : at + 16])[0]
    # The larger kind of archive says its directory's size elsewhere; no document needs it.
    if directory > MOST_DIRECTORY or b"PK\x06\x07" in tail[max(0, at - 20) : at]:
        raise InvalidInput(STRANGE, field=field)
