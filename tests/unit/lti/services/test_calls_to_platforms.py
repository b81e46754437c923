"""Calls to a platform end in time, stay small and go only where they may."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from careerlink.config import Settings
from lti import http

SECRET = "only-for-tests-" * 4


def settings_with(**lti: Any) -> Settings:
    return Settings.model_validate(
        {"server": {"public_url": "https://tool.example", "secret_key": SECRET}, "lti": lti}
    )


HERE = settings_with(allow_private_hosts=True)
OUTSIDE = settings_with()


@contextmanager
def server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}"
        finally:
            running.shutdown()
            thread.join()


def say(status: int, body: bytes = b"", **headers: str) -> Callable[..., None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_json_comes_whatever_its_content_type() -> None:
    with server(say(200, b'{"keys": []}', **{"Content-Type": "text/html"})) as url:
        assert http.fetch_json(url, HERE) == {"keys": []}


def test_a_status_but_success_is_an_error_that_says_no_body() -> None:
    with server(say(500, b"Ada Lovelace")) as url, pytest.raises(http.BadStatus) as refused:
        http.fetch_json(url, HERE)
    assert refused.value.status == 500
    assert "Ada" not in str(refused.value)


def test_html_is_not_json() -> None:
    with server(say(200, b"<html>")) as url, pytest.raises(http.NotJson):
        http.fetch_json(url, HERE)


def test_an_answer_above_the_limit_is_refused() -> None:
    with server(say(200, b"x" * 2000)) as url:
        assert len(http.fetch(url, HERE, max_bytes=2000).body) == 2000
        with pytest.raises(http.TooLarge):
            http.fetch(url, HERE, max_bytes=1999)


def test_redirects_within_the_host_are_followed_and_no_others() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/here":
            say(302, Location="/there")(handler)
        elif handler.path == "/away":
            say(302, Location="http://localhost:1/elsewhere")(handler)
        elif handler.path == "/round":
            say(302, Location="/round")(handler)
        else:
            say(200, b"[]")(handler)

    with server(answer) as url:
        assert http.fetch_json(f"{url}/here", HERE) == []
        with pytest.raises(http.ForbiddenAddress, match="another host"):
            http.fetch(f"{url}/away", HERE)
        with pytest.raises(http.ForbiddenAddress, match="too often"):
            http.fetch(f"{url}/round", HERE)
        with http.Platform(HERE) as platform:
            # A score must never be posted to where a platform sends it on.
            assert platform.request("POST", f"{url}/here", body="{}").status == 302


def test_a_closed_port_and_a_broken_answer_are_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(http.Unreachable):
        http.fetch(f"http://127.0.0.1:{port}/", HERE)

    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    with server(hang_up) as url, pytest.raises(http.Unreachable):
        http.fetch(url, HERE)


def test_bytes_that_trickle_for_ever_end_at_the_time_limit() -> None:
    released = threading.Event()

    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not released.wait(0.02):
                handler.wfile.write(b"X-Slow: yes\r\n"[:1])
        except OSError:
            released.set()

    with server(trickle) as url:
        try:
            with (
                http.Platform(HERE, total_seconds=0.3) as platform,
                pytest.raises(http.TimedOut),
            ):
                platform.request("GET", url)
        finally:
            released.set()


def test_a_silent_platform_times_out() -> None:
    released = threading.Event()

    def say_nothing(_handler: BaseHTTPRequestHandler) -> None:
        released.wait(20)

    with server(say_nothing) as url:
        try:
            with (
                http.Platform(HERE, total_seconds=0.2) as platform,
                pytest.raises(http.TimedOut),
            ):
                platform.request("GET", url)
        finally:
            released.set()
