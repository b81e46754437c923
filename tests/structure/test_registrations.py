"""What is declared is used, and what is used is declared: routes, outbox kinds, edges."""

import ast
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from careerlink import security
from careerlink.db import Base
from careerlink.registry import registry
from careerlink.states import Transition, Workflow
from tests.structure.sources import PACKAGES, module_of, name_of, python_files, tree_of

ADDRESSES = (
    "/lti/", "/home", "/courses/", "/office/", "/partners/", "/s", "/auth/", "/api/v1/",
    "/health/", "/metrics", "/static/", "/history/", "/files/",
)  # fmt: skip
"""The beginnings that the contract knows; another one is a decision of its own."""
TABLE_OF_STATES = {
    column.type.enum_class: table.name
    for table in Base.metadata.tables.values()
    for column in table.c
    if column.name == "state" and isinstance(column.type, sa.Enum)
}


def test_every_route_states_who_may_open_it(app: Flask) -> None:
    unstated = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not _is_rule(app.view_functions[rule.endpoint])
    ]

    assert unstated == []


def test_every_route_lies_under_a_known_address(app: Flask) -> None:
    elsewhere = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule != "/" and not rule.rule.startswith(ADDRESSES)
    ]

    assert elsewhere == []


def test_every_kind_of_message_has_its_handler(app: Flask) -> None:
    enqueued = {
        kind
        for path in python_files(*PACKAGES)
        for call in _calls(path, "enqueue")
        for kind in _keyword(path, call, "kind")
    }

    assert enqueued == set(registry.outbox_handlers)


@pytest.mark.parametrize("kind", ["edge_guards", "edge_reactions"])
def test_guards_and_reactions_hang_on_edges_that_exist(app: Flask, kind: str) -> None:
    edges = {
        (TABLE_OF_STATES[type(origin)], transition.verb)
        for path in python_files(*PACKAGES)
        if path.stem == "workflow"
        for workflow in _workflows(import_module(module_of(path)))
        for (origin, _), transition in workflow.items()
    }

    assert set(getattr(registry, kind)) <= edges


def _is_rule(view: Any) -> bool:
    rule = getattr(view, "access", None)
    return callable(rule) and rule is not security.access


def _calls(path: Path, function: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) == function
    ]


def _keyword(path: Path, call: ast.Call, name: str) -> set[str]:
    (value,) = [keyword.value for keyword in call.keywords if keyword.arg == name]
    branches = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
    module = import_module(module_of(path))
    try:
        return {str(_resolved(module, branch)) for branch in branches}
    except AttributeError as exc:
        raise AssertionError(
            f"{name_of(path)}:{call.lineno}: {name} must be a constant"
        ) from exc


def _resolved(module: ModuleType, node: ast.expr) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Attribute):
        return getattr(_resolved(module, node.value), node.attr)
    return getattr(module, getattr(node, "id", ""))


def _workflows(module: ModuleType) -> list[Workflow]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, Mapping)
        and value
        and all(isinstance(edge, Transition) for edge in value.values())
    ]
