"""Forty cases in one sitting, without a mouse and without a page in between."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from werkzeug.serving import make_server

from benchmarks.queueing import seed
from careerlink.app import create_app
from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.web.session import COOKIE, begin
from credit.cases.models import CaseState, CreditCase
from tests.browser.conftest import _free_ports
from tests.databases import SqliteFiles

CASES, RETURNED = 40, 3


@dataclass(frozen=True)
class Evening:
    """A class of forty whose cases are all ready, and its instructor's cookie."""

    database: Database
    url: str
    queue: str
    token: str

    def decided(self) -> dict[CaseState, int]:
        with self.database.read() as session:
            rows = session.execute(
                select(CreditCase.state, func.count()).group_by(CreditCase.state)
            )
            return {row[0]: row[1] for row in rows}


@pytest.fixture
def evening(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Evening]:
    (port,) = _free_ports(1)
    url = f"http://127.0.0.1:{port}"
    database = Database(sqlite_files.copy(tmp_path))
    settings = Settings.model_validate(
        {
            "server": {"public_url": url, "secret_key": "only-for-tests-" * 4},
            "database": {"url": str(database.url)},
            "mail": {"url": f"file://{tmp_path / 'mail'}", "sender": "a@example.edu"},
            "files": {"url": f"file://{tmp_path / 'files'}"},
        }
    )
    app = create_app(settings, database)
    with database.write() as session:
        made = seed.taught(session, CASES, (CaseState.READY,))
        roles = {made.course_id: CourseRole.INSTRUCTOR}
        token = begin(session, person_id=made.person_id, roles=roles)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Evening(database, url, f"/courses/{made.course}/queue", token)
    server.shutdown()
    thread.join(20)
    server.server_close()
    database.dispose()


def test_forty_cases_are_decided_by_keyboard_only(
    evening: Evening, new_page: Callable[..., Page]
) -> None:
    page = new_page(1280, 600)
    # Chromium takes a secure cookie along to a loopback address without TLS, too.
    secure = evening.url.replace("http:", "https:")
    page.context.add_cookies(
        [{"name": COOKIE, "value": evening.token, "url": secure, "secure": True}]
    )
    page.goto(evening.url + evening.queue)
    page.get_by_role("link", name="Start with the oldest").press("Enter")
    expect(page.locator("h1")).to_contain_text("Student 00000")
    page.get_by_label("Use single keys on this page").press("Space")

    page.keyboard.press("j")
    expect(page.locator("h1")).to_contain_text("Student 00001")
    page.keyboard.press("k")
    expect(page.locator("h1")).to_contain_text("Student 00000")
    page.keyboard.press("e")
    expect(page.locator("details[open] table").first).to_be_visible()

    for number in range(CASES):
        if number < RETURNED:
            page.keyboard.press("c")
            page.keyboard.type("Say more about ar jd.")
            page.keyboard.press("Escape")
            page.keyboard.press("r")
        else:
            page.keyboard.press("a")
        if number < CASES - 1:
            expect(page.locator("h1")).to_contain_text(f"Student {number + 1:05d}")
            outcome = "returned with comments" if number < RETURNED else "approved, 1 credit"
            expect(page.locator("main")).to_contain_text(f"Student {number:05d}: {outcome}")

    expect(page.locator("h1")).to_contain_text("Student 00039: approved")
    assert evening.decided() == {
        CaseState.RETURNED: RETURNED,
        CaseState.APPROVED: CASES - RETURNED,
    }
