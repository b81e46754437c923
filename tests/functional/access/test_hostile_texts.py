"""Markup in anything that somebody typed is shown as typed, on every page."""

import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from careerlink.db import Base, Database
from tests.functional.access.conftest import World, on_one_database
from tests.functional.access.test_access_matrix import routes
from tests.functional.access.who_may import READERS

HOSTILE = """ "' onmouseover='run()'><script>run()</script><img src=x onerror=run()>{{ 7*7 }}"""
CODES = {"time_zone", "locale", "slug", "currency", "campus_subject"}
"""Texts that programs read, and no person types."""


def spoil(database: Database) -> int:
    """Put markup behind every text; what triggers keep as it was holds no typed text."""
    spoiled = 0
    with database.write() as session:
        for table in Base.metadata.sorted_tables:
            if table.info.get("append_only"):
                continue
            texts = [
                column.name
                for column in table.columns
                if type(column.type) is sa.Text
                and column.name not in CODES
                and not column.name.endswith(("_hash", "_key"))
            ]
            for name in texts:
                column = table.c[name]
                done = session.connection().execute(
                    sa.update(table).where(column != "").values({name: column + HOSTILE})
                )
                spoiled += done.rowcount
    return spoiled


@on_one_database
def test_no_text_becomes_markup(app: Flask, world: World, database: Database) -> None:
    pages = [route for route in routes(app, world) if "GET" in route.methods]
    assert spoil(database) > 50
    faults, shown = [], 0
    for route in pages:
        for name in route.visitors & READERS:
            with world.browsers[name].raw.get(route.path) as response:
                if response.mimetype != "text/html":
                    continue
                html = response.get_data(as_text=True)
            shown += "&lt;script&gt;run()" in html
            soup = BeautifulSoup(html, "html.parser")
            handlers = [
                key for tag in soup.find_all() for key in tag.attrs if key.startswith("on")
            ]
            if "<script>run()" in html or "<img src=x" in html or handlers:
                faults.append(f"{name}: {route.endpoint} {route.path} {handlers}")
    assert faults == []
    assert shown > 50
