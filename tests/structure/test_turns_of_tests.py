"""Tests that take turns with the databases: none is left out, and each database gets some."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.taking_turns import DATABASES, FILES, OPTION, has_turn, turn_away

ROOT = Path(__file__).parents[2]
FILE = min(FILES)
MODULE = SimpleNamespace(test_words=1, test_cases=1, test_pressed_twice=1)
CASES = ("a", "b", "c", "d")


def item(test: str, database: str, *cases: str, of_one_kind: bool = False) -> Any:
    """As pytest makes it of a test with the parameters of its fixtures."""
    callspec = SimpleNamespace(
        id="-".join([database, *cases]), params={"database_url": database}
    )
    marks = [SimpleNamespace(args=("database_url", [database]))] if of_one_kind else []
    return SimpleNamespace(
        nodeid=f"{FILE}::{test}[{callspec.id}]",
        originalname=test,
        module=MODULE,
        fixturenames=["database_url", "session"],
        callspec=callspec,
        iter_markers=lambda _name: marks,
    )


def on(test: str, *cases: str) -> list[str]:
    return [name for name in DATABASES if has_turn(item(test, name, *cases))]


def test_every_file_whose_tests_take_turns_is_there() -> None:
    assert [file for file in sorted(FILES) if not (ROOT / file).exists()] == []


def test_each_case_runs_once_and_some_on_each_database() -> None:
    turns = [on("test_words"), *(on("test_cases", case) for case in CASES)]

    assert all(len(turn) == 1 for turn in turns)
    assert {name for turn in turns for name in turn} == set(DATABASES)


def test_two_at_once_run_on_both() -> None:
    assert on("test_pressed_twice") == list(DATABASES)


@pytest.mark.parametrize("database", DATABASES)
def test_a_test_that_names_its_database_runs_there(database: str) -> None:
    assert has_turn(item("test_words", database, of_one_kind=True))


def test_what_uses_no_database_runs() -> None:
    plain = item("test_words", "sqlite")
    plain.fixturenames, plain.callspec = ["tmp_path"], None

    assert has_turn(plain)


def test_nothing_is_left_out_where_both_databases_are_asked_for(
    pytestconfig: pytest.Config, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pytestconfig.option, OPTION.strip("-").replace("-", "_"), True)
    everything = list(request.session.items)

    turn_away(pytestconfig, run := list(everything))

    assert run == everything
