"""The way back to the platform that sent this person: LTI Core 1.3, launch presentation.

What is added to the address is shown by the platform (``lti_msg``, ``lti_errormsg``) or kept in
its log (``lti_errorlog``).
"""

from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import request, session

LONGEST_MESSAGE = 300
USUAL_PORTS = {"https": 443, "http": 80}


def address(*, message: str = "", error: str = "", error_log: str = "") -> str:
    """Where this session's launch asked to be sent back to; empty where it did not say."""
    return with_words(
        session.get("return_url", ""),
        session.get("frame_origins", ()),
        message=message,
        error=error,
        error_log=error_log,
    )


def with_words(
    return_url: str,
    origins: Collection[str],
    *,
    message: str = "",
    error: str = "",
    error_log: str = "",
) -> str:
    """``return_url`` with what happened, if it leads to one of the platform's ``origins``."""
    parts = urlsplit(return_url)
    port = parts.port if parts.port != USUAL_PORTS.get(parts.scheme) else None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    if f"{parts.scheme}://{host}" + (f":{port}" if port else "") not in origins:
        return ""
    words = {"lti_msg": message, "lti_errormsg": error, "lti_errorlog": error_log}
    query = parse_qsl(parts.query, keep_blank_values=True)
    query = [(name, value) for name, value in query if name not in words]
    query += [(name, text[:LONGEST_MESSAGE]) for name, text in words.items() if text]
    return urlunsplit(parts._replace(query=urlencode(query)))


def out_of_own_window() -> str:
    """Where no LMS stands around the page: its app on a phone, or a window of our own.

    Canvas's app claims an iframe and has none, so the browser's word comes first
    (https://www.w3.org/TR/fetch-metadata/).
    """
    shown_in = request.headers.get("Sec-Fetch-Dest") or session.get("document_target")
    return address() if shown_in in ("document", "window") else ""
