"""Reads TOML tables into frozen dataclasses, and names the exact spot of every mistake."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from importlib.resources.abc import Traversable
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


class SampleDataError(ValueError):
    """The sample data names something that is not there, or has the wrong shape."""


def read_toml(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def read_all(kind: type[Record], tables: list[Any], where: str) -> tuple[Record, ...]:
    return tuple(read_record(kind, table, f"{where}[{n}]") for n, table in enumerate(tables))


def read_record(kind: type[Record], table: Any, where: str) -> Record:
    if not isinstance(table, Mapping):
        raise SampleDataError(f"{where}: expected a table")
    hints = get_type_hints(kind)
    declared = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for key in table:
        if key not in declared:
            raise SampleDataError(f"{where}: unknown key {key!r}")
    values: dict[str, Any] = {}
    for name, field in declared.items():
        if name in table:
            values[name] = _read_value(hints[name], table[name], f"{where}.{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise SampleDataError(f"{where}: {name!r} is missing")
    return kind(**values)


def _read_value(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin is UnionType:
        [kind] = [option for option in get_args(kind) if option is not NoneType]
        return _read_value(kind, value, where)
    if origin is Literal:
        if value not in get_args(kind):
            raise SampleDataError(f"{where}: {value!r} is none of {get_args(kind)}")
        return value
    if origin is tuple:
        return tuple(
            _read_value(get_args(kind)[0], item, f"{where}[{n}]")
            for n, item in enumerate(value)
        )
    if origin in (dict, Mapping):
        return {key: _read_value(get_args(kind)[1], item, where) for key, item in value.items()}
    if is_dataclass(kind):
        return read_record(kind, value, where)  # type: ignore[arg-type]
    # TOML's booleans are Python ints too; a figure must not be one.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise SampleDataError(f"{where}: expected {kind.__name__}, found {value!r}")
    return value.strip() if isinstance(value, str) else value
