"""Whose frame a page may stand in when its session has ended.

Without it the browser shows nothing at all where the page would say so: the session that knew
the platform is gone, and a policy that names no frame forbids every one (CSP3, 6.4.2.1).
"""

import re

from flask import Request, Response

COOKIE = "__Host-careerlink-frame"
LIFETIME_SECONDS = 30 * 24 * 3600
MOST = 8
ORIGIN = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,255}")


def remember(request: Request, response: Response, origins: list[str]) -> None:
    """Partitioned by the site around the frame, so each platform's frame has its own."""
    value = "|".join(origins[:MOST])
    if request.cookies.get(COOKIE) != value:
        response.set_cookie(
            COOKIE,
            value,
            max_age=LIFETIME_SECONDS,
            path="/",
            secure=True,
            httponly=True,
            samesite="None",
            partitioned=True,
        )


def remembered(request: Request) -> list[str]:
    """Read strictly, for it goes into a header."""
    found = request.cookies.get(COOKIE, "").split("|")[:MOST]
    return [origin for origin in found if ORIGIN.fullmatch(origin)]
