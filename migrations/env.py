"""Alembic's entry: runs on the connection that ``careerlink.migrate`` hands over."""

from typing import Any

from alembic import context

import credit.models
import lti.models
from careerlink import models
from careerlink.db import Base

TABLES_FROM = (models, lti.models, credit.models)


def include_object(
    item: Any, name: str | None, kind: str, reflected: bool, compared: Any
) -> bool:
    """Leave the full-text index out: it is made by hand for each database."""
    return not (name or "").startswith("listing_search")


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    include_object=include_object,
    render_as_batch=connection is not None and connection.dialect.name == "sqlite",
    compare_type=True,
)
if connection is not None and connection.dialect.name == "postgresql":
    connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
context.run_migrations()
