"""The browser of these tests behaves like the ones people have, and the checks can fail."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.browser.checks import axe_faults, sideways_faults

FRAME = (
    "<!doctype html><title>Frame</title><iframe title='Tool' src='http://127.0.0.1:{port}/set'>"
)


class TwoSites(BaseHTTPRequestHandler):
    """On localhost a page that frames 127.0.0.1, which sets a cookie of each kind."""

    server: ThreadingHTTPServer

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        body = self.headers.get("Cookie") or "none"
        if self.path == "/set":
            flags = "Path=/; Secure; HttpOnly; SameSite=None"
            self.send_header("Set-Cookie", f"ordinary=1; {flags}")
            self.send_header("Set-Cookie", f"__Host-partitioned=1; {flags}; Partitioned")
        elif self.path == "/":
            body = FRAME.format(port=self.server.server_port)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def two_sites() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), TwoSites) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_frame_of_another_site_keeps_only_partitioned_cookies(
    page: Page, two_sites: int
) -> None:
    page.goto(f"http://localhost:{two_sites}/")
    frame = page.frames[1]
    frame.wait_for_url("**/set")

    frame.goto(f"http://127.0.0.1:{two_sites}/shown")

    assert frame.inner_text("body") == "__Host-partitioned=1"


def test_the_site_itself_keeps_both_cookies(page: Page, two_sites: int) -> None:
    page.goto(f"http://127.0.0.1:{two_sites}/set")

    page.goto(f"http://127.0.0.1:{two_sites}/shown")

    assert sorted(page.inner_text("body").split("; ")) == ["__Host-partitioned=1", "ordinary=1"]


def test_axe_sees_an_unlabelled_field_behind_a_strict_policy(page: Page) -> None:
    page.route("**/*", _answer("<input name='a'>"))
    page.goto("http://localhost/")

    assert [fault for fault in axe_faults(page) if fault.startswith("label:")]


def test_axe_has_nothing_to_say_about_a_sound_page(page: Page) -> None:
    page.route("**/*", _answer("<label for='a'>Name</label> <input id='a' name='a'>"))
    page.goto("http://localhost/")

    assert axe_faults(page) == []


@pytest.mark.parametrize(("width", "wide"), [(320, True), (1200, False)])
def test_a_page_that_scrolls_sideways_is_found(
    new_page: Callable[..., Page], width: int, wide: bool
) -> None:
    page = new_page(width)
    page.route("**/*", _answer("<svg width='600' height='20'></svg>"))
    page.goto("http://localhost/")

    assert bool(sideways_faults(page)) is wide


def _answer(content: str) -> Callable[..., None]:
    html = (
        "<!doctype html><html lang='en'><title>Page</title>"
        "<meta name='viewport' content='width=device-width'>"
        f"<main><h1>Page</h1>{content}</main></html>"
    )
    return lambda route: route.fulfill(
        body=html,
        content_type="text/html",
        headers={"Content-Security-Policy": "default-src 'none'"},
    )
