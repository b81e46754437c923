"""What a platform lets us do, in words: from the scopes that its launches name."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lti import scopes
from lti.models import LtiContext, LtiDeployment, LtiRegistration

NEWEST_CONTEXTS = 5
"""Courses made before a permission was given keep the old ones until their next launch."""


@dataclass(frozen=True)
class Service:
    name: str
    scopes: tuple[str, ...]
    """Any of them will do."""
    lets: str
    without: str
    is_extra: bool = False
    """Good to have; many LMSs do not know it."""


SERVICES = (
    Service(
        "Roster",
        (scopes.MEMBERS,),
        "reads who is in a course",
        "People are known from their first launch on, and nobody is seen to drop.",
    ),
    Service(
        "Columns",
        (scopes.LINE_ITEM,),
        "finds and makes gradebook columns",
        "Grades go only to a column that a link in the course brings with it.",
    ),
    Service(
        "Grades",
        (scopes.SCORE,),
        "sends grades",
        "No grade reaches the gradebook.",
    ),
    Service(
        "Results",
        (scopes.RESULT_READ,),
        "reads its own grades back",
        "A teacher’s change in the gradebook is not noticed.",
    ),
    Service(
        "Notices",
        (scopes.NOTICES,),
        "hears when a course is copied",
        "A copied course is noticed at its first launch.",
        is_extra=True,
    ),
)


@dataclass(frozen=True)
class Granted:
    is_known: bool
    """Nothing is known before the first launch from a course."""
    services: tuple[Service, ...]
    missing: tuple[Service, ...]

    @property
    def words(self) -> str:
        return _named(self.services)

    @property
    def words_missing(self) -> str:
        return _named(service for service in self.missing if not service.is_extra)


def _named(services: Iterable[Service]) -> str:
    names = ", ".join(service.name.lower() for service in services)
    return f"{names[:1].upper()}{names[1:]}"


def of_scopes(found: Iterable[str]) -> Granted:
    known = set(found)
    granted = tuple(s for s in SERVICES if known & set(s.scopes))
    missing = tuple(s for s in SERVICES if s not in granted)
    return Granted(bool(known), granted, missing)


def by_registration(
    session: Session, registrations: Iterable[LtiRegistration]
) -> dict[int, set[str]]:
    """The scopes of each one's newest courses, and of its registration."""
    found = {row.id: set(row.scopes) for row in registrations}
    ranked = (
        select(
            LtiDeployment.registration_id,
            LtiContext.scopes,
            func.row_number()
            .over(partition_by=LtiDeployment.registration_id, order_by=LtiContext.id.desc())
            .label("place"),
        )
        .join(LtiDeployment, LtiDeployment.id == LtiContext.deployment_id)
        .where(
            LtiDeployment.registration_id.in_(found),
            or_(LtiContext.lineitems_url != "", LtiContext.memberships_url != ""),
        )
        .subquery()
    )
    newest = session.execute(
        select(ranked.c.registration_id, ranked.c.scopes).where(
            ranked.c.place <= NEWEST_CONTEXTS
        )
    ).all()
    told = {registration_id for registration_id, _ in newest}
    for registration_id in told:
        # What launches say now counts more than what was promised at registration.
        found[registration_id] = set()
    for registration_id, names in newest:
        found[registration_id] |= set(names)
    return found
