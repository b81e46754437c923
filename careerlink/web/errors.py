"""Turns refusals into pages that say what happened and what to do."""

import logging
import secrets
from typing import Any

from flask import Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from careerlink.errors import (
    ChangedMeanwhile,
    Elsewhere,
    NotFound,
    NotPossible,
    NotSignedIn,
    Refusal,
)
from careerlink.web import SAFE_METHODS, undo, way_back

log = logging.getLogger("careerlink.web")

LONGEST_TYPED = 20_000
"""What is longer was uploaded, and is still on the disk of whoever sent it."""

TITLES = {
    "not-signed-in": "Open CareerLink from your course again",
    "sign-in-failed": "The campus sign-in did not let you in",
    "sign-in-away": "The campus sign-in does not answer",
    "not-found": "This page is not here",
    "other-launch": "Open CareerLink from the other course",
    "not-permitted": "This is not yours to do",
    "not-possible": "This cannot be done now",
    "changed-meanwhile": "Somebody changed this before you",
    "form-expired": "This form is too old",
    "invalid-input": "Something in this form cannot be kept",
    "too-large": "This is too large",
    "method-not-allowed": "Open the page again",
    "internal": "Something went wrong on our side",
    "busy": "CareerLink is busy",
    "link-closed": "This link is closed",
}
TEXTS = {
    "not-found": "The address leads nowhere, or the record is not yours to see, or no longer.",
    "other-launch": "This is yours, and belongs to another course now. Open CareerLink from "
    "that course in your LMS.",
    "changed-meanwhile": "Open the page again to see what it says now.",
    "form-expired": "Your session changed since you opened it. Open the page again and send it "
    "once more.",
    "invalid-input": "A value in this form is too large, or holds signs that no text has. Go "
    "back and change it; nothing was saved.",
    "method-not-allowed": "This address only takes a form that was sent, and shows nothing by "
    "itself.",
    "busy": "The database did not answer in time. Nothing was changed; try again in a minute.",
}


def register(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(Elsewhere, lead_on)
    app.register_error_handler(CSRFError, too_old)
    app.register_error_handler(StaleDataError, lambda _e: refused(ChangedMeanwhile()))
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(IntegrityError, crossed)
    for unstorable in (DataError, OverflowError):
        app.register_error_handler(unstorable, outlandish)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, broken)


def refused(refusal: Refusal) -> tuple[str, int]:
    unmet = refusal.unmet if isinstance(refusal, NotPossible) else []
    typed = _typed() if refusal.keeps_typed else []
    return page(refusal.status, refusal.reason, refusal.message, unmet=unmet, typed=typed)


def too_old(_error: CSRFError) -> tuple[str, int]:
    return page(400, "form-expired", typed=_typed())


def lead_on(error: Elsewhere) -> ResponseReturnValue:
    """Bookmarks and old mails find a project also after it moved to another course."""
    if request.method not in SAFE_METHODS or request.endpoint is None:
        return refused(error)
    values = {**(request.view_args or {}), "course_id": error.course_id}
    return redirect(url_for(request.endpoint, **values), 303)


def _typed() -> list[str]:
    """Sentences of a form that came too late; ticks and figures are soon made anew."""
    if request.method in SAFE_METHODS:
        return []
    values = (value.strip() for value in request.form.values())
    return [value for value in values if " " in value and len(value) <= LONGEST_TYPED]


def http_error(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if code == 404:
        return refused(NotFound())
    if code == 401:
        return refused(NotSignedIn())
    reason = {405: "method-not-allowed", 413: "too-large"}.get(code, "bad-request")
    html, status = page(code, reason, "" if reason in TEXTS else error.description or "")
    # RFC 9110, 15.5.6: the answer to a wrong method names the right ones.
    methods = getattr(error, "valid_methods", None)
    return html, status, {"Allow": ", ".join(sorted(methods))} if methods else {}


def busy(error: OperationalError) -> tuple[str, int]:
    log.warning("database unavailable: %s", type(error.orig).__name__)
    return page(503, "busy", typed=_typed())


def crossed(error: IntegrityError) -> tuple[str, int]:
    """Two did the same at once, past every look beforehand; a constraint let one through."""
    log.warning("constraint refused a change: %s", type(error.orig).__name__)
    return refused(ChangedMeanwhile())


def outlandish(_error: Exception) -> tuple[str, int]:
    """No column holds such a value, so no address of ours has it, and no form offers it."""
    if request.method in SAFE_METHODS:
        return refused(NotFound())
    return page(422, "invalid-input", typed=_typed())


def broken(_error: Exception) -> tuple[str, int]:
    number = secrets.token_hex(4)
    log.exception("page broke, error %s", number, extra={"endpoint": request.endpoint})
    return page(500, "internal", f"Tell the career office this number: {number}.")


def page(
    status: int, reason: str, message: str = "", *, title: str = "", **values: Any
) -> tuple[str, int]:
    """A page whose ``<main data-reason>`` names the reason (docs/reasons.md)."""
    g.setdefault("actor", None)
    # The page reads, too, and a unit of work that broke reads no more.
    undo()
    heading = title or TITLES.get(reason, "This did not work")
    html = render_template(
        "layouts/refused.html",
        reason=reason,
        heading=heading,
        explanation=message or TEXTS.get(reason, ""),
        way_back_url=way_back.address(error=heading, error_log=f"CareerLink: {reason}"),
        **values,
    )
    return html, status
