"""Every story and edge case that is promised has tests, and they exist."""

import pytest

from tests.edge_cases import BAD_INPUT, EDGE_CASES
from tests.journeys import FACULTY, OFFICE, STUDENT, SUPERVISOR
from tests.structure.sources import python_files, tree_of


def test_ten_edge_cases_are_named() -> None:
    assert len(EDGE_CASES) == 10


def test_faculty_has_twelve_stories() -> None:
    assert [int(name.split()[0][1:]) for name in FACULTY] == list(range(1, 13))


@pytest.mark.parametrize(
    "stories",
    [STUDENT, SUPERVISOR, FACULTY, OFFICE, EDGE_CASES, BAD_INPUT],
    ids=["S", "V", "F", "C", "edge", "bad input"],
)
def test_the_tests_of_a_story_exist(stories: dict[str, tuple[str, ...]]) -> None:
    known = {
        f"{path.stem}::{node.name}"
        for path in python_files("tests")
        for node in tree_of(path).body
        if hasattr(node, "name")
    }

    assert {test for tests in stories.values() for test in tests} - known == set()
    assert all(stories.values())
