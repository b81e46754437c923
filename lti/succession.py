"""Registrations that took over from one another, newest first.

An LMS admin who deletes the tool and adds it anew gets another client id for the same people
and courses; ``lti add --succeeds ID`` says so.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti.models import LtiRegistration

LONGEST_CHAIN = 20


def predecessors(session: Session, registration: LtiRegistration) -> list[int]:
    """Ids of the registrations before this one, the latest first."""
    found: list[int] = []
    before = registration.succeeds_id
    while before is not None and before not in found and len(found) < LONGEST_CHAIN:
        found.append(before)
        before = session.scalar(
            select(LtiRegistration.succeeds_id).where(LtiRegistration.id == before)
        )
    return found
