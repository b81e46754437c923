"""Tests stay on this machine, and nothing that is required is skipped."""

import socket
import urllib.request

import pytest

from tests.network import is_local
from tests.requirements import missing


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "localhost", b"localhost"])
def test_this_machine_is_local(host: str | bytes) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "0.0.0.0", "example.edu", "fe80::1"])  # noqa: S104 - compared, not listened on
def test_another_machine_is_not(host: str) -> None:
    assert not is_local(host)


def test_a_connection_to_another_machine_fails_the_test() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 443))


def test_a_name_is_not_looked_up() -> None:
    # Not an OSError, which code under test would take for a platform that is down.
    with pytest.raises(pytest.fail.Exception, match=r"lms\.example\.edu"):
        urllib.request.urlopen("https://lms.example.edu/")


def test_a_missing_browser_skips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAREERLINK_REQUIRE", raising=False)

    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        missing("browser", "no Chromium")


def test_a_missing_browser_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERLINK_REQUIRE", "browser,postgresql")

    with pytest.raises(pytest.fail.Exception, match="no Chromium"):
        missing("browser", "no Chromium")
