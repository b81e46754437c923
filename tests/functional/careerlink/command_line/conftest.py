from pathlib import Path

import pytest

from tests.command_line import CommandLine, usual_tables, write_config


@pytest.fixture
def tables(tmp_path: Path, database_url: str) -> dict[str, dict[str, str | int]]:
    return usual_tables(tmp_path, database_url)


@pytest.fixture
def careerlink(
    tmp_path: Path,
    tables: dict[str, dict[str, str | int]],
    capsys: pytest.CaptureFixture[str],
) -> CommandLine:
    """On a migrated, empty database of each kind, as ``db upgrade`` leaves it."""
    run = CommandLine(write_config(tmp_path / "careerlink.toml", tables), capsys)
    run("db", "upgrade")
    return run


@pytest.fixture
def on_sqlite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """On an SQLite file that is not there yet."""
    tables = usual_tables(tmp_path, f"sqlite:///{tmp_path}/new.db")
    return CommandLine(write_config(tmp_path / "careerlink.toml", tables), capsys)
