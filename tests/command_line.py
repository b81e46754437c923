"""The command line as somebody at a terminal meets it, in this process."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from careerlink import cli


@dataclass
class Printed:
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


class CommandLine:
    """``careerlink --config FILE …``, ending with the exit code that is expected."""

    def __init__(self, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.config = config
        self._capsys = capsys

    def __call__(self, *arguments: str, code: int = 0) -> Printed:
        self._capsys.readouterr()
        ended = 0
        level, handlers = logging.root.level, logging.root.handlers[:]
        try:
            cli.main(["--config", str(self.config), *arguments])
        except SystemExit as exc:
            ended = int(exc.code or 0)
        finally:
            logging.root.setLevel(level)
            logging.root.handlers[:] = handlers
        printed = Printed(*self._capsys.readouterr())
        assert ended == code, f"exit code {ended}: {printed}"
        return printed

    def refused(self, *arguments: str) -> str:
        """The one line on standard error with which a command refuses."""
        printed = self(*arguments, code=2)
        assert printed.out == ""
        lines = printed.err.splitlines()
        assert len(lines) == 1, lines
        assert lines[0].startswith("careerlink: ")
        return lines[0]


def write_config(path: Path, tables: Mapping[str, Mapping[str, str | int]]) -> Path:
    lines = []
    for table, values in tables.items():
        lines.append(f"[{table}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    path.write_text("\n".join(lines))
    return path


def usual_tables(folder: Path, database_url: str) -> dict[str, dict[str, str | int]]:
    return {
        "server": {
            "public_url": "https://careerlink.example.edu",
            "secret_key": "only-for-tests-" * 4,
        },
        "database": {"url": database_url},
        "mail": {"url": f"file://{folder}/mail", "sender": "CareerLink <c@example.edu>"},
        "files": {"url": f"file://{folder}/files"},
    }
