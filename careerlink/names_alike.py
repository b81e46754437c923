"""Names that people write in capitals or not are one name; so are accents built in two ways."""

import unicodedata
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

SQLITE_FUNCTION = "name_key"


def plain(name: str) -> str:
    """As it is kept: with one kind of accents, and single spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def name_key(name: str) -> str:
    return plain(plain(name).casefold())


def are_alike(one: Any, other: Any) -> ColumnElement[bool]:
    """In the database's words; either is a column or a text."""
    return _Key(one) == _Key(other)


class _Key(FunctionElement[str]):
    """PostgreSQL folds all letters; of what SQLite brings along, lower() knows only ASCII
    (https://www.sqlite.org/lang_corefunc.html#lower)."""

    type = sa.Text()
    inherit_cache = True


@compiles(_Key)
def _lower(element: Any, compiler: Any, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"


@compiles(_Key, "sqlite")
def _own(element: Any, compiler: Any, **options: Any) -> str:
    return f"{SQLITE_FUNCTION}({compiler.process(element.clauses, **options)})"


def teach(connection: Any) -> None:
    """A fresh SQLite connection."""

    def key(name: str | None) -> str | None:
        return None if name is None else name_key(name)

    connection.create_function(SQLITE_FUNCTION, 1, key, deterministic=True)
