"""Tests that take turns with the databases: none is left out, and each database gets some."""

from pathlib import Path

import pytest

from tests import taking_turns
from tests.taking_turns import FILES, OPTION, has_turn, turn_away

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]
TESTS = """
import pytest

@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    return request.param

def test_words(database_url): ...

@pytest.mark.parametrize("case", ["a", "b", "c", "d"])
def test_cases(case, database_url): ...

def test_pressed_twice(database_url): ...

@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_of_one_kind(database_url): ...

def test_without(): ...
"""


def test_every_file_whose_tests_take_turns_is_there() -> None:
    assert [file for file in sorted(FILES) if not (ROOT / file).exists()] == []


@pytest.fixture
def items(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> list[pytest.Item]:
    """Of a file whose tests take turns."""
    found = pytester.getitems(TESTS)
    monkeypatch.setattr(taking_turns, "FILES", {found[0].nodeid.partition("::")[0]})
    return found


def test_each_case_runs_once_and_some_on_each_database(items: list[pytest.Item]) -> None:
    run = [item.name for item in items if has_turn(item)]

    in_turn = [name for name in run if name.startswith(("test_words", "test_cases"))]
    assert sorted(name.rpartition("-")[2] for name in in_turn[1:]) == ["a]", "b]", "c]", "d]"]
    assert {name.partition("[")[2].rstrip("]").partition("-")[0] for name in in_turn} == {
        "sqlite",
        "postgresql",
    }
    assert [name for name in run if name not in in_turn] == [
        "test_pressed_twice[sqlite]",
        "test_pressed_twice[postgresql]",
        "test_of_one_kind[postgresql]",
        "test_without",
    ]


def test_of_a_part_of_the_tests_the_same_ones_run(items: list[pytest.Item]) -> None:
    whole = [item.name for item in items if has_turn(item)]

    assert [item.name for item in items[3:6] if has_turn(item)] == [
        item.name for item in items[3:6] if item.name in whole
    ]


def test_nothing_is_left_out_where_both_databases_are_asked_for(
    pytestconfig: pytest.Config, items: list[pytest.Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pytestconfig.option, OPTION.strip("-").replace("-", "_"), True)
    run = list(items)

    turn_away(pytestconfig, run)

    assert run == items
