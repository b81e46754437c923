"""What every application of one process compiles alike: each test makes its own application.

Without this half of a run is the compiling of the same templates, addresses and SQL again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, MethodType
from typing import Any

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Mapper
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule


class Templates(BytecodeCache):
    def __init__(self) -> None:
        self._compiled: dict[tuple[str, ...], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get(_identity(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._compiled[_identity(bucket)] = bucket.code


def _identity(bucket: Bucket) -> tuple[str, ...]:
    """The template, its text, and what the compiler makes of it."""
    return (bucket.key, bucket.checksum, *sorted(bucket.environment.extensions))


class Addresses:
    """What a rule's address is made into: for finding the rule, and for writing its links."""

    def __init__(self, compile_one: Callable[[Rule], None]) -> None:
        self._compile_one = compile_one
        self._compiled: dict[tuple[object, ...], Rule] = {}

    def compile(self, rule: Rule) -> None:
        if rule.defaults or rule.host:
            return self._compile_one(rule)
        identity = (rule.rule, rule.subdomain, rule.merge_slashes)
        if identity not in self._compiled:
            self._compile_one(rule)
            self._compiled[identity] = rule
            return None
        like = self._compiled[identity]
        rule._parts, rule._trace, rule._converters = like._parts, like._trace, like._converters
        rule.arguments |= like.arguments
        rule._build = _of_another(rule, like._build)
        rule._build_unknown = _of_another(rule, like._build_unknown)
        return None


def _of_another(rule: Rule, compiled: Callable[..., tuple[str, str]]) -> MethodType:
    assert isinstance(compiled, MethodType)
    return MethodType(compiled.__func__, rule)


class Statements(LRUCache[Any, Any]):
    """The SQL of statements, for every engine of the same kind of database.

    SQLAlchemy keeps it for each engine, and each test has an engine of its own.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_for_its_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_for_its_kind(key), compiled)


def _for_its_kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    version = getattr(dialect, "server_version_info", None)
    return (dialect.name, dialect.driver, version, *rest)


MOST_STATEMENTS = 5_000
"""Up to half as many more are kept, at about 60 KB each: all of a long run take a gigabyte."""


@contextmanager
def compiling_once() -> Iterator[None]:
    addresses = Addresses(Rule.compile)
    statements = Statements(MOST_STATEMENTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": Templates()})
        patch.setattr(Rule, "compile", lambda rule: addresses.compile(rule))
        # Whatever cache an engine or a mapper makes for itself, it uses this one.
        shared = property(lambda _owner: statements, lambda _owner, _own: None)
        patch.setattr(Engine, "_compiled_cache", shared, raising=False)
        patch.setattr(Mapper, "_compiled_cache", shared)
        yield
