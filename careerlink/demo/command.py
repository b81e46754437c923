"""``careerlink demo``: tool, demo LMS and worker from one command, with sample data."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from careerlink import migrate
from careerlink.app import compose
from careerlink.commands.context import (
    Context,
    institution_of,
    institution_option,
    pass_context,
)
from careerlink.commands.server import require_free
from careerlink.config import load
from careerlink.db import Database
from careerlink.demo import registrations, sample_data
from careerlink.errors import Misconfigured

READY_SECONDS = 180
END_SECONDS = 8


class Place(NamedTuple):
    """Where a demo runs: its folder and its two ports, on two sites."""

    folder: Path
    port: int
    lms_port: int

    @property
    def tool_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def lms_url(self) -> str:
        # Another site than 127.0.0.1, so that the frame is truly cross-site.
        return f"http://localhost:{self.lms_port}"

    @property
    def canvas_host(self) -> str:
        """As hosted Canvas: issuer and signing in are at another host than the pages."""
        return f"http://127.0.0.1:{self.lms_port}"

    @property
    def config(self) -> Path:
        return self.folder / "careerlink.toml"


@click.command()
def demo() -> None:
    """Run CareerLink with a small LMS and sample data; Ctrl-C ends all."""
    place = Place(
        Path(os.environ.get("DEMO_DIR", ".demo")).resolve(),
        _port("DEMO_PORT", 8000),
        _port("DEMO_LMS_PORT", 8001),
    )
    if place.port == place.lms_port:
        raise Misconfigured("DEMO_PORT and DEMO_LMS_PORT must be two ports")
    # Before the sample data, which take a while; another demo there would pass for this one.
    require_free(f"127.0.0.1:{place.port}", "DEMO_PORT")
    require_free(f"127.0.0.1:{place.lms_port}", "DEMO_LMS_PORT")
    _write_config(place)
    listing = _prepare(place)
    processes = [subprocess.Popen(command) for command in _commands(place, listing)]  # noqa: S603 - our own programs
    try:
        _wait_until_ready(place, processes)
        click.echo(f"\nCareerLink is ready. Open {place.lms_url}\n(Ctrl-C ends it.)\n")
        _wait_for_end(processes)
    finally:
        _end(processes)


def _port(name: str, usual: int) -> int:
    value = os.environ.get(name, str(usual))
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise Misconfigured(f"{name} must be a port number, not {value!r}")
    return int(value)


def _write_config(place: Place) -> None:
    """Keep the secret of an earlier run: its links and sessions stay good."""
    for name in ("mail", "files"):
        (place.folder / name).mkdir(parents=True, exist_ok=True)
    secret = place.folder / "secret_key"
    if not secret.exists():
        secret.write_text(secrets.token_urlsafe(48))
        secret.chmod(0o600)
    place.config.write_text(
        f"""# Written by `careerlink demo`.
[server]
public_url = "{place.tool_url}"
secret_key_file = "{secret}"

[database]
url = "sqlite:///{place.folder / "careerlink.db"}"

[mail]
url = "file://{place.folder / "mail"}"
sender = "Eastmoor Career Office <careers@eastmoor.example>"

[files]
url = "file://{place.folder / "files"}"

[lti]
allow_private_hosts = true
"""
    )


def _prepare(place: Place) -> str:
    """Fill the database, and return the public id of the project of the week."""
    settings = load(place.config, {})
    database = Database(settings.database.url)
    migrate.upgrade(database)
    compose()
    with database.write() as session:
        institution = sample_data.institution(session)
        registrations.add_demo_lms(
            session,
            institution,
            place.lms_url,
            canvas_issuer=place.canvas_host,
            canvas_host=place.canvas_host,
            secret=settings.server.secret,
        )
    with database.write() as session:
        sample_data.load(session, settings, slug=sample_data.SLUG, with_stories=True)
    with database.read() as session:
        listing = sample_data.project_of_the_week(session)
    database.dispose()
    (place.folder / "class.json").write_text(json.dumps(sample_data.lms_class()))
    return listing


def _commands(place: Place, listing: str) -> list[list[str]]:
    careerlink = [sys.executable, "-m", "careerlink", "--config", str(place.config)]
    return [
        [*careerlink, "serve", "--bind", f"127.0.0.1:{place.port}"],
        [*careerlink, "worker"],
        [
            *(sys.executable, "-m", "lti.demo_lms", "--port", str(place.lms_port)),
            *("--canvas-issuer", place.canvas_host, "--canvas-host", place.canvas_host),
            *("--tool-url", place.tool_url, "--mail-dir", str(place.folder / "mail")),
            *("--state", str(place.folder / "lms.json")),
            *("--people", str(place.folder / "class.json")),
            *("--custom", f"listing:content=listing:{listing}"),
        ],
    ]


def _wait_until_ready(place: Place, processes: list[subprocess.Popen[bytes]]) -> None:
    addresses = (f"{place.tool_url}/health/ready", f"{place.lms_url}/gradebook.json")
    deadline = time.monotonic() + READY_SECONDS
    while not all(_answers(address) for address in addresses):
        if any(process.poll() is not None for process in processes):
            raise Misconfigured("demo: a part of it ended; the lines above say why")
        if time.monotonic() > deadline:
            raise Misconfigured(f"demo: not ready after {READY_SECONDS} s")
        time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_for_end(processes: list[subprocess.Popen[bytes]]) -> None:
    stop: Callable[..., None] = lambda *_: sys.exit(0)  # noqa: E731 - a handler of one line
    signal.signal(signal.SIGTERM, stop)
    # A shell starts what runs in its background with SIGINT ignored (POSIX, 2.11), and Python
    # then leaves it so.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return
    raise Misconfigured("demo: a part of it ended; the lines above say why")


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask all to end; what still answers a request after some seconds is ended."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + END_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()


@click.group()
def sample() -> None:
    """Sample data for trying things out."""


@sample.command("load")
@institution_option
@pass_context
def load_sample(context: Context, slug: str | None) -> None:
    """Load the demo's partners, listings, policies and competencies into an institution."""
    compose()
    with context.database.write() as session:
        institution = institution_of(session, slug)
        counts = sample_data.load(
            session, context.settings, slug=institution.slug, with_stories=False
        )
    click.echo(f"sample data: {counts.partners} partners and {counts.listings} listings")
