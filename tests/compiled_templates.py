"""Templates compiled once for all applications of one process: each test makes its own."""

from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
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
