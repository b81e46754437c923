"""Every change that the trail records has words on screen."""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa

from careerlink.db import Base
from careerlink.registry import registry
from careerlink.states import Transition
from tests.structure.sources import PACKAGES, module_of, python_files, tree_of

TABLE_OF_STATES = {
    column.type.enum_class: table.name
    for table in Base.metadata.tables.values()
    for column in table.c
    if column.name == "state" and isinstance(column.type, sa.Enum)
}


def test_every_action_has_words(app: object) -> None:
    shown = set(registry.histories)
    used = {
        action
        for path in python_files(*PACKAGES)
        for action in _actions(path)
        if action.partition(":")[0] in shown
    }

    assert {"placement:start", "placement:message", "application:submit"} <= used
    assert used - set(registry.history_words) == set()


def _actions(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
            yield from (
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )
    if path.stem == "workflow":
        yield from _edges(import_module(module_of(path)))


def _edges(module: ModuleType) -> Iterator[str]:
    for value in vars(module).values():
        if isinstance(value, Mapping):
            for key, edge in value.items():
                if isinstance(edge, Transition):
                    yield f"{_table(key)}:{edge.verb}"


def _table(key: Any) -> str:
    return TABLE_OF_STATES[type(key[0])]
