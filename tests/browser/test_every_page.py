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

WIDTHS = (1200, 320)
"""Of each kind of page (addresses that differ by ids only) one is looked at for each width."""
ADDING_LINKS = "instructor adding links"
DOWNLOADS = (".pdf", ".csv", ".json")
OFFICE = ("staff", "admin")
found_sound: set[str] = set()
"""Kinds of the office's pages that an earlier person's walk went through already."""
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
    page: Page, running: Running, start: str, visit: Callable[[Frame, int], None]
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
    seen: dict[str, list[str]] = {}
    asked: set[str] = set()
    while waiting:
        address = waiting.popleft()
        of_kind = seen.setdefault(kind(address), [])
        if address in asked or len(of_kind) == len(WIDTHS):
            continue
        asked.add(address)
        if address.startswith(("/files/", "/auth/logout")) or address.endswith(DOWNLOADS):
            continue
        frame.goto(running.tool + address)
        visit(frame, WIDTHS[len(of_kind)])
        of_kind.append(address)
        waiting.extend(frame.evaluate(LINKS))
    for (address,) in (one for one in seen.values() if len(one) == 1):
        frame.goto(running.tool + address)
        visit(frame, WIDTHS[1])
    return broken


@pytest.mark.parametrize(
    "person",
    ["student1", "thora", "jonah", "instructor", "assistant", *OFFICE, ADDING_LINKS],
)
def test_every_page_reached_by_links_is_sound(
    running: Running, new_page: Callable[..., Page], person: str
) -> None:
    page, faults = new_page(), list[str]()
    passed = set(found_sound) if person in OFFICE else set[str]()

    def visit(frame: Frame, width: int) -> None:
        of_kind = kind(frame.url)
        if of_kind in passed:
            return
        page.set_viewport_size({"width": width, "height": 900})
        try:
            assert_sound(frame)
        except AssertionError as found:
            faults.append(f"at {width} px, {found}")
        if person in OFFICE:
            found_sound.add(of_kind)

    start = f"/launch/{person}/credit" if person != ADDING_LINKS else "/add-links/instructor"
    broken = crawl(page, running, running.lms + start, visit)
    assert not broken, "\n".join(broken)
    assert not faults, "\n\n".join(faults)
