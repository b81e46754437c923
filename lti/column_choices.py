"""The columns that a platform has right now, asked while somebody waits for the list.

The one call to a platform that a page makes: a list kept from before would offer columns that
are gone. It runs without a transaction and within ten seconds.
"""

from dataclasses import dataclass
from typing import Any

from careerlink.config import Settings
from careerlink.db import Database
from lti import http, line_items
from lti.line_items import maximum_of
from lti.models import LtiContext
from lti.products import product_of
from lti.products.base import points
from lti.scopes import GRADES, LINE_ITEM
from lti.services import Services
from lti.tokens import Client

LONGEST_SECONDS = 10
MOST = 100


class Unanswered(Exception):
    """The platform did not say which columns it has; the message says why."""


@dataclass(frozen=True)
class Choice:
    url: str
    label: str


@dataclass(frozen=True)
class Source:
    """What is needed to ask, free of the session."""

    client: Client
    scopes: tuple[str, ...]
    lineitems_url: str
    platform: str
    present: str
    """The address of the column in use; it is not offered, and no new one is beside it."""

    @property
    def may_make(self) -> bool:
        return LINE_ITEM in self.scopes and not self.present

    @classmethod
    def of(cls, context: LtiContext, present: str = "") -> "Source":
        client = Client.of(context.deployment)
        scopes = tuple(scope for scope in GRADES if scope in context.scopes)
        name = product_of(client.family).name
        return cls(client, scopes, context.lineitems_url, name, present)


def listed(database: Database, settings: Settings, source: Source) -> list[Choice]:
    """:raises Unanswered:"""
    try:
        with http.Platform(settings, total_seconds=LONGEST_SECONDS) as platform:
            services = Services(database, settings, source.client, source.scopes, platform)
            found = line_items.listed(services, source.lineitems_url)
    except http.PlatformFault as fault:
        raise Unanswered(f"{source.platform} {fault}") from fault
    return [
        Choice(one["id"], f"{one.get('label') or 'Column without a name'}, {_out_of(one)}")
        for one in found[:MOST]
        if one["id"] != source.present
    ]


def _out_of(item: dict[str, Any]) -> str:
    return f"out of {points(maximum_of(item))}"
