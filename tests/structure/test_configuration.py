"""config.example.toml and the code know the same keys."""

import re
import tomllib
from collections.abc import Iterable

from pydantic import BaseModel

from careerlink.config import Settings
from tests.structure.sources import ROOT

EXAMPLE = ROOT / "config.example.toml"
TABLE = re.compile(r"^#? ?\[(\w+)\]")
KEY = re.compile(r"^#? ?(\w+) = ")


def test_the_example_names_every_key_and_no_other() -> None:
    table, named = "", set()
    for line in EXAMPLE.read_text().splitlines():
        if found := TABLE.match(line):
            table = found[1]
        elif found := KEY.match(line):
            named.add(f"{table}.{found[1]}")

    assert named == {
        f"{table}.{key}"
        for table, field in Settings.model_fields.items()
        for key in _keys(field.annotation)
    }


def _keys(table: object) -> Iterable[str]:
    assert isinstance(table, type)
    assert issubclass(table, BaseModel)
    return table.model_fields


def test_the_example_is_valid_as_it_stands() -> None:
    Settings.model_validate(tomllib.loads(EXAMPLE.read_text()))
