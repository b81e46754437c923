"""Uploaded files on disk, named by the hash of their content."""

import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar
from urllib.parse import unquote, urlsplit

from careerlink.config import Settings
from careerlink.errors import InvalidInput, NotFound

CHUNK = 1024 * 1024
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Kept:
    sha256: str
    size: int


def root(settings: Settings) -> Path:
    return Path(unquote(urlsplit(settings.files.url).path))


def path_of(settings: Settings, sha256: str) -> Path:
    return root(settings) / sha256[:2] / sha256


def keep(
    settings: Settings,
    stream: IO[bytes],
    recognize: Callable[[IO[bytes]], Kind],
    *,
    field: str = "file",
) -> tuple[Kept, Kind]:
    """Store ``stream`` if ``recognize`` does not refuse it; say where, and what it is.

    Read in chunks and counted on the way: what the browser says about the size is not believed.

    :raises InvalidInput: it is empty, larger than the limit, or refused.
    """
    folder = root(settings)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{secrets.token_hex(8)}.new"
    try:
        kept = _write(fresh, stream, settings.files.max_megabytes, field)
        with fresh.open("rb") as written:
            kind = recognize(written)
        target = path_of(settings, kept.sha256)
        target.parent.mkdir(exist_ok=True)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return kept, kind


def _write(path: Path, stream: IO[bytes], megabytes: int, field: str) -> Kept:
    hasher, size = hashlib.sha256(), 0
    with path.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > megabytes * 1024 * 1024:
                raise InvalidInput(f"Choose a file of up to {megabytes} MB.", field=field)
            hasher.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if size == 0:
        raise InvalidInput("The file is empty; choose another one.", field=field)
    return Kept(hasher.hexdigest(), size)


def open_file(settings: Settings, sha256: str) -> IO[bytes]:
    """:raises NotFound: the storage has lost it."""
    try:
        return path_of(settings, sha256).open("rb")
    except OSError as exc:
        raise NotFound("The file is missing from storage; tell the career office.") from exc
