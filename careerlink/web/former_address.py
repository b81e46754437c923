"""After a move to a new host name: who comes by an old one is led to the new one.

An LMS keeps the old values until its administrator changes them, and it sends a launch only to
an address that it knows. So a login says by which host it came, and the launch that answers it
is passed on as it is: the browser keeps our cookies for the new host alone.
"""

from urllib.parse import urlencode, urlsplit

from flask import redirect, request
from werkzeug.wrappers import Response

from careerlink.config import Server
from careerlink.web import SAFE_METHODS, services

CAME_BY = "came_by"
LOGIN = "/lti/login"
ANSWERED_HERE = ("/lti/jwks.json", "/lti/canvas.json", "/lti/notices", "/health/", "/metrics")
"""Asked for by servers, which need not follow to another host."""


def lead_on() -> Response | None:
    """Before every request; the host is compared with the configuration, never repeated."""
    server = services().settings.server
    former = _former(server)
    if former is None or request.path.startswith(ANSWERED_HERE):
        return None
    there = f"{server.public_url}{request.full_path.rstrip('?')}"
    if request.path == LOGIN:
        there += f"{'&' if urlsplit(there).query else '?'}{urlencode({CAME_BY: former})}"
    return redirect(there, 303 if request.method in SAFE_METHODS else 307)


def _former(server: Server) -> str | None:
    host = request.host.lower()
    return next((url for url in server.former_urls if urlsplit(url).netloc == host), None)
