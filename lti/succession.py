"""Registrations that took over from one another, newest first.

An LMS admin who deletes the tool and adds it anew gets another client id for the same people
and courses; ``lti add --succeeds ID`` says so.
"""

from collections.abc import Sequence

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


def candidates(session: Session, registration: LtiRegistration) -> Sequence[LtiRegistration]:
    """Older registrations of the same LMS that this one may have come in place of.

    Hosted Canvas has one issuer for all schools: there the account has to be the same, too.
    """
    found = session.scalars(
        select(LtiRegistration)
        .where(
            LtiRegistration.institution_id == registration.institution_id,
            LtiRegistration.issuer == registration.issuer,
            LtiRegistration.family == registration.family,
            LtiRegistration.id < registration.id,
            LtiRegistration.id.not_in(
                select(LtiRegistration.succeeds_id).where(
                    LtiRegistration.succeeds_id.is_not(None)
                )
            ),
        )
        .order_by(LtiRegistration.id.desc())
    )
    return [row for row in found if _same_account(row, registration)]


def _same_account(one: LtiRegistration, other: LtiRegistration) -> bool:
    """Set up by hand, nothing is known of the account."""
    known = {one.account_guid, other.account_guid} - {""}
    return len(known) < 2
