"""An address that puts another institution's record in ours leads nowhere, for anybody."""

from typing import Any

from flask import Flask, url_for
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter

from tests.conftest import PUBLIC_URL
from tests.functional.access.conftest import World
from tests.functional.access.test_access_matrix import REFUSED, fillings

VISITORS = ("student", "instructor", "staff", "admin", "supervisor")
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
            for name in VISITORS:
                for method in (rule.methods or set()) & {"GET", "POST"}:
                    with world.browsers[name].raw.open(path, method=method) as response:
                        status = response.status_code
                    is_sent_on = (name, rule.endpoint) in TO_THE_OFFICES_PAGE or (
                        path.startswith("/s/") and name != "supervisor"
                    )
                    if status not in REFUSED and not (is_sent_on and status == 303):
                        faults.append(f"{name}: {method} {rule.endpoint} answered {status}")
    assert faults == []


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
    if rule.rule.startswith("/s/"):
        is_greeting = rule.endpoint.startswith(("supervisor.", "not_me."))
        after = {"supervisor_link", "students_link", "stand_in_link"}
        return {"link_named"} if is_greeting else after
    return {"anyone"} if rule.endpoint in OF_ANYBODY else {"signed_in", "admin_desk"}
