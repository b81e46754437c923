"""Whose word counts about a visitor's address, when a proxy stands in front and when not."""

from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from careerlink.web.proxy import LocalProxy

MADE_UP = {
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=198.51.100.7;host=evil.example",
}


@Request.application
def mirror(request: Request) -> Response:
    answer = [request.remote_addr, request.scheme, request.host, request.script_root]
    forwarded = sorted(name for name, _ in request.headers if "Forwarded" in name)
    return Response("\n".join([str(value) for value in answer] + forwarded))


def seen_from(peer: str, headers: dict[str, str] = MADE_UP) -> list[str]:
    environ: dict[str, Any] = {"REMOTE_ADDR": peer}
    client = Client(LocalProxy(mirror))
    answer = client.get("/", "http://tool.example", headers=headers, environ_overrides=environ)
    return answer.get_data(as_text=True).splitlines()


@pytest.mark.parametrize("peer", ["203.0.113.9", "10.0.0.4", "2001:db8::9", "unknown"])
def test_without_a_proxy_nobody_makes_up_an_address(peer: str) -> None:
    assert seen_from(peer) == [peer, "http", "tool.example"]


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::1", "::ffff:127.0.0.1", ""])
def test_a_proxy_on_this_machine_tells_address_and_scheme_but_no_host(proxy: str) -> None:
    assert seen_from(proxy)[:3] == ["198.51.100.7", "https", "tool.example"]


def test_only_the_nearest_proxys_own_word_counts() -> None:
    """A browser's own header is handed on by the proxy with the true address behind it."""
    headers = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}
    assert seen_from("127.0.0.1", headers)[0] == "198.51.100.7"
