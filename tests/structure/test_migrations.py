"""The migrations are one numbered line, and what they build is what the models say."""

import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from careerlink import triggers
from careerlink.db import Base, Database
from careerlink.migrate import alembic_config

NUMBERED = re.compile(r"^\d{4}_[a-z0-9_]+$")


@pytest.fixture(scope="module")
def line() -> list[Any]:
    return list(ScriptDirectory.from_config(alembic_config()).walk_revisions())[::-1]


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1


def test_migrations_are_numbered_in_order(line: list[Any]) -> None:
    numbers = [int(revision.revision[:4]) for revision in line]

    assert numbers == list(range(1, len(line) + 1))
    for revision in line:
        assert NUMBERED.match(revision.revision)
        assert Path(revision.path).stem == revision.revision


def test_models_and_migrations_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": _is_ours, "compare_type": True}
        )

        assert compare_metadata(context, Base.metadata) == []


def test_check_constraints_agree(database: Database) -> None:
    """Alembic does not compare these."""
    with database.engine.connect() as connection:
        inspector = sa.inspect(connection)
        found = {
            (table, check["name"])
            for table in Base.metadata.tables
            for check in inspector.get_check_constraints(table)
        }

    assert found == {
        (table.name, _rendered_name(check, database))
        for table in Base.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, sa.CheckConstraint)
    }


def test_no_two_check_constraints_of_a_table_share_a_name() -> None:
    for table in Base.metadata.tables.values():
        names = [c.name for c in table.constraints if isinstance(c, sa.CheckConstraint)]
        assert len(names) == len(set(names)), table.name


def test_append_only_tables_are_guarded(database: Database) -> None:
    with database.engine.connect() as connection:
        installed = triggers.installed(connection)
        dialect = connection.dialect.name

    assert installed == triggers.expected(Base.metadata, dialect)
    assert len(triggers.append_only_tables(Base.metadata)) >= 6


def _rendered_name(check: sa.CheckConstraint, database: Database) -> str | None:
    # Databases cut long names; SQLAlchemy does it first and by its own rule.
    name = database.engine.dialect.identifier_preparer.format_constraint(check)
    return name and name.strip('"')


def _is_ours(_object: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """Full-text search brings tables of its own, which no model describes."""
    return not (kind == "table" and reflected and "_search" in str(name))
