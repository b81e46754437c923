"""Reading a platform's list of members, as a message of the outbox."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, outbox
from careerlink.courses import rosters
from careerlink.courses.models import Course, CourseRoster
from careerlink.courses.operations import expect_roster
from careerlink.outbox import DeliveryState, OutboxMessage, Outcome
from careerlink.people.actors import Actor
from careerlink.worker import Delivery
from lti import http, roles, roster_people, scopes
from lti.claim_values import User
from lti.memberships import ROSTER_KIND, roster_source, roster_target
from lti.models import (
    DeploymentState,
    LtiContext,
    LtiDeployment,
    LtiMembership,
    LtiRegistration,
    RegistrationState,
)
from lti.products import product_of
from lti.products.base import Product
from lti.reading import text
from lti.services import Services
from lti.tokens import Client

KIND = ROSTER_KIND
ACCEPT = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
MAX_BYTES = 16_000_000
"""Moodle sends everybody at once unless asked for pages, which may lose people."""
AGAIN_AFTER = timedelta(hours=24)
TRY_FAILED_AFTER = timedelta(hours=6)
IN_USE = timedelta(days=30)
PER_SWEEP = 20


@dataclass(frozen=True)
class _Source:
    client: Client
    url: str
    product: Product


def deliver(delivery: Delivery) -> Outcome:
    """Handler of the outbox for rosters."""
    source = _source(delivery)
    if isinstance(source, Outcome):
        return source
    try:
        with http.Platform(delivery.settings, MAX_BYTES) as platform:
            services = Services(
                delivery.database,
                delivery.settings,
                source.client,
                (scopes.MEMBERS,),
                platform,
            )
            members = [
                member
                for page in services.pages(source.url, accept=ACCEPT)
                for member in read_members(page)
            ]
    except http.PlatformFault as fault:
        return _failed(delivery, source, fault)
    return _apply(delivery, source, members)


def _source(delivery: Delivery) -> _Source | Outcome:
    with delivery.database.read() as session:
        context = session.get(LtiContext, delivery.payload["context_id"])
        if context is None or not context.memberships_url:
            return Outcome(final=True, error="the LMS serves no list of members there")
        deployment = context.deployment
        if (
            deployment.registration.state != RegistrationState.ACTIVE
            or deployment.state != DeploymentState.ACTIVE
        ):
            return Outcome(final=True, error="the registration of the LMS is switched off")
        client = Client.of(deployment)
        return _Source(client, context.memberships_url, product_of(client.family))


def read_members(page: Any) -> list[User]:
    """The people of one page.

    :raises NotJson: not a page of members; half a list must never look like a whole one.
    """
    members = page.get("members") if isinstance(page, dict) else None
    if not isinstance(members, list):
        raise http.NotJson("sent a list of members that cannot be read")
    return [user for member in members if (user := _user(member)) is not None]


def _user(member: Any) -> User | None:
    """``None`` for somebody who is listed as gone."""
    if not isinstance(member, dict):
        raise http.NotJson("sent a list of members that cannot be read")
    sub, names = member.get("user_id"), member.get("roles")
    if not isinstance(sub, str) or not 0 < len(sub) <= 255 or not isinstance(names, list):
        raise http.NotJson("sent a list of members that cannot be read")
    if member.get("status", "Active") in ("Inactive", "Deleted"):
        return None
    parts = (text(member.get("given_name")), text(member.get("family_name")))
    return User(
        sub=sub,
        roles=roles.read(name for name in names if isinstance(name, str)),
        name=text(member.get("name")) or " ".join(part for part in parts if part),
        email=text(member.get("email")),
        sourced_id=text(member.get("lis_person_sourcedid")),
    )


def _failed(delivery: Delivery, source: _Source, fault: http.PlatformFault) -> Outcome:
    """Shown to the instructor at once, and tried again where that can help."""
    name = source.product.name
    is_final, wait = isinstance(fault, http.ForbiddenAddress), None
    if isinstance(fault, http.BadStatus):
        wait = source.product.throttled_for(fault.answer)
        is_final = wait is None and fault.status < 500
    problem = f"{name} {fault}"
    with delivery.database.write() as session:
        rosters.note_problem(_roster(session, delivery), f"{problem}.")
    return Outcome(final=is_final, error=problem, retry_after=wait)


def _apply(delivery: Delivery, source: _Source, members: list[User]) -> Outcome:
    with delivery.database.write() as session:
        context = session.get_one(LtiContext, delivery.payload["context_id"])
        roster = _roster(session, delivery)
        context.roster_read_at = clock.now()
        problem, missing = roster_people.apply(
            session,
            context,
            members,
            confirmed_missing=delivery.payload.get("confirmed_missing"),
        )
        if problem:
            problem = f"{source.product.name} {problem}"
            rosters.note_problem(roster, problem, missing=missing)
            return Outcome(final=True, error=problem)
        rosters.note_answer(roster, members=len({user.sub for user in members}))
    return Outcome(delivered=True)


def _roster(session: Session, delivery: Delivery) -> CourseRoster:
    context = session.get_one(LtiContext, delivery.payload["context_id"])
    return expect_roster(session, context.course, source=roster_source(context.id))


def confirm_departures(
    session: Session, context: LtiContext, *, actor: Actor
) -> OutboxMessage | None:
    """Have the list read anew and believed, up to as many missing people as are shown now."""
    roster = expect_roster(session, context.course, source=roster_source(context.id))
    if not roster.missing:
        return None
    audit.record(session, "course_roster:confirm", roster, actor=actor, missing=roster.missing)
    return _enqueue(session, context, confirmed_missing=roster.missing)


def _enqueue(session: Session, context: LtiContext, **payload: int) -> OutboxMessage:
    return outbox.enqueue(
        session,
        kind=KIND,
        target=roster_target(context.id),
        payload={"context_id": context.id, **payload},
        institution_id=context.course.institution_id,
    )


def queue_old(session: Session) -> int:
    """Deadline: a roster of a course in use is read every day, also without launches."""
    now = clock.now()
    target = sa.literal("lti_context/") + sa.cast(LtiContext.id, sa.Text)
    source = sa.literal("lti-context-") + sa.cast(LtiContext.id, sa.Text)
    under_way = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.kind == KIND,
            OutboxMessage.target == target,
            OutboxMessage.state.in_((DeliveryState.QUEUED, DeliveryState.SENDING)),
        )
        .exists()
    )
    failed_lately = (
        select(CourseRoster.id)
        .where(
            CourseRoster.course_id == LtiContext.course_id,
            CourseRoster.source == source,
            CourseRoster.failed_at > now - TRY_FAILED_AFTER,
        )
        .exists()
    )
    in_use = (
        select(LtiMembership.id)
        .where(LtiMembership.context_id == LtiContext.id, LtiMembership.seen_at > now - IN_USE)
        .exists()
    )
    due = session.scalars(
        select(LtiContext)
        .join(Course, LtiContext.course_id == Course.id)
        .join(LtiDeployment, LtiContext.deployment_id == LtiDeployment.id)
        .join(LtiRegistration, LtiDeployment.registration_id == LtiRegistration.id)
        .where(
            LtiContext.memberships_url != "",
            sa.or_(
                LtiContext.roster_read_at.is_(None),
                LtiContext.roster_read_at < now - AGAIN_AFTER,
            ),
            Course.concluded_at.is_(None),
            LtiDeployment.state == DeploymentState.ACTIVE,
            LtiRegistration.state == RegistrationState.ACTIVE,
            ~under_way,
            ~failed_lately,
            in_use,
        )
        .order_by(LtiContext.roster_read_at, LtiContext.id)
        .limit(PER_SWEEP)
    ).all()
    for context in due:
        expect_roster(session, context.course, source=roster_source(context.id))
        _enqueue(session, context)
    return len(due)
