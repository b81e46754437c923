"""The registration that a token names, and its platform's keys, as they are in store."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lti import id_token
from lti.models import LtiRegistration
from lti.reasons import Reason
from lti.refusals import LaunchRefused
from lti.stored_answers import LtiKeyCache

REGISTRATION = (
    select(LtiRegistration, LtiKeyCache)
    .outerjoin(LtiKeyCache, LtiKeyCache.url == LtiRegistration.jwks_url)
    .where(
        LtiRegistration.issuer == bindparam("issuer"),
        LtiRegistration.client_id == bindparam("client_id"),
    )
)


def find(session: Session, token: id_token.Token) -> tuple[LtiRegistration, LtiKeyCache | None]:
    """By exact issuer and client id: on hosted Canvas every school has the same issuer.

    :raises LaunchRefused:
    """
    found = session.execute(
        REGISTRATION, {"issuer": token.issuer, "client_id": token.client_id}
    ).first()
    if found is None:
        raise LaunchRefused(Reason.REGISTRATION_UNKNOWN)
    return found[0], found[1]
