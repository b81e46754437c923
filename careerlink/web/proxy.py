"""Which proxy is believed: one on this machine.

Anybody can send ``X-Forwarded-For``; only a proxy that we know overwrites what a browser made
up. The host is never taken from a header: our address is ``public_url``.
"""

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_", "HTTP_X_REAL_IP")


class LocalProxy:
    def __init__(self, app: Application) -> None:
        self._direct = app
        self._forwarded = ProxyFix(app, x_for=1, x_proto=1)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if _is_local(environ.get("REMOTE_ADDR", "")):
            return self._forwarded(environ, start_response)
        for name in [name for name in environ if name.startswith(FORWARDED)]:
            del environ[name]
        return self._direct(environ, start_response)


def _is_local(peer: str) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        # A Unix socket's peer has no address; nobody else reaches it.
        return not peer
    mapped = getattr(address, "ipv4_mapped", None)
    return address.is_loopback or bool(mapped and mapped.is_loopback)
