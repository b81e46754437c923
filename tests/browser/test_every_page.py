"""Every page that people reach by links: no dead link, no axe-core fault, nothing sideways.

The class of the demo is at every stage of a term, so each kind of page has something to show.
"""

from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.checks import assert_sound
from tests.browser.conftest import Running

KINDS_EACH = 2
"""Pages of one kind (their addresses differ by ids only) that are looked at."""
ADDING_LINKS = "instructor adding links"
WIDTHS = (1200, 320)
LINKS = """() => [...document.querySelectorAll("a[href]")]
  .filter(a => a.origin === location.origin && !a.target && !a.hasAttribute("download"))
  .map(a => a.pathname + a.search)"""


def tool_frame(page: Page, running: Running) -> Frame:
    page.wait_for_load_state("networkidle")
    for frame in page.frames:
        if frame.url.startswith(running.tool):
            return frame
    raise AssertionError(f"no frame of the tool, only {[frame.url for frame in page.frames]}")


def kind(address: str) -> str:
    """``/courses/AbC…/board?sort=new`` → ``/courses/*/board``: ids are 12 characters."""
    parts = urlsplit(address).path.split("/")
    return "/".join("*" if len(part) == 12 or part.isdigit() else part for part in parts)


def crawl(
    page: Page, running: Running, start: str, visit: Callable[[Frame], None]
) -> list[str]:
    """Follow links breadth first; return what answered with an error."""
    page.goto(start)
    frame = tool_frame(page, running)
    broken: list[str] = []
    page.on(
        "response",
        lambda answer: (
            broken.append(f"{answer.status} {answer.url}")
            if answer.status >= 400 and answer.url.startswith(running.tool)
            else None
        ),
    )
    waiting = deque([urlsplit(frame.url).path])
    seen: dict[str, int] = {}
    asked: set[str] = set()
    while waiting:
        address = waiting.popleft()
        if address in asked or seen.get(kind(address), 0) >= KINDS_EACH:
            continue
        asked.add(address)
        seen[kind(address)] = seen.get(kind(address), 0) + 1
        if address.startswith(("/files/", "/auth/logout")):
            continue
        frame.goto(running.tool + address)
        visit(frame)
        waiting.extend(frame.evaluate(LINKS))
    return broken


@pytest.mark.parametrize(
    "person",
    ["student1", "thora", "jonah", "instructor", "assistant", "staff", "admin", ADDING_LINKS],
)
def test_every_page_reached_by_links_is_sound(
    running: Running, new_page: Callable[..., Page], person: str
) -> None:
    page, faults = new_page(), list[str]()

    def visit(frame: Frame) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            try:
                assert_sound(frame)
            except AssertionError as found:
                faults.append(f"at {width} px, {found}")

    start = f"/launch/{person}/credit" if person != ADDING_LINKS else "/add-links/instructor"
    broken = crawl(page, running, running.lms + start, visit)
    assert not broken, "\n".join(broken)
    assert not faults, "\n\n".join(faults)
