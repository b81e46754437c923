"""Campus sign-in for career staff by OpenID Connect; students and teachers come by launches."""

from collections.abc import Mapping
from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from joserfc.errors import JoseError
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.config import SignIn
from careerlink.errors import Refusal
from careerlink.institutions.models import Institution
from careerlink.people import campus_accounts, grants, operations
from careerlink.people.models import Person, PersonRole

EXTENSION = "careerlink.campus_sign_in"
TIMEOUT_SECONDS = 10
NO_ROLE = (
    "No office role is granted to your address. Students and teachers open CareerLink from "
    "their course."
)


class SignInFailed(Refusal):
    status = 403
    reason = "sign-in-failed"


class ProviderAway(Refusal):
    status = 502
    reason = "sign-in-away"


def provider(app: Flask, settings: SignIn) -> Any:
    """The campus's provider, as its discovery document describes it."""
    if EXTENSION not in app.extensions:
        app.extensions[EXTENSION] = OAuth(app).register(
            "campus",
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT_SECONDS,
            },
        )
    return app.extensions[EXTENSION]


def begin(campus: Any, callback: str) -> Any:
    try:
        return campus.authorize_redirect(callback)
    except (OSError, ValueError) as exc:
        raise ProviderAway(
            "The campus sign-in does not answer. Try again in a minute."
        ) from exc


def finish(campus: Any, settings: SignIn) -> Mapping[str, Any]:
    """The claims about whoever came back, checked against state, nonce and signature."""
    try:
        token = campus.authorize_access_token()
        claims = dict(token.get("userinfo") or {})
        if claims and "email" not in claims:
            more = campus.userinfo(token=token)
            if more.get("sub") == claims.get("sub"):
                claims = {**more, **claims}
    except OAuthError as exc:
        raise SignInFailed("The campus sign-in was not completed. Begin again.") from exc
    except OSError as exc:
        raise ProviderAway(
            "The campus sign-in does not answer. Try again in a minute."
        ) from exc
    except (JoseError, ValueError, KeyError) as exc:
        raise SignInFailed("The campus sign-in sent an answer that cannot be trusted.") from exc
    if str(claims.get("iss", "")).rstrip("/") != settings.issuer.rstrip("/"):
        raise SignInFailed("The campus sign-in sent an answer that cannot be trusted.")
    if not claims.get("email") or claims.get("email_verified") is not True:
        raise SignInFailed("The campus sign-in gives no verified e-mail address for you.")
    return claims


def person_of(session: Session, claims: Mapping[str, Any]) -> Person:
    """The person of this campus account; made at the first sign-in, when a role waits for it,
    or taken then by somebody whom the career office has named.

    A role that an LMS account took stays with that account: an LMS may let people choose their
    own address, and linking two accounts is never done by address.

    :raises SignInFailed: no role is granted to the address, or another account has it.
    """
    subject = f"{claims['iss']} {claims['sub']}"
    known = campus_accounts.of_subject(session, subject)
    address = str(claims["email"]).lower()
    expected = campus_accounts.awaited(session, address)
    granted = session.scalars(
        select(PersonRole)
        .where(PersonRole.email == address, PersonRole.revoked_at.is_(None))
        .order_by(PersonRole.person_id.is_not(None), PersonRole.id)
        .limit(1)
    ).first()
    if known is not None:
        person = known
    elif expected is not None:
        name = str(claims.get("name") or "")
        person = campus_accounts.take(session, expected, subject=subject, name=name)
    elif granted is not None:
        person = _first_sign_in(session, granted, claims, subject)
    else:
        raise SignInFailed(NO_ROLE)
    grants.take_waiting(session, person, actor=operations.as_self(person))
    if grants.held(session, person) == grants.NOTHING:
        raise SignInFailed(NO_ROLE)
    return person


def _first_sign_in(
    session: Session, granted: PersonRole, claims: Mapping[str, Any], subject: str
) -> Person:
    if granted.person_id is not None:
        raise SignInFailed(
            "The office role of your address is in use by an account of the LMS. "
            "Open CareerLink from there, or have the role revoked and granted again."
        )
    person = operations.add_person(
        session,
        session.get_one(Institution, granted.institution_id),
        name=str(claims.get("name") or ""),
        email=str(claims["email"]).lower(),
    )
    person.campus_subject = subject
    session.flush()
    return person
