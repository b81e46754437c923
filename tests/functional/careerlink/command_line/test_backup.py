"""``careerlink backup FILE`` and ``careerlink restore FILE``."""

from pathlib import Path

import pytest

from tests.command_line import CommandLine, usual_tables, write_config


def test_a_backup_goes_into_a_new_place_but_not_over_an_old_one(
    careerlink: CommandLine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    careerlink("staff", "grant", "omar@eastmoor.example")
    file = tmp_path / "careerlink.zip"
    assert f"{file}: database and 0 files" in careerlink("backup", str(file)).out
    assert "not empty" in careerlink.refused("restore", str(file))

    tables = usual_tables(tmp_path / "other", f"sqlite:///{tmp_path}/other/new.db")
    (tmp_path / "other").mkdir()
    other = CommandLine(write_config(tmp_path / "other.toml", tables), capsys)
    assert "restored database and 0 files" in other("restore", str(file)).out
    rows = other("staff", "list", "--json").data
    assert [row["email"] for row in rows] == ["omar@eastmoor.example"]


def test_a_place_that_cannot_be_written_is_one_line(
    careerlink: CommandLine, tmp_path: Path
) -> None:
    line = careerlink.refused("backup", str(tmp_path / "none" / "careerlink.zip"))
    assert "No such file or directory" in line
    careerlink.refused("restore", str(tmp_path / "none.zip"))
