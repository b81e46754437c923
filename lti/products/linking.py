"""What differs between platforms when we answer with links."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from lti.models import Family
from lti.reading import origin_of

CANVAS_RETURN = re.compile(r"(/courses/[0-9]+)/deep_linking_response")


@dataclass(frozen=True)
class Linking:
    """What the standard says; a family overrides where it differs."""

    text_placements: frozenset[str] = frozenset()
    """Where the answer goes into a text that somebody writes."""
    columnless_placements: frozenset[str] = frozenset()
    """Where a line item is not looked at."""
    unsuited_placements: frozenset[str] = frozenset()
    """Where the platform wants something else than content for the course."""
    assignment_placements: frozenset[str] = frozenset()
    """Where the answer fills an assignment's form, which expects a score to come."""
    takes_addresses: bool = True
    """An item of type ``link`` or ``html`` may be sent where it is accepted."""

    def item_text(self, text: str) -> str:
        return text

    def address_in_text(self, *, launch: str, page: str, return_url: str) -> str:
        """What a plain link leads to: our page, which asks for a launch if there was none."""
        return page


@dataclass(frozen=True)
class CanvasLinking(Linking):
    text_placements: frozenset[str] = frozenset({"editor_button"})
    columnless_placements: frozenset[str] = frozenset({"editor_button", "homework_submission"})
    unsuited_placements: frozenset[str] = frozenset(
        {"homework_submission", "collaboration", "migration_selection"}
    )

    assignment_placements: frozenset[str] = frozenset(
        {"assignment_selection", "submission_type_selection"}
    )

    def item_text(self, text: str) -> str:
        # An assignment's description is HTML (fixtures/canvas, item_members).
        return html.escape(text, quote=False)

    def address_in_text(self, *, launch: str, page: str, return_url: str) -> str:
        """The course's own address that launches whatever lies under our launch address.

        Canvas names it ``ltiEndpoint`` (fixtures/canvas, response_several_mixed); copying a
        course rewrites its number, and ours is not in it.
        """
        course = CANVAS_RETURN.search(urlsplit(return_url).path)
        if course is None:
            return page
        retrieve = f"{origin_of(return_url)}{course.group(1)}/external_tools/retrieve"
        return f"{retrieve}?{urlencode({'url': launch})}"


LINKING: dict[Family, Linking] = {
    Family.CANVAS: CanvasLinking(),
    # A link item becomes a foreign tool there (fixtures/moodle-4.5, deep_linking/link).
    Family.MOODLE: Linking(takes_addresses=False),
    Family.OTHER: Linking(),
}


def linking_of(family: Family) -> Linking:
    return LINKING[family]
