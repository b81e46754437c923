"""What the desk shows: the registrations of one institution, and how each is doing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from lti.causes import Cause
from lti.desk import granted
from lti.desk.granted import Granted
from lti.models import (
    CheckOutcome,
    DeploymentState,
    LtiContext,
    LtiDeployment,
    LtiRegistration,
    LtiServiceCheck,
    LtiUser,
    RegistrationState,
)
from lti.reasons import Reason

CAUSES = {reason.code: reason.value for reason in Reason}


@dataclass(frozen=True)
class Row:
    """One registration with all that its line in the list says."""

    registration: LtiRegistration
    deployments: Sequence[LtiDeployment]
    granted: Granted
    failed: Sequence[LtiServiceCheck]
    """Services whose last check failed."""

    @property
    def waiting(self) -> list[LtiDeployment]:
        return [one for one in self.deployments if one.state == DeploymentState.PENDING]

    @property
    def refusal(self) -> Cause | None:
        """Why the newest launch was refused, if that is newer than the last accepted one."""
        return latest_refusal(self.registration)

    @property
    def is_active(self) -> bool:
        return self.registration.state == RegistrationState.ACTIVE


@dataclass(frozen=True)
class Use:
    people: int
    courses: int


def visible_to(actor: Actor) -> Select[LtiRegistration]:
    ours = LtiRegistration.institution_id == actor.institution_id
    return select(LtiRegistration).where(ours if actor.is_admin else false())


def get_visible(session: Session, actor: Actor, registration_id: int) -> LtiRegistration:
    found = session.scalar(
        visible_to(actor)
        .where(LtiRegistration.id == registration_id)
        .options(joinedload(LtiRegistration.institution))
    )
    if found is None:
        raise NotFound
    return found


def get_deployment(
    session: Session, registration: LtiRegistration, deployment_id: int
) -> LtiDeployment:
    found = session.scalar(
        _deployments([registration]).where(LtiDeployment.id == deployment_id)
    )
    if found is None:
        raise NotFound
    return found


def rows(session: Session, actor: Actor) -> list[Row]:
    """Those that wait first, then those at work, then those switched off; newest first."""
    found = session.scalars(visible_to(actor).order_by(LtiRegistration.id.desc())).all()
    order = list(RegistrationState)
    return sorted(
        _described(session, found), key=lambda row: order.index(row.registration.state)
    )


def row_of(session: Session, registration: LtiRegistration) -> Row:
    return _described(session, [registration])[0]


def predecessor(session: Session, registration: LtiRegistration) -> LtiRegistration | None:
    if registration.succeeds_id is None:
        return None
    return session.get(LtiRegistration, registration.succeeds_id)


def use_of(session: Session, registration: LtiRegistration) -> Use:
    """Who feels it when this registration is switched on or off."""
    people = select(func.count(LtiUser.person_id.distinct())).where(
        LtiUser.registration_id == registration.id, LtiUser.is_test.is_(False)
    )
    courses = (
        select(func.count(LtiContext.course_id.distinct()))
        .join(LtiDeployment, LtiDeployment.id == LtiContext.deployment_id)
        .where(LtiDeployment.registration_id == registration.id)
    )
    return Use(session.scalar(people) or 0, session.scalar(courses) or 0)


def latest_refusal(registration: LtiRegistration) -> Cause | None:
    at, accepted = registration.last_refused_at, registration.last_launch_at
    if at is None or (accepted is not None and accepted > at):
        return None
    return CAUSES.get(registration.last_refusal)


def _described(session: Session, found: Sequence[LtiRegistration]) -> list[Row]:
    scopes = granted.by_registration(session, found)
    deployments: dict[int, list[LtiDeployment]] = {row.id: [] for row in found}
    for one in session.scalars(_deployments(found).order_by(LtiDeployment.id)):
        deployments[one.registration_id].append(one)
    failed: dict[int, list[LtiServiceCheck]] = {row.id: [] for row in found}
    for check in session.scalars(
        select(LtiServiceCheck).where(
            LtiServiceCheck.registration_id.in_(failed),
            LtiServiceCheck.outcome == CheckOutcome.FAILS,
        )
    ):
        failed[check.registration_id].append(check)
    return [
        Row(one, deployments[one.id], granted.of_scopes(scopes[one.id]), failed[one.id])
        for one in found
    ]


def _deployments(found: Sequence[LtiRegistration]) -> Select[LtiDeployment]:
    """Of the registrations' own institutions: on hosted Canvas some may be others'."""
    return (
        select(LtiDeployment)
        .join(LtiDeployment.registration)
        .where(
            LtiDeployment.registration_id.in_([row.id for row in found]),
            LtiDeployment.institution_id == LtiRegistration.institution_id,
        )
    )
