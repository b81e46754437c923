"""Uploaded files on disk, named by the hash of their content."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from careerlink.config import Settings
from careerlink.errors import InvalidInput, NotFound

CHUNK = 1024 * 1024


def root(settings: Settings) -> Path:
    return Path(unquote(urlsplit(settings.files.url).path))


def path_of(settings: Settings, sha256: str) -> Path:
    return root(settings) / sha256[:2] / sha256


def keep(settings: Settings, stream: IO[bytes], *, field: str = "file") -> tuple[str, int, bytes]:
    """Store ``stream`` and return its SHA-256, its size, and its first 4 kB for the type check.

    Read in chunks and counted on the way: what the browser says about the size is not believed.

    :raises InvalidInput: it is empty or larger than the limit.
    """
    limit = settings.files.max_megabytes * 1024 * 1024
    folder = root(settings)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{secrets.token_hex(8)}.new"
    try:
        sha256, size, head = _write(fresh, stream, limit, settings.files.max_megabytes, field)
        target = path_of(settings, sha256)
        target.parent.mkdir(exist_ok=True)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return sha256, size, head


def _write(
    path: Path, stream: IO[bytes], limit: int, megabytes: int, field: str
) -> tuple[str, int, bytes]:
    hasher, size, head = hashlib.sha256(), 0, b""
    with path.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise InvalidInput(f"Choose a file of up to {megabytes} MB.", field=field)
            head = head or chunk[:4096]
            hasher.update(chunk)
            out.write(chunk)
        os.fsync(out.fileno())
    if size == 0:
        raise InvalidInput("The file is empty; choose another one.", field=field)
    return hasher.hexdigest(), size, head


def open_file(settings: Settings, sha256: str) -> IO[bytes]:
    """:raises NotFound: the storage has lost it."""
    try:
        return path_of(settings, sha256).open("rb")
    except OSError as exc:
        raise NotFound("The file is missing from storage; tell the career office.") from exc
