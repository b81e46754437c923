"""Links as the content items of Deep Linking 2.0: what a platform stores and shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from careerlink.offered_parts import LinkItem
from careerlink.shortening import cut_between_words
from lti.landing import LAUNCH_PATH, page_of
from lti.models import LtiDeepLinking
from lti.products import product_of
from lti.products.linking import linking_of

LONGEST_TITLE = 255
ICON_PATH = "/lti/icon.svg"
CARD = Markup('<div><p><strong><a href="{url}">{title}</a></strong></p><p>{text}</p></div>')


class Shape(StrEnum):
    """How a link stands there; the value is the type of its content item."""

    TOOL_LINK = "ltiResourceLink"
    TEXT_LINK = "link"
    CARD = "html"


SHAPE_WORDS = {
    Shape.TOOL_LINK: "A link in the course",
    Shape.TEXT_LINK: "A link in the text",
    Shape.CARD: "A card: the title as a link, with the text under it",
}


@dataclass(frozen=True)
class Wording:
    """What the instructor made of an item, as it goes to the platform."""

    title: str
    text: str
    shape: Shape
    has_column: bool = False


def shapes(asked: LtiDeepLinking) -> list[Shape]:
    """What this request takes of us, the most fitting first; empty where that is nothing."""
    rules = linking_of(asked.deployment.registration.family)
    if asked.placement in rules.unsuited_placements:
        return []
    accepted = set(asked.accept_types)
    as_text = [
        shape
        for shape in (Shape.TEXT_LINK, Shape.CARD)
        if rules.takes_addresses and shape in accepted
    ]
    if Shape.TOOL_LINK in accepted and not (
        as_text and asked.placement in rules.text_placements
    ):
        return [Shape.TOOL_LINK]
    return as_text


def takes_column(asked: LtiDeepLinking, shape: Shape) -> bool:
    """May a link of this answer bring a gradebook column? Silence is no refusal."""
    rules = linking_of(asked.deployment.registration.family)
    return (
        asked.accept_lineitem is not False
        and shape == Shape.TOOL_LINK
        and asked.placement not in rules.columnless_placements
    )


def fills_an_assignment(asked: LtiDeepLinking) -> bool:
    rules = linking_of(asked.deployment.registration.family)
    return asked.placement in rules.assignment_placements


def column_maximum(asked: LtiDeepLinking, item: LinkItem) -> float | int | None:
    """The column's maximum as this platform takes it."""
    if item.column is None:
        return None
    product = product_of(asked.deployment.registration.family)
    return product.column_maximum(item.column.maximum_thousandths)


def content_item(
    asked: LtiDeepLinking, item: LinkItem, wording: Wording, *, public_url: str
) -> dict[str, Any]:
    title = shortened(wording.title)
    rules = linking_of(asked.deployment.registration.family)
    launch = f"{public_url}{LAUNCH_PATH}"
    if wording.shape == Shape.TOOL_LINK:
        return {
            "type": wording.shape.value,
            "url": launch,
            "title": title,
            "text": rules.item_text(wording.text),
            # Survives a course copy, which gives the link a new id.
            "custom": {"content": item.content},
            "icon": {"url": f"{public_url}{ICON_PATH}", "width": 16, "height": 16},
            **_line_item(asked, item, wording, public_url),
        }
    address = rules.address_in_text(
        launch=f"{launch}?{urlencode({'content': item.content}, quote_via=quote)}",
        page=f"{public_url}{_page(asked, item)}",
        return_url=asked.return_url,
    )
    if wording.shape == Shape.CARD:
        card = CARD.format(url=address, title=title, text=wording.text)
        return {"type": wording.shape.value, "html": str(card), "title": title}
    return {
        "type": wording.shape.value,
        "url": address,
        "title": title,
        "text": wording.text,
    }


def shortened(text: str) -> str:
    """Moodle saves no longer title."""
    return cut_between_words(text, LONGEST_TITLE)


def _line_item(
    asked: LtiDeepLinking, item: LinkItem, wording: Wording, public_url: str
) -> Mapping[str, dict[str, Any]]:
    if item.column is None or not (wording.has_column and takes_column(asked, wording.shape)):
        return {}
    column = item.column
    return {
        "lineItem": {
            "scoreMaximum": column_maximum(asked, item),
            "label": shortened(wording.title),
            "resourceId": column.resource_id,
            "tag": column.resource_id.partition(":")[0],
            **product_of(asked.deployment.registration.family).review(public_url),
        }
    }


def _page(asked: LtiDeepLinking, item: LinkItem) -> str:
    if asked.context is None:
        return "/home"
    return f"/courses/{asked.context.course.public_id}/{page_of(item.content)}"
