"""The people of the demo at their browsers: each in a profile of their own."""

import json
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Frame, Page, expect

from tests.browser.checks import assert_sound
from tests.browser.conftest import Running

WAIT_SECONDS = 60


class AtBrowser(ABC):
    """What somebody does on a page: find by words, fill by name, press a button."""

    page: Page

    @property
    @abstractmethod
    def view(self) -> Frame:
        """Where the tool is shown."""

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.view.locator(f"[name='{name}']").fill(value)

    def choose(self, **values: str) -> None:
        for name, value in values.items():
            self.view.locator(f"select[name='{name}']").select_option(value)

    def tick(self, name: str, value: str = "") -> None:
        wanted = f"[name='{name}']" + (f"[value='{value}']" if value else "")
        self.view.locator(f"input{wanted}").check()

    def press(self, words: str) -> None:
        with self.view.expect_navigation():
            self.view.get_by_role("button", name=words).first.click()

    def follow(self, words: str) -> None:
        with self.view.expect_navigation():
            self.view.get_by_role("link", name=words).first.click()

    def sees(self, words: str) -> None:
        expect(self.view.locator("main")).to_contain_text(words)

    def sees_not(self, words: str) -> None:
        expect(self.view.locator("main")).not_to_contain_text(words)

    def is_on(self, page_id: str) -> None:
        expect(self.view.locator("body")).to_have_attribute("data-page", page_id)

    def address(self) -> str:
        return urlsplit(self.view.url).path

    def finds_it_sound(self) -> None:
        assert_sound(self.view)


class Member(AtBrowser):
    """Somebody who opens the tool from the course page of the LMS, in its frame."""

    def __init__(self, running: Running, page: Page, key: str) -> None:
        self.running, self.page, self.key = running, page, key

    @property
    def view(self) -> Frame:
        for frame in self.page.frames:
            if frame.url.startswith(self.running.tool):
                return frame
        raise AssertionError(f"no frame of the tool: {[f.url for f in self.page.frames]}")

    def launch(self, link: str = "board") -> None:
        self.page.goto(f"{self.running.lms}/launch/{self.key}/{link}")
        self.page.wait_for_load_state("networkidle")

    def go(self, path: str) -> None:
        self.view.goto(self.running.tool + path)
        self.page.wait_for_load_state("networkidle")

    @property
    def course(self) -> str:
        return "/".join(self.address().split("/")[:3])


class Supervisor(AtBrowser):
    """Somebody without an account, with a link from a mail, on a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def view(self) -> Frame:
        return self.page.main_frame

    def open(self, link: str) -> None:
        self.page.goto(link)


def json_of(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return json.load(answer)


def wait_for(what: Callable[[], Any], words: str) -> Any:
    """Wait for the worker, which has its own pace."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.3)
    raise AssertionError(f"{words}: waited {WAIT_SECONDS} s")


def newest_link(running: Running, to: str, part: str) -> str:
    """The tool's link in the newest mail to ``to`` whose subject or text has ``part``."""

    def found() -> str | None:
        for mail in json_of(f"{running.lms}/mail.json"):
            text = " ".join((mail["subject"] + " " + mail["text"]).split())
            if to in mail["to"] and part in text:
                return next((u for u in mail["links"] if "/s/" in u), None)
        return None

    return str(wait_for(found, f"a mail to {to} with “{part}”"))
