"""What an administrator changes at a registration, besides switching it on and off."""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses.roles import CourseRole
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted
from careerlink.people.actors import Actor
from lti import first_time, role_map
from lti.models import LtiRegistration
from lti.reading import origin_of

MOST_ORIGINS = 20


def require_admin(actor: Actor, registration: LtiRegistration) -> None:
    """:raises NotPermitted:"""
    if not actor.is_admin or actor.institution_id != registration.institution_id:
        raise NotPermitted("Only an administrator of this institution may do this.")


def alone_with(session: Session, registration: LtiRegistration) -> None:
    """Let no other writer of it pass until this transaction ends, and see what the last did."""
    first_time.alone(session, "lti_registration", registration.id)
    session.refresh(registration)


def settings_of(registration: LtiRegistration) -> str:
    """Stands for what a page of settings shows."""
    shown = (registration.name, registration.frame_origins, registration.allows_anonymous)
    return json.dumps(shown)


def change(
    session: Session,
    registration: LtiRegistration,
    *,
    name: str,
    frame_origins: Iterable[str],
    allows_anonymous: bool,
    seen: str,
    actor: Actor,
) -> None:
    """:raises InvalidInput: an origin is none.
    :raises ChangedMeanwhile: the writer saw other settings: an origin that somebody took out
        must not come back with a new name.
    """
    require_admin(actor, registration)
    alone_with(session, registration)
    origins = list(dict.fromkeys(_origin(given) for given in frame_origins))
    if len(origins) > MOST_ORIGINS:
        raise InvalidInput(f"Keep it to {MOST_ORIGINS} addresses.", field="frame_origins")
    wanted = {
        "name": name,
        "frame_origins": origins,
        "allows_anonymous": allows_anonymous,
    }
    changed = [key for key, value in wanted.items() if getattr(registration, key) != value]
    if not changed:
        return
    if seen != settings_of(registration):
        raise ChangedMeanwhile("Somebody else changed these settings just now.")
    for key in changed:
        setattr(registration, key, wanted[key])
    session.flush()
    audit.record(session, "lti_registration:change", registration, actor=actor, what=changed)


def map_roles(
    session: Session,
    registration: LtiRegistration,
    wanted: Mapping[str, CourseRole],
    *,
    actor: Actor,
) -> None:
    """Replace the whole role map.

    :raises InvalidInput: a name says nothing about a course.
    """
    require_admin(actor, registration)
    checked = role_map.checked(wanted)
    if checked == registration.role_map:
        return
    registration.role_map = checked
    session.flush()
    audit.record(
        session, "lti_registration:map_roles", registration, actor=actor, roles=len(checked)
    )


def _origin(given: str) -> str:
    found = origin_of(given)
    if not found:
        raise InvalidInput(
            f"“{given}” is not like https://lms.example.edu.", field="frame_origins"
        )
    return found
