"""A PostgreSQL database made as new in place: another copy costs ten times as much."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

MOST_USES = 100
"""Rows that were deleted still take room; after so many tests a new copy is the cheaper one."""

TABLES = """
    SELECT c.relname, s.relname
    FROM pg_class c
    LEFT JOIN pg_depend d ON d.refobjid = c.oid AND d.deptype IN ('a', 'i')
        AND d.classid = 'pg_class'::regclass
        AND EXISTS (SELECT FROM pg_class q WHERE q.oid = d.objid AND q.relkind = 'S')
    LEFT JOIN pg_class s ON s.oid = d.objid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        AND c.relname <> 'alembic_version'
"""
SCHEMA = """
    SELECT sum(changed) FROM (
        SELECT sum(xmin::text::bigint) AS changed FROM pg_attribute
        UNION ALL SELECT sum(xmin::text::bigint) FROM pg_constraint
        UNION ALL SELECT sum(xmin::text::bigint + ascii(tgenabled::text)) FROM pg_trigger
        UNION ALL SELECT sum(xmin::text::bigint) FROM pg_proc
    ) AS catalogs
"""
"""Another number as soon as a statement changes what the tables are."""
END_OTHERS = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
MAKE_AS_NEW = "CREATE FUNCTION pg_temp.make_as_new() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
EMPTIED = "IF EXISTS (SELECT FROM {0}) THEN DELETE FROM {0}; END IF; "
RESTARTED = "IF (SELECT is_called FROM {0}) THEN PERFORM setval('{0}', 1, false); END IF; "


class Emptying:
    """One connection that stays open, and knows the database as it was copied."""

    def __init__(self, url: sa.URL) -> None:
        self._engine: Engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        self._connection: Connection = self._engine.connect()
        found = self._connection.exec_driver_sql(TABLES)
        tables = [(table, sequence) for table, sequence in found]
        self._connection.exec_driver_sql(_function(tables))
        self._schema = self._connection.exec_driver_sql(SCHEMA).scalar_one()
        # Foreign keys and append-only triggers rest while this connection deletes.
        self._connection.exec_driver_sql("SET session_replication_role = replica")
        self._uses_left = MOST_USES

    def succeeds(self) -> bool:
        """Delete every row and start every count anew; not where a test changed the schema."""
        self._uses_left -= 1
        if self._uses_left <= 0:
            return False
        self._connection.exec_driver_sql(END_OTHERS)
        if self._connection.exec_driver_sql(SCHEMA).scalar_one() != self._schema:
            return False
        self._connection.exec_driver_sql("SELECT pg_temp.make_as_new()")
        return True

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()


def _function(tables: list[tuple[str, str | None]]) -> str:
    # Statements of a function are planned once for each connection.
    steps = [EMPTIED.format(table) for table, _sequence in tables]
    steps += [RESTARTED.format(sequence) for _table, sequence in tables if sequence]
    return MAKE_AS_NEW + "".join(steps) + "END $$"
