"""The wheel holds everything that an installed CareerLink reads."""

import importlib.metadata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.structure.sources import ROOT

PACKAGES = ("careerlink", "lti", "credit")
BESIDE = ("templates", "migrations")
"""Beside the packages in a checkout; ``resources.path`` finds them inside once installed."""
CARRIED = "careerlink/_data"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        return set(wheel.namelist())


def files_below(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_of_a_package_is_in_it(names: set[str], package: str) -> None:
    """Modules, static files, the demo's data, the demo LMS's pages."""
    assert set(files_below(ROOT / package)) - names == set()


@pytest.mark.parametrize("folder", BESIDE)
def test_templates_and_migrations_are_in_it(names: set[str], folder: str) -> None:
    wanted = {f"{CARRIED}/{name}" for name in files_below(ROOT / folder)}
    assert wanted - names == set()


def test_nothing_lands_beside_the_packages(names: set[str]) -> None:
    version = importlib.metadata.version("careerlink")
    tops = {name.split("/", 1)[0] for name in names}
    assert tops == {*PACKAGES, f"careerlink-{version}.dist-info"}
    assert f"{CARRIED}/config.example.toml" in names


def test_the_command_is_in_it(names: set[str]) -> None:
    assert any(name.endswith("dist-info/entry_points.txt") for name in names)
