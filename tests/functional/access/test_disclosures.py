"""Every page that an outsider opens writes down what it showed, and asks not to pass it on."""

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from careerlink import resources
from careerlink.db import Database
from careerlink.disclosures.page_words import WORDS
from careerlink.placements.models import Disclosure
from tests.functional.access.conftest import World
from tests.functional.access.test_access_matrix import routes, rule_of

NOTICE = "34 CFR 99.33"


def test_every_page_behind_a_link_is_a_disclosure(
    app: Flask, world: World, database: Database
) -> None:
    faults, tried = [], set()
    for route in routes(app, world):
        named = rule_of(app, route.endpoint)
        if named not in ("supervisor_link", "students_link") or "GET" not in route.methods:
            continue
        if route.endpoint not in WORDS:
            faults.append(f"{route.endpoint} has no words for the list of disclosures")
        if named != "supervisor_link":
            continue
        before = noted(database, route.endpoint)
        with world.browsers["supervisor"].raw.get(route.path) as answer:
            is_page = answer.status_code == 200 and answer.mimetype == "text/html"
            if answer.status_code == 200:
                tried.add(route.endpoint)
                if noted(database, route.endpoint) != before + 1:
                    faults.append(f"{route.endpoint} was shown and not written down")
            if is_page and NOTICE not in answer.get_data(as_text=True):
                faults.append(f"{route.endpoint} does not ask to keep it")
    assert faults == []
    assert len(tried) >= 4


def noted(database: Database, endpoint: str) -> int:
    with database.read() as session:
        rows = select(func.count()).where(Disclosure.page == endpoint)
        return session.scalar(rows) or 0


def test_every_mail_with_a_link_to_a_record_asks_to_keep_it() -> None:
    """The text part and the other; they are sent to people outside."""
    folder = resources.path("templates") / "mail"
    faults = [
        path.name
        for path in sorted(folder.glob("*.*"))
        if path.suffix in (".txt", ".html") and outside(path.stem) and NOTICE not in read(path)
    ]

    assert faults == []


def outside(name: str) -> bool:
    return name.startswith(("supervisor_", "stand_in_", "agreement_to_sign")) and (
        name != "supervisor_changed"
    )


def read(path: Path) -> str:
    return path.read_text()
