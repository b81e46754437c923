"""The answer of a choice of links leaves the tool's frame for the LMS by itself."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Running
from tests.browser.test_every_page import tool_frame


def test_the_page_posts_the_answer_without_a_click(
    running: Running, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    page.goto(f"{running.lms}/add-links/instructor")

    tool_frame(page, running).get_by_role("button", name="Add nothing").click()

    lms = page.frame_locator("iframe")
    expect(lms.get_by_role("heading", level=1)).to_have_text("Nothing was added")
