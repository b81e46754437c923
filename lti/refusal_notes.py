"""The latest refused launch of each registration, for the LMS administrator's desk."""

from datetime import timedelta

from sqlalchemy import select, update

from careerlink import clock
from careerlink.db import Database
from lti.models import LtiRegistration
from lti.reasons import Reason

EVERY = timedelta(seconds=10)
"""Anybody can send launches that are refused; they must not keep the database busy."""


def note(database: Database, registration_id: int, reason: Reason) -> None:
    now = clock.now()
    with database.read() as session:
        last = session.scalar(
            select(LtiRegistration.last_refused_at).where(LtiRegistration.id == registration_id)
        )
    if last is not None and timedelta(0) <= now - last < EVERY:
        return
    with database.write() as session:
        session.execute(
            update(LtiRegistration)
            .where(LtiRegistration.id == registration_id)
            .values(last_refusal=reason.code, last_refused_at=now)
        )
