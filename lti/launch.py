"""Verifying a launch: what PyLTI1p3 2.0.0 checks, and what it leaves to the tool.

The library keeps the order of checks and looks up the registration; state, nonce, signature,
times, audience, deployment and message are checked here, because it accepts replays, tokens
without end, foreign audiences and states that it never gave out. It is used nowhere else.
"""

from collections.abc import Callable
from typing import Any, Self, cast

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from pylti1p3.cookie import CookieService
from pylti1p3.exception import LtiException
from pylti1p3.message_launch import MessageLaunch
from pylti1p3.registration import Registration
from pylti1p3.request import Request
from pylti1p3.session import SessionService
from pylti1p3.tool_config.abstract import ToolConfAbstract

from lti.id_token import Token, check_party, check_signature, check_times
from lti.reasons import Reason
from lti.refusals import LaunchRefused


def verify(
    token: Token, *, issuer: str, client_id: str, find_key: Callable[[str], RSAPublicKey]
) -> dict[str, Any]:
    """The claims, once the platform's key has signed them and they are of now and for us.

    ``find_key`` gets the token's ``kid``. State and nonce are for ``logins.spend``, after this.

    :raises LaunchRefused:
    """
    registration = Registration().set_issuer(issuer).set_client_id(client_id)
    try:
        VerifiedLaunch(token, registration, find_key).validate()
    except LtiException as exc:
        raise LaunchRefused(Reason.REGISTRATION_UNKNOWN) from exc
    return token.claims


class _NoRequest(Request):
    """The form has been read already; the library is given its parts."""

    @property
    def session(self) -> Any:
        return {}

    def is_secure(self) -> bool:
        return True

    def get_param(self, key: str) -> str:
        return ""


class _NoCookies(CookieService):
    def get_cookie(self, name: str) -> str | None:
        return None

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:
        return None


class VerifiedLaunch(MessageLaunch[Any, Any, Any, Any]):
    """PyLTI1p3's launch with every step that it does not do strictly done here."""

    def __init__(
        self, token: Token, registration: Registration, find_key: Callable[[str], RSAPublicKey]
    ) -> None:
        request = _NoRequest()
        super().__init__(
            request,
            _OneRegistration(registration),
            SessionService(request),
            _NoCookies(),
            # Any true value keeps the library from making a session without time limits.
            requests_session=cast(Any, find_key),
        )
        self._token = token
        self._find_key = find_key
        self._jwt = cast(Any, {"header": token.header, "body": token.claims})

    def _get_request_param(self, key: str) -> str:
        return ""

    def validate_state(self) -> Self:
        return self

    def validate_jwt_format(self) -> Self:
        return self

    def validate_nonce(self) -> Self:
        # Spent after the signature: else anybody could use up other people's logins.
        _ = self._token.nonce
        return self

    def get_client_id(self) -> str:
        return self._token.client_id

    def validate_jwt_signature(self) -> Self:
        check_signature(self._token, self._find_key(self._token.kid))
        return self

    def validate_deployment(self) -> Self:
        """Left to ``admission``, with the deployment at hand."""
        return self

    def validate_message(self) -> Self:
        """Times and audience; what each message needs is read in ``claims``."""
        check_times(self._token.claims)
        check_party(self._token)
        return self

    def save_launch_data(self) -> Self:
        """Nothing of the token is kept."""
        return self


class _OneRegistration(ToolConfAbstract[Any]):
    """The registration found by exact issuer and client id, never the library's own rows."""

    def __init__(self, registration: Registration) -> None:
        self._registration = registration

    def check_iss_has_one_client(self, iss: str) -> bool:
        return False

    def check_iss_has_many_clients(self, iss: str) -> bool:
        return True

    def find_registration_by_params(
        self, iss: str, client_id: str, *args: Any, **kwargs: Any
    ) -> Registration:
        found = self._registration
        if (found.get_issuer(), found.get_client_id()) != (iss, client_id):
            raise LaunchRefused(Reason.REGISTRATION_UNKNOWN)
        return found

    def find_registration_by_issuer(self, iss: str, *args: Any, **kwargs: Any) -> Registration:
        raise LaunchRefused(Reason.REGISTRATION_UNKNOWN)

    def find_deployment(self, iss: str, deployment_id: str) -> None:
        return None

    def find_deployment_by_params(
        self, iss: str, deployment_id: str, client_id: str, *args: Any, **kwargs: Any
    ) -> None:
        return None
