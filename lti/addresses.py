"""Which machines we connect to: the address that was checked is the one that is used.

A platform's address comes from outside (a registration, a launch claim). A name that resolves
to a private address, or to a public one first and a private one later, would let anybody read
the inside of a campus network through us.
"""

import ipaddress
import os
import socket
import ssl
from collections.abc import Collection
from functools import cache
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class ForbiddenAddress(Exception):
    """The address is private, or the way to it is not encrypted."""


class Door:
    """Opens connections to permitted addresses, and can shut all of them at once."""

    def __init__(self, *, allow_private: bool, private_hosts: Collection[str]) -> None:
        self.allow_private = allow_private
        self.private_hosts = {host.lower() for host in private_hosts}
        self._open: list[socket.socket] = []

    def pool_classes(self) -> dict[str, Any]:
        door = self

        class CheckedHttp(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return door.connect(self)

        class CheckedHttps(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return door.connect(self)

        class HttpPool(HTTPConnectionPool):
            ConnectionCls = CheckedHttp

        class HttpsPool(HTTPSConnectionPool):
            ConnectionCls = CheckedHttps

        return {"http": HttpPool, "https": HttpsPool}

    def connect(self, connection: HTTPConnection) -> socket.socket:
        fault: OSError | None = None
        for address in self._addresses(connection):
            try:
                opened = create_connection(
                    (address, connection.port or 443),
                    connection.timeout,
                    source_address=connection.source_address,
                    socket_options=connection.socket_options,
                )
            except OSError as exc:
                fault = exc
            else:
                # TLS takes the socket itself away; the copy still reaches the connection.
                self._open.append(opened.dup())
                return opened
        raise NewConnectionError(connection, f"no connection: {fault}")

    def _addresses(self, connection: HTTPConnection) -> list[str]:
        host = connection.host.strip("[]")
        try:
            found = socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)
        except OSError as exc:
            raise NameResolutionError(host, connection, socket.gaierror(str(exc))) from exc
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        trusted = self.allow_private or host.lower() in self.private_hosts
        if not trusted and not all(is_public(address) for address in addresses):
            raise ForbiddenAddress(f"{host} is on a private address")
        return addresses

    def slam(self) -> None:
        """End every exchange now, from another thread."""
        for opened in self._open:
            try:
                opened.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was faster
                continue

    def close(self) -> None:
        while self._open:
            self._open.pop().close()


def is_public(address: str) -> bool:
    """Public also by the IPv4 address that an IPv6 one may carry."""
    parsed = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if parsed in NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast


def trusted() -> ssl.SSLContext:
    """The machine's own certificate store counts besides the built-in list, so that
    SSL_CERT_FILE can name a campus's own authority."""
    return _trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@cache
def _trusted(_file: str | None, _directory: str | None) -> ssl.SSLContext:
    # Reading the store takes longer than a call.
    return ssl.create_default_context()
