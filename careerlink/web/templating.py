"""What templates can call: dates and quantities in the reader's zone and language."""

import hashlib
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_precision
from flask import Flask, Response, current_app, g, request
from flask_babel import get_locale, get_translations, gettext, ngettext, pgettext

from careerlink import clock
from careerlink.security import role_on_page
from careerlink.web.form_errors import error_lines
from careerlink.web.state_words import PLAINER, status_kind

NO_BREAK = "\N{NO-BREAK SPACE}"
STATIC = Path(__file__).parents[1] / "static"


def register(app: Flask) -> None:
    # Flask-Babel would look the catalog up anew for each of some 400 texts of a page.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _translations().ugettext(text),
        ngettext=lambda one, many, count: _translations().ungettext(one, many, count),
        pgettext=lambda context, text: _translations().upgettext(context, text),
        npgettext=lambda context, one, many, count: _translations().unpgettext(
            context, one, many, count
        ),
        newstyle=True,
    )
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        asset=asset,
        error_lines=error_lines,
        page_language=page_language,
        page_role=role_on_page,
        now=clock.now,
    )
    app.after_request(keep_versioned_files)


def asset(name: str) -> str:
    """The address of a static file; it changes with the content, so caches may keep it."""
    return _static_path(f"{request.script_root}{current_app.static_url_path}", name)


def keep_versioned_files(response: Response) -> Response:
    """Let browsers keep a static file, if this is the version that the address names.

    While a release goes from server to server, an old one may be asked for a new file.
    """
    if request.endpoint == "static" and response.status_code == 200:
        name = (request.view_args or {}).get("filename", "")
        if request.args.get("v") == _fingerprint(name):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def page_language() -> str:
    return str(_locale()).replace("_", "-")


def local(value: datetime) -> datetime:
    """``value`` in the reader's zone."""
    return value.astimezone(ZoneInfo(g.get("zone") or "UTC"))


def day(value: date) -> str:
    """Such as ``Fri 4 Dec``, and with the year when that is not this one."""
    on = _local_day(value)
    pattern = pgettext("a day", "EEE d MMM")
    if on.year != local(clock.now()).year:
        pattern = pgettext("a day of another year", "EEE d MMM y")
    # Only the week day may stand at the end of a line without its date.
    first, *rest = format_date(on, pattern, locale=_locale()).split(" ")
    return " ".join(part for part in (first, NO_BREAK.join(rest)) if part)


def time_of_day(value: datetime) -> str:
    return local(value).strftime("%H:%M")


def moment(value: datetime) -> str:
    """Such as ``Fri 4 Dec, 17:00 (in 3 days)``."""
    return f"{day(value)}, {time_of_day(value)} ({ago(value)})"


def ago(value: date) -> str:
    """The distance from now: ``in 3 days``, ``2 hours ago``, for a date ``today``."""
    if not isinstance(value, datetime):
        days = (value - local(clock.now()).date()).days
        return _distance(timedelta(days=days), "day") if days else str(gettext("today"))
    away = value - clock.now()
    if abs(away) < timedelta(minutes=1):
        return str(gettext("now"))
    if abs(away) < timedelta(hours=1):
        return _distance(away, "minute")
    if abs(away) < timedelta(days=1):
        return _distance(away, "hour")
    return _distance(_local_day(value) - local(clock.now()).date(), "day")


def money(minor: int, currency: str = "USD") -> str:
    """Such as ``$480`` or ``$480.50``, from minor units."""
    amount = _major(Decimal(minor), currency)
    if amount != amount.to_integral_value():
        return format_currency(amount, currency, locale=_locale())
    pattern = _locale().currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(
        amount, currency, format=pattern, locale=_locale(), currency_digits=False
    )


def per_hour(minor: int, minutes: int, currency: str = "USD") -> str:
    """The fee for one hour, such as ``$24.00``; rounded down, so it never promises more."""
    if not minutes:
        return "–"
    fee = (Decimal(minor) * 60 / minutes).to_integral_value(ROUND_DOWN)
    return format_currency(_major(fee, currency), currency, locale=_locale())


def hours(minutes: int) -> str:
    """Such as ``23.5 h``."""
    return f"{_decimal(_in_hours(minutes), '#,##0.##')}{NO_BREAK}h"


def hours_figure(minutes: int) -> str:
    """Such as ``23.50``, for a column of figures under the heading Hours."""
    return _decimal(_in_hours(minutes), "#,##0.00")


def credit_figure(thousandths: int) -> str:
    """Such as ``1.5``, from thousandths of a credit."""
    return _decimal(Decimal(thousandths) / 1000, "#,##0.###")


def plural(count: int, one: str, many: str) -> str:
    """Such as ``3 places``; both words without the number."""
    return f"{_decimal(Decimal(count), '#,##0')}{NO_BREAK}{ngettext(one, many, count)}"


def state_word(state: str) -> str:
    """A state as people read it: ``awaiting_supervisor`` is "Awaiting supervisor"."""
    word = PLAINER.get(str(state)) or str(state).replace("_", " ").replace("-", " ")
    return str(gettext(word[:1].upper() + word[1:]))


def file_size(size: int) -> str:
    """Such as ``61 kB`` or ``2.4 MB``, from bytes."""
    if size < 1_000_000:
        return f"{_decimal(Decimal(max(1, round(size / 1000))), '#,##0')}{NO_BREAK}kB"
    return f"{_decimal(Decimal(size) / 1_000_000, '#,##0.#')}{NO_BREAK}MB"


def listed(words: list[str]) -> str:
    """Such as ``hours, evidence and evaluation``."""
    return format_list([str(word) for word in words], locale=_locale())


FILTERS = {
    "ago": ago,
    "credits": credit_figure,
    "day": day,
    "file_size": file_size,
    "hours": hours,
    "hours_figure": hours_figure,
    "listed": listed,
    "local": local,
    "moment": moment,
    "money": money,
    "per_hour": per_hour,
    "plural": plural,
    "state_word": state_word,
    "status_kind": status_kind,
    "time_of_day": time_of_day,
}


def _translations() -> Any:
    """The catalog of the reader's language, found once a request."""
    found = g.get("translations")
    if found is None:
        found = g.translations = get_translations()
    return found


@cache
def _static_path(folder: str, name: str) -> str:
    return f"{folder}/{quote(name)}?v={_fingerprint(name)}"


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def _locale() -> Locale:
    return get_locale() or Locale("en")


def _local_day(value: date) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def _distance(away: timedelta, unit: Literal["day", "hour", "minute"]) -> str:
    # Babel would round six days up to a week; the reader counts days.
    words = format_timedelta(
        away, granularity=unit, threshold=10**9, add_direction=True, locale=_locale()
    )
    return words.replace(" ", NO_BREAK)


def _major(minor: Decimal, currency: str) -> Decimal:
    return minor.scaleb(-get_currency_precision(currency))


def _in_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _decimal(value: Decimal, pattern: str) -> str:
    return format_decimal(value, pattern, locale=_locale())
