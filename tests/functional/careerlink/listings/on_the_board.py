"""Putting listings on a course's board, and reading which are there."""

from typing import Any

from tests.factories import listings
from tests.functional.careerlink.listings.conftest import Scene
from tests.pages import Page


def add(scene: Scene, **values: Any) -> str:
    """A listing on the board; returns its address there."""
    with scene.database.write() as session:
        scene.attach(session)
        values.setdefault("release_to", scene.school.course)
        made = listings.listing(session, scene.partner, **values)
        return f"/courses/{scene.school.course.public_id}/listings/{made.public_id}"


def titles(page: Page) -> list[str]:
    return [link.get_text(strip=True) for link in page.soup.select(".listing-title")]
