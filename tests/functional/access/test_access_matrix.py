"""Every route by every kind of visitor: who may not, is told nothing, and changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from flask import Flask, url_for
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter

from careerlink.audit import AuditEntry
from careerlink.db import Database
from careerlink.registry import registry
from tests.conftest import PUBLIC_URL
from tests.functional.access.conftest import World

REFUSED = {401, 403, 404}
WITHOUT_TOKEN = {
    "launch.login", "launch.receive", "notices.receive", "stop_mail.stop",
    "supervisor.fresh", "supervisor.proceed", "not_me.ask", "not_me.take_back",
    "stand_in.answer", "spoken_codes.enter",
}  # fmt: skip
"""Messages of platforms carry their own proof; a supervisor's address is itself the secret."""

SUPERVISORS = {"supervisor", "supervisor by another link"}
OFFICE = {"staff", "auditor", "admin"}
TEACHING = {"instructor", "assistant"}
STUDENTS = {"student", "other student"}
COURSE = OFFICE | TEACHING | STUDENTS | {"observer"}
SIGNED_IN = COURSE | {
    "instructor elsewhere",
    "staff of another institution",
    "instructor of another institution",
}
EVERYBODY = SIGNED_IN | SUPERVISORS | {"nobody"}
BY_RULE = {
    "anyone": EVERYBODY,
    "link_named": EVERYBODY,
    "signed_in": SIGNED_IN,
    "in_course": COURSE,
    "studies": STUDENTS,
    "looks_after": TEACHING,
    "teaches": {"instructor"},
    "sets_up": {"instructor", "staff", "admin"},
    "teaches_or_office": {"instructor"} | OFFICE,
    "office": OFFICE | {"staff of another institution"},
    "office_staff": {"staff", "admin", "staff of another institution"},
    "supervisor_link": {"supervisor"},
    # Links of other purposes than the world's own: their tests try them.
    "students_link": set(),
    "stand_in_link": set(),
    "admin_desk": {"admin"},
}
OF_ONE_STUDENT = {
    "agreement_papers", "agreements", "amendments", "applications", "cases",
    "cases_recording", "check_ins", "evaluations", "evidence", "files", "history", "hours",
    "hours_answers", "objectives", "placements", "reflections", "without_credit",
}  # fmt: skip
"""Blueprints whose records belong to one student, and to those who look after that one."""
CLOSER = {
    "applications.apply": STUDENTS,
    "cases.show": TEACHING | OFFICE,
    "routing.hand_over": {"instructor", "staff", "admin"},
    "cases.show_queue": TEACHING | OFFICE,
    **dict.fromkeys(
        (
            "agreements_office.signing",
            "agreements_office.verify",
            "agreements_office.decline",
            "agreements_office.paper",
        ),
        {"staff", "admin"},
    ),
    "evaluation_desk.ask_close": {"staff", "admin"},
    "evaluation_desk.close": {"staff", "admin"},
    "files.download": {"student"} | TEACHING | OFFICE,
    "gradebook.keep": TEACHING | OFFICE,
    "gradebook.read_now": TEACHING | OFFICE,
    "gradebook.replace": TEACHING | OFFICE,
    "gradebook.send_again": TEACHING | OFFICE,
    "gradebook.send_all_again": TEACHING | OFFICE,
    "gradebook.show": TEACHING | OFFICE,
    "gradebook_column.choose": TEACHING | OFFICE,
    "history.show": {"student"} | TEACHING | OFFICE,
    "submissions.nothing_there": STUDENTS | TEACHING | OFFICE,
    "submissions.show": {"student"} | TEACHING | OFFICE,
    "roster.approver": {"staff", "admin"},
    "roster.confirm": {"instructor"} | OFFICE,
    "roster.read_now": TEACHING | OFFICE,
    "roster.show": TEACHING | OFFICE,
    "files.download_by_link": {"supervisor"},
    "settling.settle": {"staff", "admin"},
    "settling.show": {"staff", "admin"},
    # What a platform asked one person; this one was asked in a course, not outside.
    **dict.fromkeys(("links.show", "links.send", "links.cancel"), {"instructor"}),
    **dict.fromkeys(
        ("links.show_outside", "links.send_outside", "links.cancel_outside"), set()
    ),
}
HISTORIES = {
    "hand_over_request": OFFICE,
    "routing_rule": OFFICE, "concern": TEACHING | OFFICE,
    "partner": OFFICE, "listing": OFFICE, "application": {"student"} | OFFICE,
    "course": {"instructor"} | OFFICE,
    "instructor_delegation": {"instructor"} | OFFICE,
}  # fmt: skip
LOOKS_ONLY = {"auditor", "observer"}
OF_ONESELF = {
    "sign_in.logout", "mail_choices.choose", "mail_choices.confirm", "mail_choices.give_up",
    "mail_choices.name_address",
}  # fmt: skip
"""Also whoever may only look ends their own session and chooses what mail they get."""
CALLS_OUT = ("desk_checks.try_all", "desk_checks.try_one")
"""Forms of one button that ask other servers, which are not there."""


@dataclass(frozen=True)
class Route:
    endpoint: str
    path: str
    methods: frozenset[str]
    visitors: frozenset[str]
    """Who may open it; the rest must not."""


def routes(app: Flask, world: World) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for values in fillings(rule, world):
            with app.test_request_context(base_url=PUBLIC_URL):
                path = url_for(rule.endpoint, **values)
            yield Route(
                rule.endpoint,
                path,
                frozenset(rule.methods or ()),
                frozenset(who_may(app, rule, values)),
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


def who_may(app: Flask, rule: Rule, values: dict[str, str]) -> set[str]:
    view: Any = app.view_functions[rule.endpoint]
    access = view.access
    found = set(BY_RULE[access.__name__])
    blueprint = rule.endpoint.partition(".")[0]
    if access.__name__ in ("office", "office_staff") and rule.arguments:
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


def test_every_history_is_tried(world: World) -> None:
    assert set(world.here.histories) == set(registry.histories)


def test_pages_open_for_those_who_may_and_for_nobody_else(app: Flask, world: World) -> None:
    faults = []
    for route in routes(app, world):
        if "GET" not in route.methods:
            continue
        for name, browser in world.browsers.items():
            with browser.raw.get(route.path) as response:
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


def test_every_form_without_its_token_is_refused(
    app: Flask, world: World, database: Database
) -> None:
    before, faults = entries(database), []
    for route in routes(app, world):
        if "POST" not in route.methods or route.endpoint in WITHOUT_TOKEN:
            continue
        for name, browser in world.browsers.items():
            response = browser.raw.post(route.path)
            is_refused = response.status_code in {400, *REFUSED} or (
                response.status_code == 303 and route.path.startswith("/s/")
            )
            if not is_refused:
                faults.append(f"{name}: {route.endpoint} answered {response.status_code}")
    assert faults == []
    assert entries(database) == before


def test_forms_of_others_are_refused_and_change_nothing(
    app: Flask, world: World, database: Database
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    faults = []
    before = entries(database)
    for route in routes(app, world):
        if "POST" not in route.methods or route.endpoint in WITHOUT_TOKEN:
            continue
        for name in (set(world.browsers) - route.visitors) | LOOKS_ONLY:
            if route.endpoint in OF_ONESELF and name in route.visitors:
                continue
            response = world.browsers[name].raw.post(route.path, data={"decision": "approve"})
            status, to = response.status_code, response.location or ""
            to_greeting = route.path.startswith("/s/") and to.count("/") == 2
            looks = name in route.visitors and status in (409, 422)
            if not (status in REFUSED or to_greeting or looks):
                faults.append(f"{name}: {route.endpoint} {route.path} answered {status}")
    assert faults == []
    assert entries(database) == before


def test_no_form_of_those_who_may_breaks_when_it_comes_empty(app: Flask, world: World) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    faults = []
    for route in routes(app, world):
        if "POST" not in route.methods or route.endpoint in ("sign_in.logout", *CALLS_OUT):
            continue
        for name in sorted(route.visitors):
            status = world.browsers[name].raw.post(route.path).status_code
            if status >= 500:
                faults.append(f"{name}: {route.endpoint} {route.path} answered {status}")
    assert faults == []
