"""The language and region of a page: the reader's, as far as our texts are written in it."""

from collections.abc import Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from flask import g, request

WRITTEN_IN = {"en"}
"""A language that comes with a catalog of translations is added here."""


def choose() -> str:
    """Dates and money follow the reader's region; a page in English never claims another
    language, which a screen reader would then try to pronounce."""
    return next(filter(None, map(_written, _wanted())), "en")


def _wanted() -> Iterator[str]:
    """What the LMS told, else the institution's, else the browser's, best first."""
    if person := g.get("person"):
        yield person.locale or ""
        yield person.institution.locale
    yield from request.accept_languages.values()


@lru_cache(maxsize=256)
def _written(told: str) -> str:
    try:
        found = Locale.parse(told.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return ""
    return str(found) if found.language in WRITTEN_IN else ""
