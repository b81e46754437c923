"""Every page that people reach by links: no dead link, no axe-core fault, nothing sideways.

The class of the demo is at every stage of a term, so each kind of page has something to show.
"""

from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.checks import FOLD_AGAIN, assert_sound, sideways_faults
from tests.browser.conftest import Running

WIDTHS = (1200, 320)
"""Of each kind of page (addresses that differ by ids only) one is looked at at each width, and
a second at the last."""
ADDING_LINKS = "instructor adding links"
IN_COURSE = {"instructor2": "?course=3"}
"""Who does not teach in the first course; as a chair this one reads appeals of it."""
PAGES_OF = {"admin": "staff", "assistant": "instructor", "instructor2": "instructor"}
"""Whose pages are built as another's: what that walk went through is looked at once more."""
DOWNLOADS = (".pdf", ".csv", ".json")
found_sound: dict[str | int, set[str]] = {}
"""For each kind of page, and for each width: what stood on the pages looked at already."""
walked: dict[str, set[str]] = {}
"""For each person: the kinds of pages that were looked at for each width."""
SHAPES = """() => [...new Set([...document.querySelectorAll("body, body *")].map(e =>
  [e.parentElement.tagName, e.tagName, e.getAttribute("class"), e.getAttribute("role"),
   e.getAttribute("type"), e.tagName === "BODY" && e.dataset.page].join(" ")))]"""
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
    """``/courses/AbC…/board?sort=new`` → ``/courses/*/board``."""
    parts = urlsplit(address).path.split("/")
    return "/".join("*" if is_id(part) else part for part in parts)


def is_id(part: str) -> bool:
    """Of 12 characters, as are competencies and applications, which are words."""
    return part.isdigit() or (len(part) == 12 and not part.islower())


def crawl(
    page: Page, running: Running, start: str, person: str, visit: Callable[[Frame, int], None]
) -> list[str]:
    """Follow links breadth first; return what answered with an error."""
    known = walked.get(PAGES_OF.get(person, ""), set())
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
        widths = WIDTHS[-1:] if kind(address) in known else WIDTHS
        if address in asked or len(of_kind) == len(widths):
            continue
        asked.add(address)
        if address.startswith(("/files/", "/auth/logout")) or address.endswith(DOWNLOADS):
            continue
        frame.goto(running.tool + address)
        for width in widths[len(of_kind) :]:
            visit(frame, width)
        of_kind.append(address)
        waiting.extend(frame.evaluate(LINKS))
    walked[person] = {name for name, of_kind in seen.items() if of_kind}
    return broken


def look(frame: Frame, width: int) -> None:
    """With axe-core, unless this kind of page and this width had each element already.

    How a page is built does not change with the width, and how an element is drawn at a width
    does not change with the page.
    """
    of_kind = found_sound.setdefault(kind(frame.url), set())
    of_width = found_sound.setdefault(width, set())
    frame.evaluate(FOLD_AGAIN)
    shapes = set(frame.evaluate(SHAPES))
    if shapes <= of_kind and shapes <= of_width:
        assert not sideways_faults(frame), f"{frame.url} scrolls sideways"
    else:
        assert_sound(frame)
        of_kind |= shapes
        of_width |= shapes


@pytest.mark.parametrize(
    "person",
    ["student1", "thora", "jonah", "dmitri", "instructor", "assistant", "instructor2", "staff",
     "admin", ADDING_LINKS],
)  # fmt: skip
def test_every_page_reached_by_links_is_sound(
    running: Running, new_page: Callable[..., Page], person: str
) -> None:
    page, faults = new_page(), list[str]()

    def visit(frame: Frame, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        try:
            look(frame, width)
        except AssertionError as found:
            faults.append(f"at {width} px, {found}")

    start = "/add-links/instructor" if person == ADDING_LINKS else f"/launch/{person}/credit"
    start += IN_COURSE.get(person, "")
    broken = crawl(page, running, running.lms + start, person, visit)
    assert not broken, "\n".join(broken)
    assert not faults, "\n\n".join(faults)
