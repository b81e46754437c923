"""How dates, money and quantities read in templates."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask, g

from careerlink.web import templating
from tests.bare_app import NOW, bare_app


@pytest.fixture
def app() -> Iterator[Flask]:
    with bare_app() as app:
        yield app


def plain(text: str) -> str:
    return text.replace(templating.NO_BREAK, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (date(2026, 12, 4), "Fri 4 Dec"),
        (date(2027, 6, 30), "Wed 30 Jun 2027"),
        # Two in the morning in London is still the evening before on this campus.
        (datetime(2026, 12, 5, 2, 0, tzinfo=UTC), "Fri 4 Dec"),
    ],
)
def test_a_day_is_the_readers_and_names_another_year(
    app: Flask, value: date, read: str
) -> None:
    assert plain(templating.day(value)) == read


def test_a_date_breaks_only_after_its_week_day(app: Flask) -> None:
    assert templating.day(date(2026, 12, 4)) == "Fri 4\N{NO-BREAK SPACE}Dec"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (datetime(2026, 10, 30, 21, 0, tzinfo=UTC), "Fri 30 Oct, 17:00 (in 2 days)"),
        # After the change of clocks the same UTC hour is an hour earlier.
        (datetime(2026, 11, 6, 22, 0, tzinfo=UTC), "Fri 6 Nov, 17:00 (in 9 days)"),
        (datetime(2026, 10, 28, 17, 30, tzinfo=UTC), "Wed 28 Oct, 13:30 (in 2 hours)"),
        (datetime(2026, 10, 28, 15, 25, tzinfo=UTC), "Wed 28 Oct, 11:25 (5 minutes ago)"),
        (datetime(2026, 10, 28, 15, 30, 20, tzinfo=UTC), "Wed 28 Oct, 11:30 (now)"),
        # 25 hours away, but the calendar says the day after tomorrow.
        (datetime(2026, 10, 30, 4, 0, tzinfo=UTC), "Fri 30 Oct, 00:00 (in 2 days)"),
        (datetime(2026, 10, 20, 15, 0, tzinfo=UTC), "Tue 20 Oct, 11:00 (8 days ago)"),
    ],
)
def test_a_moment_says_how_far_away_it_is(app: Flask, value: datetime, read: str) -> None:
    assert plain(templating.moment(value)) == read


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (date(2026, 10, 28), "today"),
        (date(2026, 10, 29), "in 1 day"),
        (date(2026, 10, 22), "6 days ago"),
        (date(2026, 12, 10), "in 43 days"),
    ],
)
def test_the_distance_of_a_date_is_counted_in_days(app: Flask, value: date, read: str) -> None:
    assert plain(templating.ago(value)) == read


def test_without_a_zone_times_are_utc(app: Flask) -> None:
    g.zone = None
    assert templating.time_of_day(NOW) == "15:30"


@pytest.mark.parametrize(
    ("minor", "currency", "read"),
    [
        (48000, "USD", "$480"),
        (48050, "USD", "$480.50"),
        (123456700, "USD", "$1,234,567"),
        (0, "USD", "$0"),
        (60000, "JPY", "¥60,000"),
        (48000, "EUR", "€480"),
    ],
)
def test_money_shows_cents_only_where_there_are_some(
    app: Flask, minor: int, currency: str, read: str
) -> None:
    assert templating.money(minor, currency) == read


@pytest.mark.parametrize(
    ("minor", "minutes", "read"),
    [(48000, 1200, "$24.00"), (48000, 1260, "$22.85"), (48000, 0, "–")],
)
def test_a_fee_per_hour_never_promises_more(
    app: Flask, minor: int, minutes: int, read: str
) -> None:
    assert templating.per_hour(minor, minutes) == read


@pytest.mark.parametrize(
    ("minutes", "text", "figure"),
    [
        (1410, "23.5 h", "23.50"),
        (1200, "20 h", "20.00"),
        (75, "1.25 h", "1.25"),
        (0, "0 h", "0.00"),
    ],
)
def test_hours_come_with_their_unit(app: Flask, minutes: int, text: str, figure: str) -> None:
    assert plain(templating.hours(minutes)) == text
    assert templating.NO_BREAK in templating.hours(minutes)
    assert templating.hours_figure(minutes) == figure


@pytest.mark.parametrize(("thousandths", "read"), [(1500, "1.5"), (1000, "1"), (1125, "1.125")])
def test_credits_are_shown_exactly(app: Flask, thousandths: int, read: str) -> None:
    assert templating.credit_figure(thousandths) == read


@pytest.mark.parametrize(
    ("count", "read"), [(0, "0 places"), (1, "1 place"), (1200, "1,200 places")]
)
def test_a_count_keeps_its_word(app: Flask, count: int, read: str) -> None:
    assert plain(templating.plural(count, "place", "places")) == read


def test_figures_follow_the_readers_language(app: Flask) -> None:
    g.locale = "de"
    assert plain(templating.money(48050, "EUR")) == "480,50 €"
    assert plain(templating.hours(1410)) == "23,5 h"
    assert plain(templating.ago(date(2026, 10, 31))) == "in 3 Tagen"
    assert templating.page_language() == "de"


@pytest.mark.parametrize(
    ("locale", "fee", "day"),
    [("en_US", "$480", "Fri 4 Sep"), ("en_GB", "US$480", "Fri 4 Sept")],
)
def test_english_is_read_in_the_readers_region(
    app: Flask, locale: str, fee: str, day: str
) -> None:
    g.locale = locale
    assert plain(templating.money(48000, "USD")) == fee
    assert plain(templating.day(date(2026, 9, 4))) == day


@pytest.mark.parametrize(("version", "kept"), [("", True), ("0", False)])
def test_a_browser_keeps_a_file_only_under_its_own_version(
    app: Flask, version: str, kept: bool
) -> None:
    address = templating.asset("js/frame.js")
    assert address.startswith("/static/js/frame.js?v=")

    answer = app.test_client().get(address + version)

    assert answer.status_code == 200
    assert ("immutable" in answer.headers["Cache-Control"]) == kept
    answer.close()
