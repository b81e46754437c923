"""What a check found, and what it is asked about."""

from dataclasses import dataclass
from time import monotonic

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.config import Settings
from careerlink.db import Database
from lti.http import Platform
from lti.models import (
    CheckOutcome,
    DeploymentState,
    LtiContext,
    LtiDeployment,
    LtiRegistration,
)
from lti.products import product_of
from lti.products.base import Product
from lti.tokens import Client

SECONDS = 10


@dataclass(frozen=True)
class Found:
    outcome: CheckOutcome
    told: str
    remedy: str = ""


def works(told: str) -> Found:
    return Found(CheckOutcome.WORKS, told)


def fails(told: str, remedy: str) -> Found:
    return Found(CheckOutcome.FAILS, told, remedy)


def unknown(told: str, remedy: str = "") -> Found:
    return Found(CheckOutcome.UNKNOWN, told, remedy)


@dataclass(frozen=True)
class Place:
    """The newest course that told where a service is."""

    course: str
    url: str
    client: Client


@dataclass(frozen=True)
class Asked:
    """A registration free of the database, so that nothing is open while a platform answers."""

    database: Database
    settings: Settings
    registration_id: int
    institution_id: int
    jwks_url: str
    client: Client | None
    """``None``: no deployment is active."""
    product: Product
    granted: frozenset[str]
    roster: Place | None
    columns: Place | None
    ends: float
    """When the time for all is up, by the monotonic clock."""

    def platform(
        self, max_bytes: int = 2_000_000, settings: Settings | None = None
    ) -> Platform:
        left = max(1.0, min(SECONDS, self.ends - monotonic()))
        return Platform(settings or self.settings, max_bytes, left)

    @property
    def is_over(self) -> bool:
        return monotonic() >= self.ends


def ask(
    session: Session,
    registration: LtiRegistration,
    *,
    database: Database,
    settings: Settings,
    granted: frozenset[str],
    seconds: float,
) -> Asked:
    deployment = session.scalar(
        select(LtiDeployment)
        .where(
            LtiDeployment.registration_id == registration.id,
            LtiDeployment.state == DeploymentState.ACTIVE,
        )
        .options(joinedload(LtiDeployment.registration))
        .order_by(LtiDeployment.id.desc())
        .limit(1)
    )
    return Asked(
        database=database,
        settings=settings,
        registration_id=registration.id,
        institution_id=registration.institution_id,
        jwks_url=registration.jwks_url,
        client=Client.of(deployment) if deployment is not None else None,
        product=product_of(registration.family),
        granted=granted,
        roster=_newest(session, registration, "memberships_url"),
        columns=_newest(session, registration, "lineitems_url"),
        ends=monotonic() + seconds,
    )


def _newest(session: Session, registration: LtiRegistration, service: str) -> Place | None:
    column = getattr(LtiContext, service)
    context = session.scalar(
        select(LtiContext)
        .join(LtiContext.deployment)
        .options(joinedload(LtiContext.deployment).joinedload(LtiDeployment.registration))
        .where(
            LtiDeployment.registration_id == registration.id,
            LtiDeployment.institution_id == registration.institution_id,
            LtiDeployment.state == DeploymentState.ACTIVE,
            column != "",
        )
        .order_by(LtiContext.id.desc())
        .limit(1)
    )
    if context is None:
        return None
    name = context.label or context.title or "The newest course"
    return Place(name, getattr(context, service), Client.of(context.deployment))
