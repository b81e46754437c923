"""The checks that every page goes through find what they are for."""

import io

import pytest
from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from tests.markup import faults
from tests.pages import Visitor

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Log hours · CareerLink</title></head>
<body data-page="hours.log" data-role="student"><main id="content">
<h1>Log hours</h1><p>None yet. Begin with last week.</p>
<a href="/next">Next week</a>
<form action="/log?week=2" method="post">
<input name="csrf_token" type="hidden" value="abc">
<label for="minutes">Hours</label> <input id="minutes" name="minutes" value="2">
<fieldset><legend>Modality</legend>
<label><input name="where" type="radio" value="r" checked> Remote</label>
<label><input name="where" type="radio" value="o"> On site</label></fieldset>
<label><input name="sure" type="checkbox" value="y"> I agree</label>
<label for="task">Task</label>
<select id="task" name="task"><option value="1">Read</option>
<option value="2">Write</option></select>
<label for="report">Report</label> <input id="report" name="report" type="file">
<label for="note">Note</label> <textarea id="note" name="note">
so far</textarea>
<button name="then" value="stay">Save hours</button>
</form></main></body></html>
"""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
    "Cache-Control": "no-store",
}


def test_a_sound_page_has_no_faults() -> None:
    assert faults(PAGE, HEADERS) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<h1>Log hours</h1>", "<p>Log hours</p>", "one h1 is needed"),
        ("<h1>", "<h1>Hi</h1><h1>", "one h1 is needed"),
        ("<title>Log", "<title>Blog", "does not start with the h1"),
        ("<!doctype html>", "", "expected-doctype"),
        ("</main>", "</div></main>", "end-tag-too-early"),
        (' lang="en"', "", "no lang"),
        (' data-page="hours.log"', "", "no data-page"),
        ('"student"', '"hero"', "not one of the roles"),
        ('id="note"', 'id="task"', "'task' stands 2 times"),
        (' action="/log?week=2"', "", "lacks an action"),
        (' method="post"', "", "lacks an action or a method"),
        ('name="csrf_token"', 'name="other"', "csrf token missing"),
        ('"/log?week=2"', '"https://lms.example/x"', "csrf token sent elsewhere"),
        ('<label for="minutes">Hours</label>', "", "'minutes' has no label"),
        ('for="task"', 'for="tusk"', "leads nowhere"),
        ("<main", '<main style="color:red"', "inline style"),
        ("<main", '<main onclick="x()"', "inline onclick"),
        ("<h1>", "<script>x()</script><h1>", "inline script"),
        ("<h1>", '<a href="#gone">Skip</a><h1>', "'#gone' leads nowhere"),
        ("<h1>", '<a href="/x"></a><h1>', "has no words"),
        ('"/next"', '"javascript:x()"', "a script in href"),
        ("None yet.", "Due None", "leaked value"),
        ("None yet.", "{{ hours }}", "leaked value"),
        ('value="2"', 'value="None"', "leaked value"),
    ],
)
def test_a_fault_is_found(old: str, new: str, said: str) -> None:
    assert old in PAGE

    assert said in "\n".join(faults(PAGE.replace(old, new, 1), HEADERS))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "frame-ancestors 'self'"),
        ("Content-Security-Policy", HEADERS["Content-Security-Policy"] + " 'unsafe-inline'"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("Cache-Control", "max-age=60"),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_a_wrong_header_is_found(name: str, value: str) -> None:
    assert len(faults(PAGE, HEADERS | {name: value})) == 1


@pytest.fixture
def sent() -> list[dict[str, object]]:
    return []


@pytest.fixture
def visitor(sent: list[dict[str, object]]) -> Visitor:
    app = Flask(__name__)
    app.testing = True

    @app.get("/log")
    @app.get("/next")
    def show() -> tuple[str, int, dict[str, str]]:
        return PAGE, 200, HEADERS

    @app.post("/log")
    def save() -> Response:
        files = {name: file.filename for name, file in request.files.items()}
        sent.append({"week": request.args["week"], **request.form.to_dict(), **files})
        return redirect("https://careerlink.example.edu/next#saved", 303)

    return Visitor(app, "https://careerlink.example.edu")


def test_a_form_sends_what_it_showed_and_what_was_filled_in(
    visitor: Visitor, sent: list[dict[str, object]]
) -> None:
    page = visitor.get("/log")

    shown = page.submit("Save hours")
    page.submit(
        "Save hours",
        {
            "Hours": "4", "Modality": "On site", "I agree": True, "Task": "Write",
            "Report": (io.BytesIO(b"x"), "a.pdf"), "Note": "done",
        },
    )  # fmt: skip

    assert shown.path == "/next"
    as_shown = {
        "week": "2", "csrf_token": "abc", "minutes": "2", "where": "r", "task": "1",
        "note": "so far", "then": "stay",
    }  # fmt: skip
    filled = {"minutes": "4", "where": "o", "sure": "y", "task": "2", "note": "done"}
    assert sent == [as_shown, as_shown | filled | {"report": "a.pdf"}]


def test_links_are_followed_by_their_words(visitor: Visitor) -> None:
    assert visitor.get("/log").follow("Next").path == "/next"


def test_an_unexpected_status_is_an_error(visitor: Visitor) -> None:
    with pytest.raises(AssertionError, match="answered 404, not 200"):
        visitor.get("/nowhere")
