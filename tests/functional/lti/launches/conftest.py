"""The platform of the conformance tests, and a count of statements."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.conformance.conftest import network, platform

__all__ = ["network", "platform"]


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """``with statements() as made:`` collects what the application sends to its database."""
    engine = app.extensions["careerlink"].database.engine

    @contextmanager
    def collected() -> Iterator[list[str]]:
        made: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith("BEGIN"):
                made.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield made
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    return collected
