"""Running checks one after the other, within a time, and keeping what they found."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock, mail_transport
from lti import first_time
from lti.models import CheckedService, LtiServiceCheck
from lti.self_test import key_checks, service_checks
from lti.self_test.found import SECONDS, Asked, Found, fails, works

SECONDS_FOR_ALL = 30


def check_mail(asked: Asked) -> Found:
    settings = asked.settings.mail
    if problem := mail_transport.probe(settings, seconds=SECONDS):
        return fails(f"{problem[:1].upper()}{problem[1:]}.", "mail-server")
    url = urlsplit(settings.url)
    if url.scheme in ("smtp", "smtps"):
        return works(f"The mail server {url.hostname} takes us. No mail was sent.")
    where = "written to files" if url.scheme == "file" else "printed"
    return works(f"Mail is {where} here, not sent.")


CHECKS: dict[CheckedService, Callable[[Asked], Found]] = {
    CheckedService.KEYS: key_checks.own_keys,
    CheckedService.PLATFORM_KEYS: key_checks.platform_keys,
    CheckedService.ACCESS: service_checks.access,
    CheckedService.ROSTER: service_checks.read_roster,
    CheckedService.GRADES: service_checks.read_columns,
    CheckedService.MAIL: check_mail,
}
"""The frame is tried by the browser, see ``desk.frame_views``."""


def run(asked: Asked, services: Iterable[CheckedService]) -> list[CheckedService]:
    """No transaction may be open. Returns those for which no time was left."""
    left = []
    for service in services:
        if asked.is_over:
            left.append(service)
            continue
        found = CHECKS[service](asked)
        with asked.database.write() as session:
            keep(session, asked.registration_id, service, found)
    return left


def keep(session: Session, registration_id: int, service: CheckedService, found: Found) -> None:
    """The latest of each service; two at once leave one."""
    wanted = select(LtiServiceCheck).where(
        LtiServiceCheck.registration_id == registration_id, LtiServiceCheck.service == service
    )
    first_time.alone(session, "lti_service_check", registration_id, service.value)
    row = session.scalar(wanted)
    if row is None:
        row = LtiServiceCheck(registration_id=registration_id, service=service)
        session.add(row)
    row.outcome, row.told, row.remedy = found.outcome, found.told, found.remedy
    row.checked_at = clock.now()
    session.flush()
