"""What every command starts from: the configuration, and the database when it is needed."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import migrate
from careerlink.config import Settings, load
from careerlink.db import Database
from careerlink.errors import Misconfigured
from careerlink.institutions.models import Institution


@dataclass
class Context:
    config_path: Path | None

    @cached_property
    def settings(self) -> Settings:
        return load(self.config_path)

    @cached_property
    def database(self) -> Database:
        """:raises Misconfigured: it cannot be reached, or is not at our revision."""
        migrate.check(self.unchecked_database)
        return self.unchecked_database

    @cached_property
    def unchecked_database(self) -> Database:
        table = self.settings.database
        return Database(table.url, pool_size=table.pool_size)

    def close(self) -> None:
        if "unchecked_database" in self.__dict__:
            self.unchecked_database.dispose()


pass_context = click.make_pass_decorator(Context)

institution_option = click.option(
    "--institution", "slug", help="Slug of the institution; the only one when left out."
)


def failing(message: str) -> NoReturn:
    """End the command with one line on standard error and exit code 2."""
    raise Misconfigured(message)


def institution_of(session: Session, slug: str | None) -> Institution:
    if slug is not None:
        found = session.scalar(select(Institution).where(Institution.slug == slug))
        return found or failing(f"institution: there is none with the slug {slug}")
    rows = session.scalars(select(Institution).limit(2)).all()
    if len(rows) == 1:
        return rows[0]
    if not rows:
        failing("institution: none yet; run `careerlink db upgrade`")
    failing("institution: there are several; name one with --institution SLUG")
