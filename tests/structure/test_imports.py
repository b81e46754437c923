"""Imports point one way, stand at the top, and outside libraries stay behind one module."""

import ast
from pathlib import Path

import pytest

from tests.structure.sources import (
    COMPOSITION_ROOTS,
    PACKAGES,
    imports,
    module_of,
    name_of,
    python_files,
    tree_of,
)

MAY_IMPORT = {
    "careerlink": {"careerlink"},
    "lti": {"lti", "careerlink"},
    "credit": {"credit", "lti", "careerlink"},
}
BEHIND_ONE_MODULE = {
    "pylti1p3": {"lti/launch.py"},
    # The second only reads Link headers with it.
    "requests": {"lti/http.py", "lti/services.py"},
    "gunicorn": {"careerlink/commands/server.py"},
}


def is_composition_root(module: str) -> bool:
    return any(module == root or module.startswith(f"{root}.") for root in COMPOSITION_ROOTS)


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_one_way(package: str) -> None:
    wrong = {
        name_of(path): sorted(found)
        for path in python_files(package)
        if not is_composition_root(module_of(path))
        and (found := _ours(path) - MAY_IMPORT[package])
    }

    assert wrong == {}


def test_nothing_imports_a_composition_root() -> None:
    wrong = {
        name_of(path): sorted(found)
        for path in python_files(*PACKAGES)
        if not is_composition_root(module_of(path))
        and (found := {name for name in imports(path) if is_composition_root(name)})
    }

    assert wrong == {}


def test_no_import_stands_inside_a_function() -> None:
    wrong = [
        f"{name_of(path)}:{inner.lineno}"
        for path in python_files(*PACKAGES)
        for function in ast.walk(tree_of(path))
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(function)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]

    assert wrong == []


@pytest.mark.parametrize("library", BEHIND_ONE_MODULE)
def test_a_library_stays_behind_its_module(library: str) -> None:
    users = {
        name_of(path)
        for path in python_files(*PACKAGES)
        # The demo's platform is another program, which calls the tool.
        if not name_of(path).startswith(("lti/demo_lms/", "careerlink/demo/"))
        and any(name.split(".")[0] == library for name in imports(path))
    }

    assert users <= BEHIND_ONE_MODULE[library]


def _ours(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)} & set(PACKAGES)
