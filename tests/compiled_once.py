"""What every application of one process compiles alike: each test makes its own application.

Without this a third of a run is the compiling of the same templates and addresses again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


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
    """The functions that write a rule's address; the rule itself is handed to them."""

    def __init__(self, compile_one: Callable[[Rule, bool], Builder]) -> None:
        self._compile_one = compile_one
        self._compiled: dict[tuple[object, ...], Builder] = {}

    def builder(self, rule: Rule, append_unknown: bool = True) -> Builder:
        if rule.defaults:
            return self._compile_one(rule, append_unknown)
        identity = (rule.rule, tuple(rule._trace), append_unknown)
        if identity not in self._compiled:
            self._compiled[identity] = self._compile_one(rule, append_unknown)
        return self._compiled[identity]


@contextmanager
def compiling_once() -> Iterator[None]:
    addresses = Addresses(Rule._compile_builder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": Templates()})
        patch.setattr(
            Rule,
            "_compile_builder",
            lambda rule, append_unknown=True: addresses.builder(rule, append_unknown),
        )
        yield
