"""What is known already of a launch: everything it touches, in two queries.

Launches come in bursts when a class begins, so their statements are built once.
"""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import Session, contains_eager

from careerlink.courses.models import CourseMember
from careerlink.people.models import PersonRole
from lti.models import (
    LtiContext,
    LtiDeployment,
    LtiLineItem,
    LtiMembership,
    LtiResourceLink,
    LtiUser,
)


@dataclass(frozen=True)
class Origin:
    deployment: LtiDeployment
    account: LtiUser | None
    grants_wait: bool
    """Office roles wait for this address."""


@dataclass(frozen=True)
class Place:
    context: LtiContext | None = None
    link: LtiResourceLink | None = None
    line_item: LtiLineItem | None = None
    membership: LtiMembership | None = None
    member: CourseMember | None = None


GRANTS_WAIT = (
    exists()
    .where(
        PersonRole.institution_id == LtiDeployment.institution_id,
        PersonRole.email == bindparam("email"),
        PersonRole.person_id.is_(None),
        PersonRole.revoked_at.is_(None),
    )
    .correlate(LtiDeployment)
)
ORIGIN = (
    select(LtiDeployment, LtiUser, GRANTS_WAIT)
    .join(LtiDeployment.registration)
    .join(LtiDeployment.institution)
    .outerjoin(
        LtiUser,
        and_(
            LtiUser.registration_id == LtiDeployment.registration_id,
            LtiUser.institution_id == LtiDeployment.institution_id,
            LtiUser.sub == bindparam("sub"),
        ),
    )
    .outerjoin(LtiUser.person)
    .options(
        contains_eager(LtiDeployment.registration),
        contains_eager(LtiDeployment.institution),
        contains_eager(LtiUser.person),
    )
    .where(
        LtiDeployment.registration_id == bindparam("registration_id"),
        LtiDeployment.deployment_id == bindparam("deployment_id"),
    )
)
PLACE = (
    select(LtiContext, LtiResourceLink, LtiLineItem, LtiMembership, CourseMember)
    .join(LtiContext.course)
    .outerjoin(
        LtiResourceLink,
        and_(
            LtiResourceLink.context_id == LtiContext.id,
            LtiResourceLink.resource_link_id == bindparam("link_id"),
        ),
    )
    .outerjoin(
        LtiLineItem,
        and_(
            LtiLineItem.context_id == LtiContext.id,
            LtiLineItem.url == bindparam("line_item_url"),
        ),
    )
    .outerjoin(
        LtiMembership,
        and_(
            LtiMembership.context_id == LtiContext.id,
            LtiMembership.lti_user_id == bindparam("account_id"),
        ),
    )
    .outerjoin(
        CourseMember,
        and_(
            CourseMember.course_id == LtiContext.course_id,
            CourseMember.person_id == bindparam("person_id"),
        ),
    )
    .options(contains_eager(LtiContext.course))
    .where(
        LtiContext.deployment_id == bindparam("deployment"),
        LtiContext.context_id == bindparam("context_id"),
    )
)


def origin(
    session: Session, registration_id: int, deployment_id: str, *, sub: str, email: str
) -> Origin | None:
    found = session.execute(
        ORIGIN,
        {
            "registration_id": registration_id,
            "deployment_id": deployment_id,
            "sub": sub,
            "email": email.lower(),
        },
    ).first()
    return Origin(found[0], found[1], bool(found[2])) if found is not None else None


def place(
    session: Session,
    deployment: LtiDeployment,
    account: LtiUser,
    *,
    context_id: str,
    link_id: str,
    line_item_url: str,
) -> Place:
    found = session.execute(
        PLACE,
        {
            "deployment": deployment.id,
            "context_id": context_id,
            "link_id": link_id,
            "line_item_url": line_item_url,
            "account_id": account.id,
            "person_id": account.person_id,
        },
    ).first()
    return Place(*found) if found is not None else Place()
