"""Canvas as its maker hosts it: three issuers for all schools (LTI.md 4.1)."""

from dataclasses import dataclass

SSO = "https://sso.{}canvaslms.com"
ISSUER = "https://canvas.{}instructure.com"


@dataclass(frozen=True)
class Environment:
    key: str
    label: str
    part: str
    """Between the first part of a host and the domain: ``beta.``."""

    @property
    def issuer(self) -> str:
        return ISSUER.format(self.part)

    @property
    def auth_url(self) -> str:
        return f"{SSO.format(self.part)}/api/lti/authorize_redirect"

    @property
    def token_url(self) -> str:
        return f"{SSO.format(self.part)}/login/oauth2/token"

    @property
    def jwks_url(self) -> str:
        return f"{SSO.format(self.part)}/api/lti/security/jwks"

    def serves(self, host: str) -> bool:
        """Whether a document of this issuer may come from ``host``."""
        if host == f"sso.{self.part}canvaslms.com":
            return True
        if not host.endswith(f".{self.part}instructure.com"):
            return False
        # A school's beta is a copy of its production, and must not speak for it.
        return bool(self.part) or not host.endswith(
            (".beta.instructure.com", ".test.instructure.com")
        )


ENVIRONMENTS = (
    Environment("production", "Hosted by Instructure", ""),
    Environment("beta", "Hosted by Instructure, beta", "beta."),
    Environment("test", "Hosted by Instructure, test", "test."),
)


def environment_of(issuer: str) -> Environment | None:
    return next((found for found in ENVIRONMENTS if found.issuer == issuer), None)
