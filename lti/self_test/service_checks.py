"""The platform's services: an access token, a page of a roster, the list of columns."""

from careerlink.courses.roles import CourseRole
from lti import http, line_items, logins, roster, scopes, services, tokens
from lti.desk import granted
from lti.products import asked as wanted
from lti.self_test import remedies
from lti.self_test.found import Asked, Found, Place, fails, unknown, works

FEW = "10"


def access(asked: Asked) -> Found:
    """One request a permission: Canvas refuses all where one is not granted."""
    if asked.client is None:
        return unknown("No deployment is approved.", "no-deployment")
    given, refused = [], []
    for service in granted.SERVICES:
        names = [name for name in service.scopes if name in _wanted(asked)]
        if not names or asked.is_over:
            continue
        fault = _refusal(asked, asked.client, names)
        if fault is None:
            given.append(service.name.lower())
        elif isinstance(fault, tokens.NoToken) and fault.is_scope:
            refused.append(service.name.lower())
        else:
            return fails(f"{asked.product.name} {fault}.", _remedy(asked, fault))
    if not given:
        return fails("No permission is granted (invalid_scope).", "scope")
    if refused and asked.granted:
        return fails(
            f"Launches promise {_listed(refused)}, but there is no access (invalid_scope).",
            "scope",
        )
    lacking = f" Not granted: {_listed(refused)}." if refused else ""
    return works(f"Access is given for {_listed(given)}.{lacking}")


def read_roster(asked: Asked) -> Found:
    """One page of the newest course; how many, never who."""
    place = asked.roster
    if place is None:
        return _nowhere(asked, scopes.MEMBERS, "roster")
    url = logins.with_query(place.url, {"limit": FEW})
    found = _get(asked, place, url, roster.ACCEPT, (scopes.MEMBERS,))
    if isinstance(found, Found):
        return found
    try:
        members = roster.read_members(found.json())
    except http.NotJson as fault:
        return fails(f"{asked.product.name} {fault}.", "lms-broken")
    some = {user.roles.course for user in members} - {CourseRole.NONE}
    if members and not some:
        return fails(
            f"{place.course} lists people with no role that CareerLink knows.", "roles"
        )
    more = " on the first page" if "next" in found.headers.get("Link", "") else ""
    people = "1 person" if len(members) == 1 else f"{len(members)} people"
    return works(f"{place.course} lists {people}{more}.")


def read_columns(asked: Asked) -> Found:
    """The list of columns of the newest course; nothing is posted."""
    place = asked.columns
    reads = {scopes.LINE_ITEM, scopes.LINE_ITEM_READ} & _wanted(asked)
    if place is None or not reads:
        return _nowhere(asked, scopes.LINE_ITEM, "gradebook")
    found = _get(asked, place, place.url, line_items.LIST, (sorted(reads)[0],))
    if isinstance(found, Found):
        return found
    try:
        items = found.json()
    except http.NotJson as fault:
        return fails(f"{asked.product.name} {fault}.", "lms-broken")
    if not isinstance(items, list):
        return fails(f"{asked.product.name} answered no list of columns.", "lms-broken")
    columns = "1 column" if len(items) == 1 else f"{len(items)} columns"
    return works(f"{place.course} shows CareerLink {columns}. No grade was sent.")


def _get(
    asked: Asked, place: Place, url: str, accept: str, names: tuple[str, ...]
) -> http.Answer | Found:
    name = asked.product.name
    try:
        with asked.platform(roster.MAX_BYTES) as platform:
            caller = services.Services(
                asked.database, asked.settings, place.client, names, platform
            )
            answer = caller.request("GET", url, accept=accept)
    except tokens.NoToken as fault:
        return fails(f"{place.course}: {name} {fault}.", _remedy(asked, fault))
    except http.PlatformFault as fault:
        return fails(f"{place.course}: {name} {fault}.", remedies.of_fault(fault))
    if asked.product.throttled_for(answer) is not None:
        return fails(f"{place.course}: {name} answered {answer.status}.", "busy")
    if not answer.ok:
        bad = http.BadStatus(answer)
        return fails(f"{place.course}: {name} {bad}.", remedies.of_service(bad))
    return answer


def _nowhere(asked: Asked, scope: str, what: str) -> Found:
    if asked.granted and scope not in asked.granted:
        return fails(f"Launches grant no access to the {what}.", "scope")
    return unknown(f"No course has told the address of its {what} yet.", "no-course")


def _wanted(asked: Asked) -> frozenset[str]:
    return asked.granted or frozenset(wanted.SCOPES)


def _refusal(
    asked: Asked, client: tokens.Client, names: list[str]
) -> http.PlatformFault | None:
    try:
        with asked.platform() as platform:
            tokens.try_out(asked.database, asked.settings, client, names, platform=platform)
    except http.PlatformFault as fault:
        return fault
    return None


def _remedy(asked: Asked, fault: http.PlatformFault) -> str:
    if isinstance(fault, tokens.NoToken) and fault.answer is not None:
        if asked.product.throttled_for(fault.answer) is not None:
            return "busy"
        return remedies.of_token_answer(fault.answer)
    return remedies.of_fault(fault)


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
