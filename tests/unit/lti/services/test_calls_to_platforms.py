"""Calls to a platform end in time, stay small and go only where they may."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import responses

from careerlink.config import Settings
from lti import addresses, http

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


def resolve_to(monkeypatch: pytest.MonkeyPatch, *found: str) -> list[str]:
    """Every name now has these addresses; gives the list of names asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


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
    with server(lambda handler: released.wait(20) and None) as url:
        try:
            with (
                http.Platform(HERE, total_seconds=0.2) as platform,
                pytest.raises(http.TimedOut),
            ):
                platform.request("GET", url)
        finally:
            released.set()


@pytest.mark.parametrize(
    "url",
    [
        "http://lms.example/keys",
        "ftp://lms.example/keys",
        "file:///etc/passwd",
        "https://user:pw@lms.example/keys",
        "https:///keys",
        "https://lms.example:port/keys",
    ],
)
def test_only_plain_https_addresses_are_called(url: str) -> None:
    with pytest.raises(http.ForbiddenAddress):
        http.fetch(url, OUTSIDE)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.1.2.3",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.8",
        "64:ff9b::a00:8",
        "2002:a00:8::1",
    ],
)
def test_private_addresses_are_told_from_public_ones(address: str) -> None:
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::808:808"])
def test_public_addresses_pass(address: str) -> None:
    assert addresses.is_public(address)


def test_a_name_on_a_private_address_is_refused_before_connecting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve_to(monkeypatch, "93.184.216.34", "127.0.0.1")
    with pytest.raises(http.ForbiddenAddress, match="lms.example is on a private address"):
        http.fetch("https://lms.example/keys", OUTSIDE)


def test_the_checked_address_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently the second time gains nothing: it is asked once."""
    went: list[Any] = []

    def connect(address: Any, *args: Any, **options: Any) -> socket.socket:
        went.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(addresses, "create_connection", connect)
    asked = resolve_to(monkeypatch, "93.184.216.34")
    with pytest.raises(http.Unreachable):
        http.fetch("https://lms.example/keys", OUTSIDE)
    assert (asked, went) == (["lms.example"], [("93.184.216.34", 443)])


def test_a_named_host_of_the_campus_may_be_private_but_not_unencrypted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    campus = settings_with(private_hosts=["LMS.campus.example"])
    went: list[Any] = []

    def connect(address: Any, *args: Any, **options: Any) -> socket.socket:
        went.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(addresses, "create_connection", connect)
    resolve_to(monkeypatch, "10.1.2.3")
    with pytest.raises(http.Unreachable):
        http.fetch("https://lms.campus.example/keys", campus)
    assert went == [("10.1.2.3", 443)]
    with pytest.raises(http.ForbiddenAddress):
        http.fetch("https://other.campus.example/keys", campus)
    with pytest.raises(http.ForbiddenAddress, match="not https"):
        http.fetch("http://lms.campus.example/keys", campus)


def test_a_platform_without_a_valid_certificate_is_not_trusted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def refuse_tls() -> None:
            opened, _ = listening.accept()
            with opened:
                opened.recv(1)
                opened.sendall(b"not tls at all")

        thread = threading.Thread(target=refuse_tls)
        thread.start()
        try:
            with pytest.raises(http.Unreachable) as broken:
                http.fetch(f"https://127.0.0.1:{port}/", HERE)
        finally:
            thread.join()
    assert "certificate" in str(broken.value)


@responses.activate
def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    responses.get("https://lms.example/keys", json=[])
    assert http.fetch_json("https://lms.example/keys", OUTSIDE) == []
    assert not responses.calls[0].request.req_kwargs["proxies"]
