"""Only public machines are called, over https, at the very address that was checked."""

import socket
import threading
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


def resolve_to(monkeypatch: pytest.MonkeyPatch, *found: str) -> list[str]:
    """Every name now has these addresses; gives the list of names asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


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
    # What the call was given, kept beside what a request of ``requests`` knows itself.
    assert not vars(responses.calls[0].request)["req_kwargs"]["proxies"]
