"""Calls to a platform's services, each with an access token that is renewed once if refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from requests.utils import parse_header_links

from careerlink.config import Settings
from careerlink.db import Database
from lti import http, tokens
from lti.tokens import Client

MAX_PAGES = 200


class TooManyPages(http.PlatformFault):
    pass


@dataclass
class Services:
    database: Database
    settings: Settings
    client: Client
    scopes: Iterable[str]
    platform: http.Platform
    _token: str = field(default="", repr=False)

    def request(
        self,
        method: str,
        url: str,
        *,
        accept: str = "",
        content_type: str = "",
        body: str | None = None,
    ) -> http.Answer:
        """One call, and a second one with a new token where the first was refused (401)."""
        headers = {
            # Moodle wants exactly one media type, or none.
            "Accept": accept or None,
            "Content-Type": content_type or None,
        }
        answer = self._with_token(method, url, headers, body)
        if answer.status != 401:
            return answer
        self._token = self._new_token(refused=self._token)
        return self._with_token(method, url, headers, body)

    def authorize(self) -> None:
        """Have a token, so that what fails next is the call itself."""
        self._token = self._token or self._new_token()

    def _with_token(
        self, method: str, url: str, headers: dict[str, str | None], body: str | None
    ) -> http.Answer:
        self.authorize()
        given = {name: value for name, value in headers.items() if value is not None}
        given["Authorization"] = f"Bearer {self._token}"
        return self.platform.request(method, url, headers=given, body=body)

    def _new_token(self, refused: str = "") -> str:
        return tokens.access_token(
            self.database,
            self.settings,
            self.client,
            self.scopes,
            platform=self.platform,
            refused=refused,
        )

    def pages(self, url: str, *, accept: str) -> list[Any]:
        """The JSON of every page.

        :raises TooManyPages: no end in sight; what came so far is not the whole.
        """
        found: list[Any] = []
        seen: set[str] = set()
        following: str | None = url
        while following is not None:
            if following in seen or len(seen) >= MAX_PAGES:
                raise TooManyPages("answered with pages without end")
            seen.add(following)
            answer = http.successful(self.request("GET", following, accept=accept))
            found.append(answer.json())
            following = next_page(answer, url)
        return found


def next_page(answer: http.Answer, first: str) -> str | None:
    """The address of the next page, to the letter: Canvas's bookmarks know upper case.

    Moodle's links for line items have typographic quotes; there is then no next page to see,
    which is why nothing here asks for pages of line items.
    """
    for link in parse_header_links(answer.headers.get("Link", "")):
        if link.get("rel") == "next":
            if not same_origin(link["url"], first):
                raise http.ForbiddenAddress("names a next page on another host")
            return str(link["url"])
    return None


def same_origin(one: str, other: str) -> bool:
    """The token must not go anywhere else."""
    return urlsplit(one)[:2] == urlsplit(other)[:2]
