"""Whose launch it is: the LMS account, and the person behind it. Never by e-mail address."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.people import grants
from careerlink.people import operations as people
from careerlink.people.models import Person
from lti import first_time
from lti.claim_values import User
from lti.known import Origin
from lti.models import LtiDeployment, LtiUser
from lti.succession import predecessors

NOTE_EVERY = timedelta(minutes=10)
"""How old a "last seen" may be before it is worth a write."""


def enter(session: Session, origin: Origin, user: User) -> LtiUser:
    """The account of ``user``, its person brought up to date; both made at the first launch."""
    account = origin.account or _first_launch(session, origin.deployment, user)
    now = clock.now()
    if is_due(account.last_launch_at, now):
        account.last_launch_at = now
    if not user.is_masqueraded:
        people.refresh_person(session, account.person, **told(user))
        if origin.grants_wait and not (account.is_test or user.roles.is_test):
            grants.take_waiting(session, account.person, actor=people.as_self(account.person))
    return account


def find_or_add(session: Session, deployment: LtiDeployment, user: User) -> LtiUser:
    """The account, whether a launch or a roster names it first."""
    return _find(session, deployment, user.sub) or _first_launch(session, deployment, user)


def told(user: User) -> dict[str, str]:
    return {
        "name": user.name,
        "email": user.email,
        "sis_id": user.sourced_id,
        "locale": user.locale,
        "time_zone": user.time_zone,
    }


def is_due(noted: datetime | None, now: datetime) -> bool:
    return noted is None or now - noted > NOTE_EVERY


def _first_launch(session: Session, deployment: LtiDeployment, user: User) -> LtiUser:
    key = ("lti_user", deployment.registration_id, deployment.institution_id, user.sub)
    first_time.alone(session, *key)
    if account := _find(session, deployment, user.sub):
        return account
    is_test = user.roles.is_test
    institution = deployment.institution
    person = _known_before(session, deployment, user)
    if person is None and not is_test:
        person = people.find_by_sis_id(session, institution, user.sourced_id)
    account = LtiUser(
        registration_id=deployment.registration_id,
        institution_id=deployment.institution_id,
        sub=user.sub,
        person=person or people.add_person(session, institution, is_test=is_test, **told(user)),
        is_test=is_test,
    )
    session.add(account)
    session.flush()
    return account


def _known_before(session: Session, deployment: LtiDeployment, user: User) -> Person | None:
    """The same account under a registration that this one succeeds."""
    for registration_id in predecessors(session, deployment.registration):
        account = session.scalar(
            select(LtiUser)
            .options(joinedload(LtiUser.person))
            .where(
                LtiUser.registration_id == registration_id,
                LtiUser.institution_id == deployment.institution_id,
                LtiUser.sub == user.sub,
            )
        )
        if account is not None:
            return account.person
    return None


def _find(session: Session, deployment: LtiDeployment, sub: str) -> LtiUser | None:
    return session.scalar(
        select(LtiUser)
        .options(joinedload(LtiUser.person))
        .where(
            LtiUser.registration_id == deployment.registration_id,
            LtiUser.institution_id == deployment.institution_id,
            LtiUser.sub == sub,
        )
    )
