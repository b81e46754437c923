"""Logins that wait for their launch: begun by ``/lti/login``, spent once by ``/lti/launch``."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.web.former_address import CAME_BY
from lti.models import LtiLogin, LtiRegistration, RegistrationState
from lti.reading import CONTROLS, LONGEST_ID, LONGEST_URL, SURROGATES
from lti.reasons import Reason
from lti.refusals import LaunchRefused

LIFETIME = timedelta(minutes=10)
LONGEST_HINT = 20_000
PARAMETERS = {
    "iss": LONGEST_URL,
    "login_hint": LONGEST_HINT,
    "target_link_uri": LONGEST_URL,
    "lti_message_hint": LONGEST_HINT,
    "client_id": LONGEST_ID,
    "lti_deployment_id": LONGEST_ID,
    CAME_BY: LONGEST_URL,
}
"""What a login request may bring, with its greatest length."""


OF_ISSUER = select(LtiRegistration).where(LtiRegistration.issuer == bindparam("issuer"))
OF_CLIENT = OF_ISSUER.where(LtiRegistration.client_id == bindparam("client_id"))
BEGIN = insert(LtiLogin)
SPEND = (
    update(LtiLogin)
    .where(
        LtiLogin.state_hash == bindparam("state"),
        LtiLogin.nonce_hash == bindparam("nonce"),
        LtiLogin.browser_hash == bindparam("browser"),
        LtiLogin.registration_id == bindparam("registration"),
        LtiLogin.spent_at.is_(None),
        LtiLogin.expires_at > bindparam("now"),
    )
    .values(spent_at=bindparam("now"))
    .returning(LtiLogin.deployment_hint)
)


@dataclass(frozen=True)
class LoginRequest:
    parameters: dict[str, str]
    """Those that came, unchanged: the platform compares its hints to the letter."""

    @property
    def issuer(self) -> str:
        return self.parameters["iss"]

    @property
    def client_id(self) -> str | None:
        return self.parameters.get("client_id") or None

    @property
    def came_by(self) -> str:
        """The address of ours by which it came, where that is not the present one."""
        return self.parameters.get(CAME_BY, "")

    @property
    def deployment_hint(self) -> str | None:
        return self.parameters.get("lti_deployment_id") or None


def read(given: dict[str, str]) -> LoginRequest:
    """:raises LaunchRefused:"""
    # Canvas has used both names for the deployment (fixtures: login_initiation).
    if "deployment_id" in given:
        given = {"lti_deployment_id": given["deployment_id"], **given}
    found = {name: given[name] for name in PARAMETERS if name in given}
    for name, value in found.items():
        unclean = CONTROLS.search(value) or SURROGATES.search(value)
        if len(value) > PARAMETERS[name] or (unclean and name != "lti_message_hint"):
            raise LaunchRefused(Reason.LOGIN_MALFORMED, name)
    if not found.get("iss"):
        raise LaunchRefused(Reason.ISSUER_MISSING)
    if not found.get("login_hint"):
        raise LaunchRefused(Reason.LOGIN_HINT_MISSING)
    return LoginRequest(found)


def find_registration(session: Session, asked: LoginRequest) -> LtiRegistration:
    """:raises LaunchRefused: unknown, not told apart, or not active."""
    given = {"issuer": asked.issuer, "client_id": asked.client_id}
    wanted = OF_CLIENT if asked.client_id is not None else OF_ISSUER
    found = session.scalars(wanted, given).all()
    if len(found) > 1:
        found = [row for row in found if row.state == RegistrationState.ACTIVE]
    if len(found) > 1:
        raise LaunchRefused(Reason.CLIENT_MISSING)
    if not found:
        raise LaunchRefused(Reason.REGISTRATION_UNKNOWN)
    require_active(found[0])
    return found[0]


def require_active(registration: LtiRegistration) -> None:
    known = registration.id
    if registration.state == RegistrationState.PENDING:
        raise LaunchRefused(Reason.REGISTRATION_PENDING, registration_id=known)
    if registration.state != RegistrationState.ACTIVE:
        raise LaunchRefused(Reason.REGISTRATION_INACTIVE, registration_id=known)


def begin(
    session: Session,
    registration: LtiRegistration,
    asked: LoginRequest,
    *,
    browser: str,
    redirect_uri: str,
) -> str:
    """Store hashes of what must come back, and return the platform's address to go to."""
    # Moodle strips what looks like a tag from the state: hexadecimal digits stay whole.
    state, nonce = secrets.token_hex(24), secrets.token_hex(24)
    now = clock.now()
    session.connection().execute(
        BEGIN,
        {
            "registration_id": registration.id,
            "state_hash": digest(state),
            "nonce_hash": digest(nonce),
            "browser_hash": digest(browser),
            "deployment_hint": asked.deployment_hint,
            "asked": asked.parameters,
            "created_at": now,
            "expires_at": now + LIFETIME,
        },
    )
    answer = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": registration.client_id,
        "redirect_uri": redirect_uri,
        "login_hint": asked.parameters["login_hint"],
        "state": state,
        "nonce": nonce,
    }
    if "lti_message_hint" in asked.parameters:
        answer["lti_message_hint"] = asked.parameters["lti_message_hint"]
    return with_query(registration.auth_url, answer)


def with_query(address: str, parameters: dict[str, str]) -> str:
    """``address`` with more parameters behind those that it has."""
    parts = urlsplit(address)
    query = urlencode(parse_qsl(parts.query, keep_blank_values=True) + [*parameters.items()])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def spend(
    session: Session, *, registration_id: int, state: str, nonce: str, browser: str
) -> str | None:
    """Use up the login that this launch answers; its deployment hint, if it had one.

    One UPDATE decides, so of two equal launches at the same moment one is refused.

    :raises LaunchRefused: no such login, another browser or nonce, too late, or spent.
    """
    now = clock.now()
    spent = (
        session.connection()
        .execute(
            SPEND,
            {
                "state": digest(state),
                "nonce": digest(nonce),
                "browser": digest(browser),
                "registration": registration_id,
                "now": now,
            },
        )
        .first()
    )
    if spent is None:
        # Nothing is wrong with it any more only if it was spent between the two statements.
        found = _why_not(session, registration_id, state, nonce, browser)
        raise LaunchRefused(found or Reason.LOGIN_SPENT)
    hint: str | None = spent[0]
    return hint


def require_waiting(
    session: Session, *, registration_id: int, state: str, nonce: str, browser: str
) -> None:
    """Before a platform is called on behalf of a token that nothing vouches for yet.

    :raises LaunchRefused:
    """
    reason = _why_not(session, registration_id, state, nonce, browser)
    if reason is not None:
        raise LaunchRefused(reason)


def _why_not(
    session: Session, registration_id: int, state: str, nonce: str, browser: str
) -> Reason | None:
    row = session.scalar(select(LtiLogin).where(LtiLogin.state_hash == digest(state)))
    if row is None or row.registration_id != registration_id:
        return Reason.STATE_UNKNOWN
    if row.browser_hash != digest(browser):
        return Reason.BROWSER_CHANGED
    if row.nonce_hash != digest(nonce):
        return Reason.NONCE_WRONG
    if row.spent_at is not None:
        return Reason.LOGIN_SPENT
    return Reason.LOGIN_EXPIRED if row.expires_at <= clock.now() else None


def begun(session: Session, *, state: str, browser: str) -> LtiLogin | None:
    """The unspent login of this browser that a platform's ``error`` answers."""
    return session.scalar(
        select(LtiLogin).where(
            LtiLogin.state_hash == digest(state),
            LtiLogin.browser_hash == digest(browser),
            LtiLogin.spent_at.is_(None),
            LtiLogin.expires_at > clock.now(),
        )
    )


def sweep(session: Session) -> int:
    """Drop logins whose time is over; a launch for them is refused as unknown."""
    old = clock.now() - LIFETIME
    return session.execute(delete(LtiLogin).where(LtiLogin.expires_at < old)).rowcount  # type: ignore[attr-defined,no-any-return]


def digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
