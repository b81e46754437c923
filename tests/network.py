"""No test talks to another machine."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

LOCAL_NAMES = ("localhost", "", None)


@pytest.fixture(autouse=True, scope="session")
def closed_network() -> Iterator[None]:
    connect, getaddrinfo = socket.socket.connect, socket.getaddrinfo

    def connect_on_this_machine(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not is_local(address[0]):
            pytest.fail(f"a test opened a connection to {address}")
        connect(self, address)

    def resolve_on_this_machine(host: Any, *args: Any, **options: Any) -> Any:
        if not is_local(host):
            pytest.fail(f"a test asked for the address of {host}")
        return getaddrinfo(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_on_this_machine)
        patch.setattr(socket, "getaddrinfo", resolve_on_this_machine)
        yield


def is_local(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False
