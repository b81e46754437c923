"""The web server, and whether it can listen where it is to."""

import gc
import socket
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.util import parse_address

from careerlink.commands.context import failing

HIGHEST_PORT = 65535
THREADS = 8


class Server(BaseApplication):
    """Gunicorn with threads; its own command line and files stay out of it."""

    def __init__(self, app: Flask, bind: str, workers: int) -> None:
        self.app = app
        self.options: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 20,
            "accesslog": None,
            "loglevel": "warning",
            # A login repeats itself once by GET, with hints of the LMS that may be long.
            "limit_request_line": 8190,
            # Only a proxy on this machine may say which address and scheme the browser used.
            "forwarded_allow_ips": "127.0.0.1,::1",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app

    def run(self) -> None:
        keep_what_is_loaded()
        super().run()


def keep_what_is_loaded() -> None:
    """Code and templates stay for good. A full collection that looks through them, too, stops
    all threads for a quarter of a second, every few hundred pages."""
    gc.collect()
    gc.freeze()


def require_free(address: str, what: str) -> None:
    """:raises Misconfigured: nobody could listen at ``address``, a HOST:PORT, now."""
    try:
        parsed = parse_address(address)
    except RuntimeError:
        failing(f"{what}: {address} is not HOST:PORT")
    if not isinstance(parsed, tuple):
        return
    host, port = parsed
    if port > HIGHEST_PORT:
        failing(f"{what}: {port} is not the number of a port")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except OSError as exc:
        failing(f"{what}: {address}: {exc.strerror or exc}")
