"""Every route by every kind of visitor: who may not, is told nothing, and changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
import time_machine
from flask import Flask, url_for
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter

from careerlink.audit import AuditEntry
from careerlink.db import Database
from careerlink.registry import registry
from tests.conftest import PUBLIC_URL
from tests.functional.access.conftest import World, on_one_database
from tests.functional.access.who_may import (
    ASKED,
    BY_RULE,
    CALLS_OUT,
    CLOSER,
    EVERYBODY,
    HISTORIES,
    LOOKS_ONLY,
    OF_ONE_STUDENT,
    OF_ONESELF,
    READERS,
    REFUSED,
    WITHOUT_TOKEN,
)
from tests.pages import Visitor


@dataclass(frozen=True)
class Route:
    endpoint: str
    path: str
    rule: str
    methods: frozenset[str]
    visitors: frozenset[str]
    """Who may open it; the rest must not."""
    is_repeated: bool
    """Another value for a part of the address that its rule never looks at."""

    @property
    def refused_by_rule(self) -> set[str]:
        return EVERYBODY - self.visitors - BY_RULE[self.rule]

    def shows_as_to_staff(self, name: str) -> bool:
        """No query tells auditors and administrators from staff but at home and the desk."""
        own = self.rule in ("signed_in", "anyone") or "staff" not in self.visitors
        return name in ("auditor", "admin") and name in self.visitors and not own

    def tries(self, name: str) -> bool:
        """Whom the rule refuses, it refuses once for all such values."""
        return name in self.visitors or not self.is_repeated


def tried(
    app: Flask, world: World, browsers: dict[str, Visitor], method: str
) -> Iterator[tuple[Route, str]]:
    """Each route with each visitor; on the second database those whom a query can tell apart.

    A rule refuses before the view and knows no route: there it refuses each visitor once.
    """
    refused: set[tuple[str, str]] = set()
    is_second = browsers is not world.browsers
    for route in routes(app, world):
        if method not in route.methods:
            continue
        for name in filter(route.tries, browsers):
            if is_second and method == "GET" and route.shows_as_to_staff(name):
                continue
            if is_second and name in route.refused_by_rule:
                if (route.rule, name) in refused:
                    continue
                refused.add((route.rule, name))
            yield route, name


def routes(app: Flask, world: World) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for number, values in enumerate(fillings(rule, world)):
            with app.test_request_context(base_url=PUBLIC_URL):
                path = url_for(rule.endpoint, **values)
            yield Route(
                rule.endpoint,
                path + ASKED.get(rule.endpoint, ""),
                rule_of(app, rule.endpoint),
                frozenset(rule.methods or ()),
                frozenset(who_may(app, rule, values)),
                is_repeated=number > 0 and rule.endpoint not in (*CLOSER, "history.show"),
            )


def fillings(rule: Rule, world: World) -> list[dict[str, Any]]:
    """Every way to fill the variable parts of its address with records that there are."""
    if rule.endpoint == "history.show":
        return [
            {"table": table, "public_id": public_id}
            for table, public_id in world.here.histories.items()
        ]
    choices: list[list[tuple[str, str]]] = []
    for name in sorted(rule.arguments):
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            choices.append([(name, item) for item in sorted(converter.items)])
        else:
            choices.append([(name, world.here.addresses[name])])
    return [dict(filled) for filled in product(*choices)]


def rule_of(app: Flask, endpoint: str) -> str:
    view: Any = app.view_functions[endpoint]
    return str(view.access.__name__)


def who_may(app: Flask, rule: Rule, values: dict[str, str]) -> set[str]:
    named = rule_of(app, rule.endpoint)
    found = set(BY_RULE[named])
    blueprint = rule.endpoint.partition(".")[0]
    names_a_record = any(
        not isinstance(rule._converters[name], AnyConverter) for name in rule.arguments
    )
    if named in ("office", "office_staff") and names_a_record:
        found.discard("staff of another institution")
    if blueprint in OF_ONE_STUDENT:
        found -= {"other student", "observer"}
    found = CLOSER.get(rule.endpoint, found)
    return HISTORIES.get(values.get("table", ""), found)


@pytest.fixture
def app(app: Flask) -> Flask:
    # A page that breaks is to answer 500 here, and not to end the test at the first one.
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def entries(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


@on_one_database
def test_every_history_is_tried(world: World) -> None:
    assert set(world.here.histories) == set(registry.histories)


def test_pages_open_for_those_who_may_and_for_nobody_else(
    app: Flask, world: World, browsers: dict[str, Visitor], clock: time_machine.Traveller
) -> None:
    # Some links of the world live for minutes, and a slow machine takes minutes here.
    clock.move_to(datetime.now(UTC), tick=False)
    faults = []
    for route, name in tried(app, world, browsers, "GET"):
        with browsers[name].raw.get(route.path) as response:
            status, to = response.status_code, response.location or ""
        to_greeting = route.path.startswith("/s/") and to.count("/") == 2
        is_open = status < 400 and not (to_greeting and name != "supervisor")
        is_fine = (
            (is_open or status in (400, 403, 409))
            if name in route.visitors
            else (status in REFUSED or to_greeting)
        )
        if not is_fine:
            faults.append(f"{name}: {route.endpoint} {route.path} answered {status}")
    assert faults == []


@on_one_database
def test_every_form_without_its_token_is_refused(
    app: Flask, world: World, database: Database
) -> None:
    before, faults = entries(database), []
    for route in routes(app, world):
        if "POST" not in route.methods or route.endpoint in WITHOUT_TOKEN:
            continue
        # Everybody else is refused whatever they send: the test below.
        for name in sorted(route.visitors):
            response = world.browsers[name].raw.post(route.path)
            is_refused = response.status_code in {400, *REFUSED} or (
                response.status_code == 303 and route.path.startswith("/s/")
            )
            if not is_refused:
                faults.append(f"{name}: {route.endpoint} answered {response.status_code}")
    assert faults == []
    assert entries(database) == before


def test_forms_of_others_are_refused_and_change_nothing(
    app: Flask, world: World, browsers: dict[str, Visitor], database: Database
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    faults = []
    before = entries(database)
    for route, name in tried(app, world, browsers, "POST"):
        if route.endpoint in WITHOUT_TOKEN or (
            name in route.visitors and (name not in LOOKS_ONLY or route.endpoint in OF_ONESELF)
        ):
            continue
        response = browsers[name].raw.post(route.path, data={"decision": "approve"})
        status, to = response.status_code, response.location or ""
        to_greeting = route.path.startswith("/s/") and to.count("/") == 2
        looks = name in route.visitors and status in (409, 422)
        if not (status in REFUSED or to_greeting or looks):
            faults.append(f"{name}: {route.endpoint} {route.path} answered {status}")
    assert faults == []
    assert entries(database) == before


def test_no_form_of_those_who_may_breaks_when_it_comes_empty(
    app: Flask, world: World, browsers: dict[str, Visitor]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    faults = []
    for route in routes(app, world):
        if "POST" not in route.methods or route.endpoint in ("sign_in.logout", *CALLS_OUT):
            continue
        # One for each standing is enough for what hardly comes to a query.
        those = browsers.keys() if browsers is world.browsers else READERS
        for name in sorted(route.visitors & those):
            status = browsers[name].raw.post(route.path).status_code
            if status >= 500:
                faults.append(f"{name}: {route.endpoint} {route.path} answered {status}")
    assert faults == []
