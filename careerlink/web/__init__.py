"""The request's unit of work, shared by the access rule, the view and the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import current_app, g, has_app_context, request
from sqlalchemy.orm import Session

from careerlink.config import Settings
from careerlink.db import Database, commit

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Services:
    """What a process holds once, kept at ``app.extensions["careerlink"]``."""

    settings: Settings
    database: Database


def services() -> Services:
    found: Services = current_app.extensions["careerlink"]
    return found


def request_session() -> Session:
    """The one session of this request; a writing one for everything but GET and HEAD."""
    if "db" not in g:
        g.db = services().database.open(writing=request.method not in SAFE_METHODS)
    session: Session = g.db
    return session


@contextmanager
def transaction() -> Iterator[Session]:
    """The request's unit of work: one commit at the end of the block, or no trace.

    A GET reads in it and has nothing to commit. An exception leaves the block uncommitted.
    """
    session = request_session()
    yield session
    if request.method not in SAFE_METHODS:
        commit(session)


def undo() -> None:
    """Forget what this request changed so far: what was refused leaves no trace."""
    if has_app_context() and "db" in g:
        g.db.rollback()


def close_request_session(_error: BaseException | None = None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()
