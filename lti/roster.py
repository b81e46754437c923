"""Reading a platform's list of members, as a message of the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses import rosters
from careerlink.courses.models import CourseRoster
from careerlink.courses.roles import RANK, CourseRole
from careerlink.outbox import Outcome
from careerlink.worker import Delivery
from lti import departures, http, role_map, roles, roster_people, roster_queue, scopes
from lti.claim_values import User
from lti.models import DeploymentState, LtiContext, RegistrationState
from lti.products import product_of
from lti.products.base import Product
from lti.reading import CONTROLS, LONGEST_ID, SURROGATES, text
from lti.services import Services
from lti.tokens import Client

ACCEPT = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
MAX_BYTES = 16_000_000
"""Moodle sends everybody at once unless asked for pages, which may lose people."""
GONE = ("inactive", "deleted")
SWITCHED_OFF = "the registration of the LMS is switched off"
UNREADABLE = "sent a list of members that cannot be read"
CAUSES = {
    401: "the tool may be switched off there",
    403: "CareerLink may not read there who is in the course",
    404: "the course may be gone there",
}


@dataclass(frozen=True)
class _Source:
    client: Client
    url: str
    product: Product
    role_map: Mapping[str, CourseRole]


def deliver(delivery: Delivery) -> Outcome:
    """Handler of the outbox for rosters."""
    source = _source(delivery)
    if isinstance(source, Outcome):
        return source
    try:
        members = _members(delivery, source)
    except http.PlatformFault as fault:
        return _failed(delivery, source, fault)
    return _apply(delivery, source, members)


def _source(delivery: Delivery) -> _Source | Outcome:
    with delivery.database.read() as session:
        context = session.get(LtiContext, delivery.payload["context_id"])
        if context is None or not context.memberships_url:
            return Outcome(final=True, error="the LMS serves no list of members there")
        if roster_queue.is_over(context):
            return Outcome(delivered=True, detail="not read: the course is concluded")
        deployment = context.deployment
        is_active = (
            deployment.registration.state == RegistrationState.ACTIVE
            and deployment.state == DeploymentState.ACTIVE
        )
        client = Client.of(deployment)
        mapped = role_map.of(deployment.registration.role_map)
        source = _Source(client, context.memberships_url, product_of(client.family), mapped)
    if not is_active:
        _note_problem(delivery, f"{SWITCHED_OFF[:1].upper()}{SWITCHED_OFF[1:]}.")
        return Outcome(final=True, error=SWITCHED_OFF)
    return source


def _members(delivery: Delivery, source: _Source) -> list[User]:
    """Everybody on every page, each account once; who is listed twice has the higher role."""
    with http.Platform(delivery.settings, MAX_BYTES) as platform:
        services = Services(
            delivery.database, delivery.settings, source.client, (scopes.MEMBERS,), platform
        )
        pages = services.pages(source.url, accept=ACCEPT, before_next=delivery.renew_lease)
    found = [user for page in pages for user in read_members(page, source.role_map)]
    found.sort(key=lambda user: RANK[user.roles.course])
    return list({user.sub: user for user in found}.values())


def read_members(page: Any, mapped: Mapping[str, CourseRole] = roles.NOTHING) -> list[User]:
    """The people of one page.

    :raises NotJson: not a page of members; half a list must never look like a whole one.
    """
    members = page.get("members") if isinstance(page, dict) else None
    if not isinstance(members, list):
        raise http.NotJson(UNREADABLE)
    return [user for member in members if (user := _user(member, mapped)) is not None]


def _user(member: Any, mapped: Mapping[str, CourseRole]) -> User | None:
    """``None`` for somebody who is listed as gone."""
    if not isinstance(member, dict):
        raise http.NotJson(UNREADABLE)
    sub, names = member.get("user_id"), member.get("roles")
    if not _is_id(sub) or not isinstance(names, list):
        raise http.NotJson(UNREADABLE)
    if text(member.get("status")).lower() in GONE:
        return None
    parts = (text(member.get("given_name")), text(member.get("family_name")))
    return User(
        sub=sub,
        roles=roles.read((name for name in names if isinstance(name, str)), mapped),
        name=text(member.get("name")) or " ".join(part for part in parts if part),
        email=text(member.get("email")),
        sourced_id=text(member.get("lis_person_sourcedid")),
    )


def _is_id(value: Any) -> TypeGuard[str]:
    return (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST_ID
        and not CONTROLS.search(value)
        and not SURROGATES.search(value)
    )


def _failed(delivery: Delivery, source: _Source, fault: http.PlatformFault) -> Outcome:
    """Shown to the instructor at once, and tried again where that can help."""
    problem = f"{source.product.name} {fault}"
    is_final, wait = isinstance(fault, http.ForbiddenAddress), None
    if isinstance(fault, http.BadStatus):
        wait = source.product.throttled_for(fault.answer)
        is_final = wait is None and fault.status < 500
        cause = "it asks to be left alone for a while" if wait else CAUSES.get(fault.status)
        problem += f": {cause}" if cause else ""
    _note_problem(delivery, f"{problem}.")
    return Outcome(final=is_final, error=problem, retry_after=wait)


def _note_problem(delivery: Delivery, problem: str) -> None:
    with delivery.database.write() as session:
        _, roster = _places(session, delivery)
        rosters.note_problem(roster, problem)


def _apply(delivery: Delivery, source: _Source, members: Sequence[User]) -> Outcome:
    """Who is listed is believed at once, and in parts, so that nobody's launch waits for a
    class of thousands; who is left out is weighed at the end."""
    with delivery.database.write() as session:
        context, roster = _places(session, delivery)
        is_first = roster.answered_at is None
        before = {one.lti_user.sub for one in roster_people.listed(session, context)}
    for batch in roster_people.batches(members):
        with delivery.database.write() as session:
            context, _ = _places(session, delivery)
            roster_people.note(session, context, batch, is_first=is_first)
        delivery.renew_lease()
    with delivery.database.write() as session:
        context, roster = _places(session, delivery)
        context.roster_read_at = clock.now()
        confirmed = delivery.payload.get("confirmed", ())
        held = departures.settle(session, context, members, before, confirmed=confirmed)
        if held is not None:
            problem = f"{source.product.name} {held.problem}"
            rosters.note_problem(roster, problem, missing_ids=held.missing_ids)
            return Outcome(final=True, error=problem)
        people = sum(1 for user in members if not user.roles.is_test)
        rosters.note_answer(roster, members=people)
    return Outcome(delivered=True)


def _places(session: Session, delivery: Delivery) -> tuple[LtiContext, CourseRoster]:
    context = session.get_one(LtiContext, delivery.payload["context_id"])
    return context, roster_queue.roster_of(session, context)
