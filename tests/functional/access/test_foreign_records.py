"""An address that names a record of another institution or course leads nowhere."""

from typing import Any

from flask import Flask, url_for
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter

from tests.conftest import PUBLIC_URL
from tests.functional.access.conftest import World
from tests.functional.access.test_access_matrix import fillings, who_may
from tests.functional.access.who_may import REFUSED

VISITORS = {"student", "instructor", "staff", "admin", "chair", "supervisor"}
IN_COURSE = {"in_course", "studies", "looks_after", "sets_up", "teaches", "teaches_or_office"}
OF_ANYBODY = {
    "health.live", "health.metrics", "health.ready", "home.front", "launch.key_set",
    "launch.login", "launch.receive", "notices.receive", "registration.done",
    "registration.register", "registration.show", "sign_in.callback", "sign_in.login",
    "sign_in.logout", "spoken_codes.enter", "stop_mail.look", "stop_mail.stop",
    "stop_mail.again",
    "tool.canvas",
    "tool.icon",
}  # fmt: skip
OF_A_COURSE = {
    "application_id", "case_id", "delegation_id", "entry_id", "evaluation_id", "hand_over_id",
    "lineage", "linked_id", "member_id", "list_id", "move_id", "piece", "placement_id",
    "request_id", "version_id",
}  # fmt: skip
"""Names of records that belong to one course."""
TO_THE_OFFICES_PAGE = (("staff", "placements.show"), ("admin", "placements.show"))
"""Career staff are sent on without a look at the record; that page says it is not there."""


def mixed(app: Flask, rule: Rule, world: World) -> list[str]:
    """Our address once for every part of it, with that part from elsewhere."""
    paths = []
    for name in rule.arguments - {"invitation", "key", "offer", "stop_token", "token"}:
        if isinstance(rule._converters[name], AnyConverter):
            continue
        values: dict[str, Any] = fillings(rule, world)[0]
        with app.test_request_context(base_url=PUBLIC_URL):
            foreign = {name: world.elsewhere.addresses[name]}
            paths.append(url_for(rule.endpoint, **{**values, **foreign}))
    return paths


def test_records_of_another_institution_are_not_there(app: Flask, world: World) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    faults = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("static", "history.show"):
            continue
        for path in mixed(app, rule, world):
            # Who may not open our own record is refused by the same rule: the matrix tries it.
            for name in VISITORS & who_may(app, rule, {}):
                for method in (rule.methods or set()) & {"GET", "POST"}:
                    with world.browsers[name].raw.open(path, method=method) as response:
                        status = response.status_code
                    is_sent_on = (name, rule.endpoint) in TO_THE_OFFICES_PAGE or (
                        path.startswith("/s/") and name != "supervisor"
                    )
                    if status not in REFUSED and not (is_sent_on and status == 303):
                        faults.append(f"{name}: {method} {rule.endpoint} answered {status}")
    assert faults == []


def test_records_of_another_course_are_not_there(app: Flask, world: World) -> None:
    """Somebody who teaches there puts the key of a record of ours in their own address."""
    app.config["WTF_CSRF_ENABLED"] = False
    faults, tried = [], 0
    browser = world.browsers["instructor elsewhere"].raw
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/courses/") or not rule.arguments & OF_A_COURSE:
            continue
        values = {**fillings(rule, world)[0], "course_id": world.other_course}
        with app.test_request_context(base_url=PUBLIC_URL):
            path = url_for(rule.endpoint, **values)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            with browser.open(path, method=method) as response:
                tried += 1
                if response.status_code not in REFUSED:
                    faults.append(f"{method} {rule.endpoint} answered {response.status_code}")
    assert faults == []
    assert tried > 50


def test_the_rule_of_a_route_fits_its_address(app: Flask) -> None:
    faults = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        view: Any = app.view_functions[rule.endpoint]
        named = view.access.__name__
        if named not in _fitting(rule):
            faults.append(f"{rule.endpoint} at {rule.rule} is open to {named}")
    assert faults == []


def _fitting(rule: Rule) -> set[str]:
    if rule.rule.startswith("/courses/"):
        return IN_COURSE
    if rule.rule.startswith("/office/") or rule.rule == "/office":
        writes = "POST" in (rule.methods or ())
        return {"admin_desk", "office_staff"} | (set() if writes else {"office"})
    if rule.rule.startswith("/home/approvals"):
        return {"approves_cases"}
    if rule.rule.startswith("/s/"):
        is_greeting = rule.endpoint.startswith(("supervisor.", "not_me."))
        after = {"supervisor_link", "students_link", "stand_in_link"}
        return {"link_named"} if is_greeting else after
    return {"anyone"} if rule.endpoint in OF_ANYBODY else {"signed_in", "admin_desk"}
