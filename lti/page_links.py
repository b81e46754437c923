"""Where a list goes on: the ``Link`` header, as platforms really write it."""

import re
from urllib.parse import urljoin, urlsplit

from lti import http
from lti.answers import Answer

LINK = re.compile(r"<([^>]*)>([^<]*)")
RELATION = re.compile(r""";\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))""", re.IGNORECASE)
TYPOGRAPHIC = re.compile("[\u201c\u201d]|\u00e2\u0080[\u009c\u009d]")
"""Moodle writes curly quotes; read as Latin-1, as headers are, each is three characters."""


def next_page(answer: Answer, first: str) -> str | None:
    """The address of the next page, to the letter: Canvas's bookmarks know upper case.

    A link that is overlooked would make half a list look like the whole.

    :raises ForbiddenAddress: it leads to another host, which must not get the token.
    """
    header = TYPOGRAPHIC.sub('"', answer.headers.get("Link", ""))
    for link in LINK.finditer(header):
        address, parameters = str(link[1]), str(link[2])
        relation = RELATION.search(parameters)
        if relation and "next" in (relation[1] or relation[2] or "").lower().split():
            # Moodle escapes the address as if it stood in a page.
            following = urljoin(answer.url or first, address.replace("&amp;", "&").strip())
            if not same_origin(following, first):
                raise http.ForbiddenAddress("names a next page on another host")
            return following
    return None


def same_origin(one: str, other: str) -> bool:
    return urlsplit(one)[:2] == urlsplit(other)[:2]
