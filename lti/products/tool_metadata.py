"""CareerLink as platforms want it described: registration request and Canvas's key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lti.models import Family
from lti.products import asked
from lti.products.asked import DEEP_LINKING, PLACEMENTS, RESOURCE_LINK, Placement

TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
CANVAS = "https://canvas.instructure.com/lti/"
TOOL_ID = "careerlink"
DIALOG = {"selection_width": 800, "selection_height": 600}


@dataclass(frozen=True)
class Tool:
    """Our addresses, from the public one."""

    url: str

    @property
    def domain(self) -> str:
        """With the port, where there is one: Moodle compares it with the target's."""
        return urlsplit(self.url).netloc

    @property
    def login(self) -> str:
        return f"{self.url}/lti/login"

    @property
    def launch(self) -> str:
        return f"{self.url}/lti/launch"

    @property
    def keys(self) -> str:
        return f"{self.url}/lti/jwks.json"

    @property
    def icon(self) -> str:
        return f"{self.url}/lti/icon.svg"

    @property
    def canvas_key(self) -> str:
        return f"{self.url}/lti/canvas.json"


@dataclass(frozen=True)
class Offer:
    """What a platform says that it can do, as far as we ask by it."""

    family: Family = Family.OTHER
    scopes: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    has_notices: bool = False
    placements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By message type, named as the platform names them; empty where it does not say."""


def registration(tool: Tool, offer: Offer) -> dict[str, Any]:
    """The body of the registration request."""
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["client_credentials", "implicit"],
        "initiate_login_uri": tool.login,
        "redirect_uris": [tool.launch],
        "client_name": asked.NAME,
        "client_uri": tool.url,
        "jwks_uri": tool.keys,
        "logo_uri": tool.icon,
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(asked.scopes_for(supported=offer.scopes, notices=offer.has_notices)),
        TOOL: {
            "domain": tool.domain,
            "description": asked.DESCRIPTION,
            "target_link_uri": tool.launch,
            "custom_parameters": dict(asked.custom_parameters(offer.family)),
            "claims": asked.claims_for(offer.claims),
            "messages": _messages(tool, offer),
            **(_canvas_members() if offer.family == Family.CANVAS else {}),
        },
    }


def _canvas_members() -> dict[str, str]:
    # Without a privacy level Canvas sends neither names nor addresses.
    return {
        f"{CANVAS}privacy_level": "public",
        f"{CANVAS}tool_id": TOOL_ID,
        f"{CANVAS}vendor": asked.NAME,
    }


def _messages(tool: Tool, offer: Offer) -> list[dict[str, Any]]:
    if offer.family == Family.CANVAS:
        return _canvas_messages(tool, offer)
    choosing: dict[str, Any] = {
        "type": DEEP_LINKING,
        "target_link_uri": tool.launch,
        "label": "Choose from CareerLink",
    }
    if places := offer.placements.get(DEEP_LINKING):
        choosing["placements"] = [*places]
    return [{"type": RESOURCE_LINK, "target_link_uri": tool.launch}, choosing]


def _canvas_messages(tool: Tool, offer: Offer) -> list[dict[str, Any]]:
    """One message for each place: label, icon and visibility belong to the message."""
    return [
        _canvas_message(tool, placement, name)
        for placement in PLACEMENTS
        if (name := _name_there(placement, offer))
    ]


def _name_there(placement: Placement, offer: Offer) -> str:
    """Plain or with Canvas's prefix, as its list has it; nothing where it lacks the place."""
    if not offer.placements:
        return placement.name
    listed = offer.placements.get(placement.message, ())
    return {name.rpartition("/")[2]: name for name in listed}.get(placement.name, "")


def _canvas_message(tool: Tool, placement: Placement, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": placement.message,
        "target_link_uri": tool.launch,
        "label": placement.label,
        "placements": [name],
        "icon_uri": tool.icon,
    }
    if placement.is_on is not None:
        found[f"{CANVAS}{placement.name}/default_enabled"] = placement.is_on
    if placement.visibility:
        found[f"{CANVAS}visibility"] = placement.visibility
    return found


def developer_key(tool: Tool) -> dict[str, Any]:
    """Canvas's own form, for schools that add the key by hand (its lti_dev_key_config).

    The redirect address is no member of it: it is typed into the key's form.
    """
    return {
        "title": asked.NAME,
        "description": asked.DESCRIPTION,
        "oidc_initiation_url": tool.login,
        "target_link_uri": tool.launch,
        "scopes": asked.scopes_for(notices=True),
        "public_jwk_url": tool.keys,
        "custom_fields": dict(asked.custom_parameters(Family.CANVAS)),
        "extensions": [
            {
                "platform": "canvas.instructure.com",
                "domain": tool.domain,
                "tool_id": TOOL_ID,
                "privacy_level": "public",
                "settings": {
                    "text": asked.NAME,
                    "icon_url": tool.icon,
                    **DIALOG,
                    "placements": [_key_placement(tool, place) for place in PLACEMENTS],
                },
            }
        ],
    }


def _key_placement(tool: Tool, placement: Placement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "placement": placement.name,
        "message_type": placement.message,
        "target_link_uri": tool.launch,
        "text": placement.label,
        "enabled": True,
        "icon_url": tool.icon,
    }
    if placement.message == DEEP_LINKING:
        found |= DIALOG
    if placement.is_on is not None:
        found["default"] = "enabled" if placement.is_on else "disabled"
    if placement.visibility:
        found["visibility"] = placement.visibility
    return found
