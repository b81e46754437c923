"""What waits for an administrator: platforms and deployments that came by themselves."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.home.waiting import YOURS
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Waiting
from lti.desk import queries
from lti.desk.queries import Row
from lti.models import LtiDeployment, RegistrationState

ASK_URGENCY = 90


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    if not actor.is_admin:
        return []
    found = []
    for row in queries.rows(session, actor):
        if row.registration.state == RegistrationState.PENDING:
            found.append(_registration(row))
        elif row.is_active:
            found += [_deployment(row, one) for one in row.waiting]
    return found


def _registration(row: Row) -> Waiting:
    one = row.registration
    return Waiting(
        group=YOURS,
        title=f"Approve the LMS “{one.name}”",
        text=f"It connected itself with an invitation: {one.issuer}.",
        since=one.created_at,
        url=url_for("desk.show", registration_id=one.id),
        action="Look at it",
        why="An LMS that connects itself waits until an administrator has compared it.",
    )


def _deployment(row: Row, one: LtiDeployment) -> Waiting:
    name = one.platform_name or one.deployment_id
    return Waiting(
        group=YOURS,
        title=f"Decide on the deployment “{name}”",
        text=f"Somebody opened CareerLink there, through {row.registration.name}.",
        since=one.created_at,
        url=url_for("desk.show", registration_id=row.registration.id),
        action="Decide",
        why="One Canvas address serves many schools, so each new place waits for approval.",
    )


def next_steps(_session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """Whoever looks after the LMS, without a role in our office: whom to ask for it."""
    has_a_part = course_id is not None and (
        actor.may_look(course_id) or actor.is_student(course_id)
    )
    if not actor.runs_lms or actor.reads_office or has_a_part:
        return []
    return [
        NextStep(
            title="ask for the LMS desk",
            url=url_for("desk_newcomer.show"),
            action="See whom to ask",
            why="Your LMS says that you look after it. To set CareerLink up takes a role here.",
            urgency=ASK_URGENCY,
        )
    ]
