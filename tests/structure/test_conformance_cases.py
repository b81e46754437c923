"""Every case of the certification has a test; every gap of PyLTI1p3 names tests that exist."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.gaps import GAPS
from tests.conformance.named_cases import named
from tests.conformance.official import CASES
from tests.structure.sources import name_of, python_files, tree_of

TESTS = [path for path in python_files("tests") if path.name.startswith("test_")]


def functions_of(path: Path) -> Iterator[ast.FunctionDef]:
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def words_of(path: Path) -> Iterator[str]:
    """Names and docstrings of tests, and the texts that they may be parametrized with."""
    module = tree_of(path)
    docstring = ast.get_docstring(module, clean=False)
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value != docstring:
                yield node.value
        elif isinstance(node, ast.FunctionDef):
            yield node.name


@pytest.mark.parametrize("kind", ["BAD", "TCH", "STU", "DLK", "NRP", "AGS", "X"])
def test_each_official_case_has_a_test(kind: str) -> None:
    tested = {
        case
        for path in TESTS
        if path != Path(__file__)
        for words in words_of(path)
        for case in named(words)
    }

    assert [c.id for c in CASES if c.id.startswith(f"{kind}-") and c.id not in tested] == []


def test_each_gap_is_covered_by_tests_that_exist() -> None:
    cases = {case.id for case in CASES}
    tests = {f"{name_of(path)}::{test.name}" for path in TESTS for test in functions_of(path)}

    assert [gap.id for gap in GAPS] == [f"G{number}" for number in range(1, 27)]
    assert [gap.id for gap in GAPS if not (gap.cases or gap.tests)] == []
    assert {case for gap in GAPS for case in gap.cases} - cases == set()
    assert {test for gap in GAPS for test in gap.tests} - tests == set()


def test_cases_are_read_from_names() -> None:
    assert [*named("test_x_20_to_22_roles")] == ["X-20", "X-21", "X-22"]
    assert [*named("test_it[sqlite-BAD-06a missing claims]")] == ["BAD-06a"]
    assert [*named("test_x_11b_a_state, max-24, x_2024")] == ["X-11b"]
