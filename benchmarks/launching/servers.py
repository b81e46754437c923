"""The servers that are compared: one gunicorn process each, started as people start them."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.launching import plain_example
from benchmarks.launching.driver import CLASS
from careerlink import migrate
from careerlink.app import compose
from careerlink.config import load
from careerlink.db import Database
from careerlink.demo import registrations, sample_data
from lti.demo_lms import Lms
from lti.demo_lms.demo_course import MOODLE_CLIENT, MOODLE_DEPLOYMENT, fill
from lti.demo_lms.keys import PlatformKey, key_set, make_key
from tests import postgresql_server
from tests.databases import GIVEN_SERVER, PostgresqlServer
from tests.databases import migrate as migrate_url

READY_SECONDS = 120
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def class_of(issuer: str, key: PlatformKey, port: int) -> Lms:
    """A platform whose course opens the tool on ``port``; all platforms share one key."""
    lms = fill(Lms(issuer), f"http://127.0.0.1:{port}", cast=CLASS)
    lms.school.family = "moodle"
    lms.school.keys[:] = [key]
    return lms


def plain(folder: Path, port: int, lms: Lms, *, cached: bool) -> list[str]:
    """Set up PyLTI1p3's dictionary of platforms; the command that serves the example."""
    config = folder / f"plain-{port}.json"
    platform = {
        "default": True,
        "client_id": MOODLE_CLIENT,
        "auth_login_url": f"{lms.url}/mod/lti/auth.php",
        "auth_token_url": f"{lms.url}/mod/lti/token.php",
        "key_set_url": f"{lms.url}/mod/lti/certs.php",
        "deployment_ids": [MOODLE_DEPLOYMENT],
    }
    config.write_text(json.dumps({lms.issuer: [platform]}))
    command = [sys.executable, plain_example.__file__, f"127.0.0.1:{port}", str(config)]
    return [*command, "--cached"] if cached else command


def careerlink(folder: Path, port: int, lms: Lms, database_url: str) -> list[str]:
    """Set up CareerLink with the sample catalog; the command that serves it."""
    config = folder / f"careerlink-{port}.toml"
    config.write_text(
        f'[server]\npublic_url = "http://127.0.0.1:{port}"\n'
        f'secret_key = "{"only-for-measuring-" * 3}"\n'
        f'[database]\nurl = "{database_url}"\n'
        f'[files]\nurl = "file://{folder}/files-{port}"\n'
        "[lti]\nallow_private_hosts = true\n"
    )
    settings = load(config, {})
    database = Database(database_url)
    migrate.upgrade(database)
    compose()
    with database.write() as session:
        institution = sample_data.institution(session)
        registrations.add_demo_lms(session, institution, lms.url, secret=settings.server.secret)
        sample_data.load(session, settings, slug=institution.slug, with_stories=False)
    database.dispose()
    serve = ["serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    return [sys.executable, "-m", "careerlink", "--config", str(config), *serve]


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[int]:
    """Start a server, wait until it answers, and give its process id."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        _wait_until_ready(process, port, log)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=READY_SECONDS)


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not answer: {log.read_text()[-2000:]}")


def cpu_seconds(pid: int) -> float:
    """Processor time of ``pid`` and its children so far; 0 where there is no /proc."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        stats = [Path(f"/proc/{p}/stat").read_text() for p in (pid, *children)]
    except OSError:
        return 0.0
    # The program's name, in brackets, may hold spaces: count behind it.
    fields = [stat.rpartition(")")[2].split() for stat in stats]
    return sum(int(f[11]) + int(f[12]) for f in fields) / TICKS_PER_SECOND


class _Keys(BaseHTTPRequestHandler):
    document = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.document)))
        self.end_headers()
        self.wfile.write(self.document)

    def log_message(self, *args: Any) -> None:
        """Nobody reads it."""


@contextmanager
def key_server() -> Iterator[tuple[str, PlatformKey]]:
    """A platform's address, on loopback, that serves its key set and nothing else."""
    key = make_key("benchmark")
    handler = type("Keys", (_Keys,), {"document": json.dumps(key_set([key])).encode()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", key
        server.shutdown()


@contextmanager
def postgresql(folder: Path) -> Iterator[str | None]:
    """The URL of a new database on a server of this machine; None where there is none."""
    if not os.environ.get(GIVEN_SERVER) and postgresql_server.find_programs() is None:
        yield None
        return
    server = PostgresqlServer(folder, migrate_url)
    try:
        yield server.empty()
    finally:
        server.close()
