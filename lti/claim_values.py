"""What is kept of a launch's claims while it is dealt with, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lti import roles


class Message(StrEnum):
    RESOURCE_LINK = "LtiResourceLinkRequest"
    DEEP_LINKING = "LtiDeepLinkingRequest"
    SUBMISSION_REVIEW = "LtiSubmissionReviewRequest"


@dataclass(frozen=True)
class Link:
    id: str
    title: str


@dataclass(frozen=True)
class Context:
    id: str
    label: str
    title: str
    history: tuple[str, ...]
    """Contexts that it was copied from, nearest first."""


@dataclass(frozen=True)
class Services:
    """Addresses and scopes; they may change between launches, so the newest count."""

    memberships_url: str = ""
    lineitems_url: str = ""
    lineitem_url: str = ""
    """Only where the link has exactly one line item."""
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True)
class User:
    sub: str
    roles: roles.RolesRead
    name: str = ""
    email: str = ""
    sourced_id: str = ""
    locale: str = ""
    time_zone: str = ""
    is_masqueraded: bool = False
    """Somebody else acts as this person: look, and write nothing."""
    prefers_high_contrast: bool = False


@dataclass(frozen=True)
class DeepLinking:
    return_url: str
    accept_types: tuple[str, ...]
    accept_multiple: bool
    accept_lineitem: bool | None
    data: str | None
    """Opaque, and sent back to the letter."""
    placement: str = ""
    """Where the platform asked for content; Canvas says so."""


@dataclass(frozen=True)
class NoticeService:
    """Where a tool says which notices it wants, and the types that the platform has."""

    url: str
    types: tuple[str, ...]


@dataclass(frozen=True)
class Launch:
    message: Message
    deployment_id: str
    target_link_uri: str
    user: User
    link: Link | None
    context: Context | None
    services: Services
    custom: Mapping[str, str]
    """Without empty values and variables that the platform did not know."""
    return_url: str
    document_target: str
    platform_guid: str
    platform_name: str
    for_user: str
    deep_linking: DeepLinking | None
    frame_origins: tuple[str, ...]
    is_by_old_address: bool = False
    """The link still names a host that CareerLink left."""
    notices: NoticeService | None = None
    """Only where the platform also grants the permission."""
