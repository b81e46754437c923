"""How dates, money and quantities read, and what the macros of a form say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask, g
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import (
    DecimalField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, Optional

from careerlink import resources
from careerlink.web import templating
from tests.markup import faults

# A Wednesday; New York sets its clocks back on 1 November.
NOW = datetime(2026, 10, 28, 15, 30, tzinfo=UTC)


@pytest.fixture
def app() -> Iterator[Flask]:
    app = Flask(
        "careerlink",
        template_folder=str(resources.path("templates")),
        static_folder=str(resources.PACKAGE / "static"),
    )
    Babel(app, locale_selector=lambda: g.get("locale"))
    app.secret_key = "for the flashed messages"
    templating.register(app)
    with time_machine.travel(NOW, tick=False), app.test_request_context("/here"):
        g.zone = "America/New_York"
        yield app


def plain(text: str) -> str:
    return text.replace(templating.NO_BREAK, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def render(app: Flask, source: str, **values: Any) -> BeautifulSoup:
    html = app.jinja_env.from_string(source).render(values)
    return BeautifulSoup(html, "html.parser")


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
    ("state", "word", "kind"),
    [
        ("awaiting_supervisor", "Awaiting supervisor", "wait"),
        ("in_force", "In force", "done"),
        ("draft", "Draft", "none"),
    ],
)
def test_a_state_is_a_word_and_a_mark(app: Flask, state: str, word: str, kind: str) -> None:
    page = render(
        app,
        '{% import "components/messages.html" as m %}{{ m.state(state) }}',
        state=state,
    )
    assert page.get_text() == word
    mark = page.find("use")
    assert mark is not None and str(mark["href"]).endswith(f"#{kind}")


def test_a_static_file_has_an_address_of_its_content(app: Flask) -> None:
    assert templating.asset("js/frame.js").startswith("/static/js/frame.js?v=")


class Line(Form):
    task = StringField("Task", [DataRequired("Say what you did")])


class Application(Form):
    why = StringField("Why", [DataRequired("Say why, in a sentence")])
    question = StringField("Question", [Optional()])
    hours = DecimalField("Hours")
    again = RadioField(
        "Again", [DataRequired("Choose one")], choices=[SelectChoice("yes", "Yes")]
    )
    skills = SelectMultipleField("Skills", choices=[SelectChoice("sql", "SQL")])
    line = FormField(Line)
    lines = FieldList(FormField(Line), min_entries=1)


@pytest.fixture
def refused(app: Flask) -> Application:
    form = Application(MultiDict({"hours": "many", "why": "", "skills": "cobol"}))
    assert not form.validate()
    form.form_errors.append("The listing closed a minute ago")
    return form


SUMMARY = '{% import "components/forms.html" as forms %}{{ forms.error_summary(form) }}'
WHOLE = (
    '{% import "components/forms.html" as forms %}{{ forms.form_open(form) }}'
    "{{ forms.field(form.why, hint='One sentence.') }}{{ forms.field(form.question) }}"
    "{{ forms.field(form.hours, suffix='h') }}{{ forms.radios(form.again) }}"
    "{{ forms.checkboxes(form.skills) }}{{ forms.field(form.line.form.task) }}"
    "{{ forms.field(form.lines[0].form.task) }}</form>"
)


def test_the_summary_leads_to_each_refused_control(app: Flask, refused: Application) -> None:
    summary = render(app, SUMMARY, form=refused)
    whole = render(app, WHOLE, form=refused)

    targets = [str(link["href"])[1:] for link in summary.find_all("a")]
    assert targets == ["why", "hours", "again-0", "skills-0", "line-task", "lines-0-task"]
    for target in targets:
        control = whole.find(id=target)
        assert control is not None and control.name == "input", target
    assert "The listing closed a minute ago" in summary.get_text()
    assert "7 answers need another look" in summary.get_text()


def test_a_form_without_errors_has_no_summary(app: Flask) -> None:
    assert render(app, SUMMARY, form=Application()).get_text(strip=True) == ""


def test_a_refused_field_keeps_its_text_and_is_described_by_hint_and_error(
    app: Flask, refused: Application
) -> None:
    page = render(app, WHOLE, form=refused)

    why, hours = page.find(id="why"), page.find(id="hours")
    assert why is not None and hours is not None
    assert why["aria-describedby"] == "why-hint why-error"
    assert why["aria-invalid"] == "true"
    assert hours["value"] == "many"
    order = [tag.name for tag in why.find_parent("div").find_all(True, recursive=False)]  # type: ignore[union-attr]
    assert order == ["label", "p", "p", "input"]


def test_only_what_may_stay_empty_says_so(app: Flask) -> None:
    page = render(app, WHOLE, form=Application())
    labels = {label.get("for"): label.get_text() for label in page.find_all("label")}
    assert labels["question"] == "Question (if you like)"
    assert labels["why"] == "Why"


def test_what_people_typed_is_never_markup(app: Flask) -> None:
    page = render(
        app,
        '{% import "components/messages.html" as m %}{% import "components/tables.html" as t %}'
        "{{ m.next_card(text, url='/x', label=text) }}{{ m.notice('wait', text) }}"
        "<table><tr>{{ t.cell(text, text) }}</tr></table>",
        text='<b onclick="x">"\'',
    )
    assert page.find("b") is None
    assert page.find("td").get_text() == '<b onclick="x">"\''  # type: ignore[union-attr]


LAYOUT = (
    '{% extends "layouts/NAME.html" %}{% set page_id = "test.page" %}'
    "{% block title %}A page{% endblock %}{% block page_head %}<h1>A page</h1>{% endblock %}"
    "{% block content %}<p>Text</p>{% endblock %}"
)
# No view has run: what the application adds to an answer is not looked at here.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("name", ["page", "office", "supervisor"])
def test_a_layout_makes_a_whole_page(app: Flask, name: str) -> None:
    source = LAYOUT.replace("NAME", name)
    tabs = [{"label": "Board", "url": "/board", "current": True}]
    html = app.jinja_env.from_string(source).render(course_tabs=tabs)
    page = BeautifulSoup(html, "html.parser")

    assert faults(html, HEADERS) == []
    assert page.body is not None and page.body["data-page"] == "test.page"
    # A person without an account has nowhere else to go.
    assert bool(page.find("nav")) == (name != "supervisor")


def test_a_page_with_errors_says_so_first(app: Flask, refused: Application) -> None:
    source = LAYOUT.replace("NAME", "page").replace("<p>Text</p>", WHOLE)
    page = BeautifulSoup(app.jinja_env.from_string(source).render(form=refused), "html.parser")

    assert page.title is not None and page.title.get_text().startswith("Error: A page")
    first = page.select_one("main > *")
    assert first is not None and first["class"] == ["error-summary"]


def test_a_refusal_names_its_reason(app: Flask) -> None:
    html = app.jinja_env.get_template("layouts/refused.html").render(
        reason="launch-replayed",
        heading="CareerLink could not open",
        explanation="Open it from your course again.",
        unmet=["an agreement in force"],
        support_line="launch-replayed · 4f2c",
    )
    page = BeautifulSoup(html, "html.parser")

    assert faults(html, HEADERS) == []
    main = page.find("main")
    assert main is not None and main["data-reason"] == "launch-replayed"
    assert "an agreement in force" in main.get_text()
