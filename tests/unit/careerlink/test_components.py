"""What the macros of forms and messages say, and that every layout is a whole page."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
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

from tests.bare_app import bare_app
from tests.markup import faults


@pytest.fixture
def app() -> Iterator[Flask]:
    with bare_app() as app:
        yield app


def render(app: Flask, source: str, **values: Any) -> BeautifulSoup:
    html = app.jinja_env.from_string(source).render(values)
    return BeautifulSoup(html, "html.parser")


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
    around = why.find_parent("div")
    assert around is not None
    order = [tag.name for tag in around.find_all(True, recursive=False)]
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
    assert [cell.get_text() for cell in page.find_all("td")] == ['<b onclick="x">"\'']


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


def test_what_is_seldom_opened_is_folded_away_but_for_the_page_one_is_on(app: Flask) -> None:
    tabs = [
        {"label": label, "url": f"/{label}", "current": label == "Terms", "seldom": seldom}
        for label, seldom in (("Partners", False), ("Terms", True), ("Routing", True))
    ]
    source = LAYOUT.replace("NAME", "office")
    html = app.jinja_env.from_string(source).render(course_tabs=tabs)
    page = BeautifulSoup(html, "html.parser")

    assert [link.get_text() for link in page.select("nav > ul > li > a")] == [
        "Partners",
        "Terms",
    ]
    assert [link.get_text() for link in page.select("nav details a")] == ["Routing"]


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
