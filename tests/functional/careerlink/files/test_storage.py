"""Storage: counted while reading, refused without a trace, equal content once."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from careerlink.config import Settings
from careerlink.errors import InvalidInput, NotFound
from careerlink.files import storage


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_validate(
        {
            "server": {"public_url": "https://x.example", "secret_key": "k" * 40},
            "files": {"url": f"file://{tmp_path}/files", "max_megabytes": 1},
        }
    )


class Endless(io.BytesIO):
    """A stream of two gigabytes that counts what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def read(self, size: int | None = -1, /) -> bytes:
        assert size and 0 < size <= storage.CHUNK, "all of it was asked for at once"
        if self.given >= 2 * 1024**3:
            return b""
        self.given += size
        return b"\0" * size


def anything(_stream: IO[bytes]) -> str:
    return "anything"


def files(settings: Settings) -> Iterator[Path]:
    return (path for path in storage.root(settings).rglob("*") if path.is_file())


def test_two_gigabytes_are_cut_at_the_limit(settings: Settings) -> None:
    stream = Endless()

    with pytest.raises(InvalidInput, match="up to 1 MB"):
        storage.keep(settings, stream, anything)

    assert stream.given <= 3 * storage.CHUNK
    assert list(files(settings)) == []


def test_the_limit_itself_is_taken_and_one_byte_more_is_not(settings: Settings) -> None:
    kept, _ = storage.keep(settings, io.BytesIO(b"x" * 1024 * 1024), anything)

    assert kept.size == 1024 * 1024
    with pytest.raises(InvalidInput):
        storage.keep(settings, io.BytesIO(b"x" * (1024 * 1024 + 1)), anything)


def test_equal_content_is_stored_once(settings: Settings) -> None:
    first, _ = storage.keep(settings, io.BytesIO(b"same"), anything)
    second, _ = storage.keep(settings, io.BytesIO(b"same"), anything)

    assert first == second
    assert len(list(files(settings))) == 1
    with storage.open_file(settings, first.sha256) as stored:
        assert stored.read() == b"same"


def test_a_refused_or_empty_file_leaves_nothing(settings: Settings) -> None:
    def refuse(_stream: IO[bytes]) -> str:
        raise InvalidInput("No.", field="file")

    for content in (b"x", b""):
        with pytest.raises(InvalidInput):
            storage.keep(settings, io.BytesIO(content), refuse)

    assert list(files(settings)) == []


def test_a_lost_file_is_not_found(settings: Settings) -> None:
    with pytest.raises(NotFound, match="career office"):
        storage.open_file(settings, "0" * 64)
