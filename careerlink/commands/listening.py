"""Where a server is to listen: what is in the way is said before anything is begun."""

import socket

from gunicorn.util import parse_address

from careerlink.commands.context import failing

HIGHEST_PORT = 65535


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
