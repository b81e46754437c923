"""A real Chromium and a running demo: the tool in a frame of another site."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.requirements import missing

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # New contexts refuse third-party cookies anyway; older versions need to be told.
    "--test-third-party-cookie-phaseout",
    # axe-core runs once on a page and leaves much behind: no optimizing, few collections.
    "--js-flags=--no-opt --no-flush-bytecode --min-semi-space-size=64",
]
READY_WITHIN_SECONDS = 240
SLOWEST_STEP_MS = 15_000


@dataclass(frozen=True)
class Running:
    """A demo: the tool and its LMS are two sites to the browser."""

    tool: str
    lms: str
    directory: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def program() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing("browser", "no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """``new_page(width)``: a page in a browser profile of its own."""
    complaints: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        # Refused pages (404, 422) are news to the browser, not to the test.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def open_page(width: int = 1200, height: int = 900) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(SLOWEST_STEP_MS)
        context.on("console", note)
        context.on("weberror", lambda fault: complaints.append(str(fault.error)))
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    directory = tmp_path_factory.mktemp("demo")
    tool_port, lms_port = _free_ports(2)
    demo = Running(f"http://127.0.0.1:{tool_port}", f"http://localhost:{lms_port}", directory)
    ports = {"DEMO_PORT": str(tool_port), "DEMO_LMS_PORT": str(lms_port)}
    log = directory.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [Path(sys.executable).parent / "careerlink", "demo"],
            env=_plain_environment() | ports | {"DEMO_DIR": str(directory)},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        for address in (f"{demo.tool}/health/ready", f"{demo.lms}/"):
            _wait_until_ready(address, process, log)
        yield demo
    finally:
        _end(process)


def _plain_environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("CAREERLINK_")}


def _free_ports(count: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"{address} is not ready; the demo said:\n{log.read_text()[-3000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-C must end all processes of the demo; what does not hear it is a fault."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
