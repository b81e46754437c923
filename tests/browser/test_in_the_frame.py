"""The tool in the frame of a Canvas whose pages are at neither its issuer nor its sign-in."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_sound
from tests.browser.conftest import FLAGS, SLOWEST_STEP_MS, Running, program
from tests.browser.people import Member

HEIGHT = "() => Math.ceil(document.body.getBoundingClientRect().height)"


@pytest.fixture
def canvas(running: Running) -> Iterator[Running]:
    behave(running, "canvas")
    yield running
    behave(running, "moodle")


def behave(running: Running, family: str) -> None:
    told = json.dumps({"behave": family}).encode()
    asked = urllib.request.Request(
        f"{running.lms}/control", told, {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(asked, timeout=20).close()


def height_follows(member: Member) -> int:
    """The height that the frame has, once it is that of the page in it."""
    wanted: int = member.view.evaluate(HEIGHT)
    frame = member.page.locator("iframe")
    expect(frame).to_have_css("height", f"{wanted}px")
    return wanted


def test_the_frame_is_as_high_as_its_page_and_a_new_page_begins_at_its_top(
    canvas: Running, page: Page
) -> None:
    student = Member(canvas, page, "student3")
    student.launch("board")
    before = height_follows(student)

    opened = student.view.evaluate(
        "() => { const d = [...document.querySelectorAll('details')];"
        " d.forEach(one => { one.open = !one.open }); return d.length }"
    )
    assert opened
    assert height_follows(student) != before

    page.evaluate("() => window.scrollTo(0, 600)")
    student.view.locator("main h2 a, main h3 a, main td a, main th a").first.click()
    page.wait_for_function("() => window.scrollY === 0")
    height_follows(student)


def test_who_may_frame_is_learned_and_nobody_else_may(
    canvas: Running, chromium: Browser
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    policies: dict[str, str] = {}
    page.on(
        "response",
        lambda answer: policies.update(
            {answer.url: answer.headers.get("content-security-policy", "")}
        ),
    )
    student = Member(canvas, page, "student3")
    student.launch("board")
    expect(student.view.locator("body")).to_have_attribute("data-role", "student")
    shown = student.view.url
    [ancestors] = [
        part for part in policies[shown].split("; ") if part.startswith("frame-ancestors")
    ]

    assert canvas.lms in ancestors.split()

    # The same site to a browser, cookies and all, but not the platform.
    stranger = canvas.lms.rpartition(":")[0] + ":9"
    page.route(
        f"{stranger}/",
        lambda route: route.fulfill(
            content_type="text/html", body=f"<iframe title='Tool' src='{shown}'></iframe>"
        ),
    )
    page.goto(f"{stranger}/")

    assert "data-page" not in page.frames[1].content()
    context.close()


def test_the_app_on_a_phone_has_no_frame(
    canvas: Running, new_page: Callable[..., Page]
) -> None:
    page = new_page(320, 640)

    page.goto(f"{canvas.lms}/launch/student3/board/tool?mobile")
    page.wait_for_url(f"{canvas.tool}/courses/**")

    assert_sound(page)
    page.goto(f"{page.url.partition('/board')[0]}/no-such-page")
    page.get_by_role("link", name="Back to the LMS").click()
    expect(page.locator("main")).to_contain_text("This page is not here")
    assert page.url.startswith(canvas.lms)


@pytest.fixture
def refusing(chromium: Browser, canvas: Running, tmp_path: Path) -> Iterator[Page]:
    """A browser that keeps no cookie of the tool's inside the LMS, partitioned or not."""
    places = {f"{canvas.tool},{canvas.lms}": {"setting": 2}}
    cookies = {"profile": {"content_settings": {"exceptions": {"cookies": places}}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default/Preferences").write_text(json.dumps(cookies))
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=program(), args=FLAGS
    )
    context.set_default_timeout(SLOWEST_STEP_MS)
    yield context.pages[0]
    context.close()


def test_where_no_cookie_is_kept_the_same_login_goes_on_in_a_new_tab(
    canvas: Running, refusing: Page
) -> None:
    student = Member(canvas, refusing, "student3")
    student.launch("board")
    student.is_on("launch.new_tab")
    student.finds_it_sound()
    height_follows(student)

    with refusing.expect_popup() as opened:
        student.view.get_by_role("link", name="Open CareerLink in a new tab").click()

    expect(opened.value.locator("body")).to_have_attribute("data-role", "student")
    assert opened.value.url.startswith(f"{canvas.tool}/courses/")
