"""Calls to a platform's services, each with an access token that is renewed once if refused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from careerlink.config import Settings
from careerlink.db import Database
from lti import http, tokens
from lti.page_links import next_page
from lti.products import product_of
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
    _is_renewed: bool = field(default=False, repr=False)

    def request(
        self,
        method: str,
        url: str,
        *,
        accept: str = "",
        content_type: str = "",
        body: str | None = None,
    ) -> http.Answer:
        """One call, and a second one with a new token where its token was refused.

        A platform that refuses the new token, too, is asked for no third.
        """
        headers = {
            # Moodle wants exactly one media type, or none.
            "Accept": accept or None,
            "Content-Type": content_type or None,
        }
        answer = self._with_token(method, url, headers, body)
        if self._is_renewed or not product_of(self.client.family).refuses_the_token(answer):
            return answer
        self._is_renewed = True
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

    def pages(
        self, url: str, *, accept: str, before_next: Callable[[], object] | None = None
    ) -> list[Any]:
        """The JSON of every page; ``before_next`` is called before each but the first.

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
            if following is not None and before_next is not None:
                before_next()
        return found
