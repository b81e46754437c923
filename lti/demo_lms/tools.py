"""Tools that the platform's administrator has added."""

from dataclasses import dataclass, field
from typing import Any, Literal

FamilyName = Literal["moodle", "canvas"]
Privacy = Literal["public", "name_only", "email_only", "anonymous"]

AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
LINE_ITEM = AGS + "lineitem"
LINE_ITEM_READ = AGS + "lineitem.readonly"
RESULT_READ = AGS + "result.readonly"
SCORE = AGS + "score"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
NOTICES = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers"


@dataclass
class Tool:
    """One tool as one family of platform knows it: registration and deployment together."""

    key: str
    family: FamilyName
    client_id: str
    deployment_id: str
    url: str
    name: str = "CareerLink"
    login_url: str = ""
    launch_url: str = ""
    deep_link_url: str = ""
    """Where teachers choose content; the launch address unless the tool has another."""
    jwks_url: str = ""
    jwks: dict[str, Any] | None = None
    """The tool's key set; where given, ``jwks_url`` is not asked."""
    redirect_uris: list[str] = field(default_factory=list)
    custom: dict[str, Any] = field(default_factory=dict)
    privacy: Privacy = "public"
    scopes: list[str] = field(default_factory=list)
    active: bool = True
    notice_handlers: dict[str, str] = field(default_factory=dict)
    """By type of notice: where the tool wants it sent."""

    def __post_init__(self) -> None:
        self.login_url = self.login_url or f"{self.url}/lti/login"
        self.launch_url = self.launch_url or f"{self.url}/lti/launch"
        self.deep_link_url = self.deep_link_url or self.launch_url
        self.jwks_url = self.jwks_url or f"{self.url}/lti/jwks.json"
        chosen = [self.launch_url, self.deep_link_url]
        self.redirect_uris = self.redirect_uris or list(dict.fromkeys(chosen))

    @property
    def sends_names(self) -> bool:
        return self.privacy in ("public", "name_only")

    @property
    def sends_email(self) -> bool:
        return self.privacy in ("public", "email_only")

    @property
    def grade_scopes(self) -> list[str]:
        return [scope for scope in self.scopes if scope.startswith(AGS)]


def default_scopes(family: FamilyName) -> list[str]:
    if family == "moodle":
        return [LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE, MEMBERS]
    return [LINE_ITEM, RESULT_READ, SCORE, MEMBERS, NOTICES]
