"""Files stay small and are named by what is in them."""

from tests.structure.sources import PACKAGES, name_of, python_files

LONGEST = 250
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}


def test_no_file_is_longer_than_a_reader_can_bear() -> None:
    long = {
        name_of(path): lines
        for path in python_files(*PACKAGES, "tests", "benchmarks")
        if (lines := len(path.read_text().splitlines())) > LONGEST
    }

    assert long == {}


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    wrong = [
        name_of(path)
        for path in python_files(*PACKAGES, "tests", "benchmarks")
        if SAY_NOTHING & set(path.with_suffix("").parts)
    ]

    assert wrong == []
