"""The only way for a test to get a page: every page is checked each time it is shown."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.filled_forms import FilledForm, form_with_button
from tests.markup import faults, words

LONGEST_DETOUR = 8


class SiteClient(FlaskClient):
    """Flask's test client, at our own address unless told otherwise: cookies belong to it."""

    base_url = ""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        if args and isinstance(args[0], str):
            options.setdefault("base_url", self.base_url)
        return super().open(*args, **options)


class Visitor:
    """One browser with its cookies, over https.

    Redirects are followed unless ``status`` is one; ``status`` is what must come at the end.
    ``raw`` is Flask's own client, for what is not a page: JSON, downloads, LTI messages.
    """

    def __init__(self, app: Flask, base_url: str) -> None:
        self.base_url = base_url
        self.raw = SiteClient(app, app.response_class)
        self.raw.base_url = base_url

    def get(self, path: str, *, status: int = 200, **options: Any) -> "Page":
        return self.open(path, status=status, **options)

    def post(
        self, path: str, data: Mapping[str, Any], *, status: int = 200, **options: Any
    ) -> "Page":
        """Send a form as given; ``Page.submit`` fills one in as a person does."""
        return self.open(path, status=status, method="POST", data=data, **options)

    def open(self, path: str, *, status: int = 200, **options: Any) -> "Page":
        path = self._path(path)
        response = self.raw.open(path, **options)
        redirect_wanted = 300 <= status < 400
        for _ in range(LONGEST_DETOUR):
            if redirect_wanted or response.location is None:
                break
            path = self._path(urljoin(path, response.location))
            response = self.raw.get(path)
        page = Page(self, path, response)
        assert response.status_code == status, (
            f"{path} answered {response.status_code}, not {status}: {page.summary()}"
        )
        if not redirect_wanted:
            page.check()
        return page

    def _path(self, address: str) -> str:
        """``address`` without our own site and without a fragment, as a browser asks for it."""
        path = urldefrag(address).url.removeprefix(self.base_url)
        assert path.startswith("/"), f"{address} is on another site"
        return path


class Page:
    def __init__(self, visitor: Visitor, path: str, response: TestResponse) -> None:
        self.visitor = visitor
        self.path = path
        self.response = response
        self.html = response.get_data(as_text=True)
        self.soup = BeautifulSoup(self.html, "html.parser")

    def check(self) -> None:
        assert self.response.mimetype == "text/html", f"{self.path} is not a page"
        found = faults(self.html, self.response.headers, self.soup)
        assert not found, f"{self.path}:\n" + "\n".join(f"- {fault}" for fault in found)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def location(self) -> str:
        return self.response.location or ""

    @property
    def page_id(self) -> str:
        return self._body("data-page")

    @property
    def role(self) -> str:
        return self._body("data-role")

    @property
    def reason(self) -> str:
        """Why a launch or request was refused, as a short code."""
        main = self.soup.find("main")
        return str(main.get("data-reason", "")) if main else ""

    @property
    def heading(self) -> str:
        return words(self.soup.h1)

    @property
    def text(self) -> str:
        return words(self.soup.body)

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [words(link) for link in self.soup.select(".error-summary a")]

    @property
    def links(self) -> dict[str, str]:
        return {words(a): str(a["href"]) for a in self.soup.find_all("a", href=True)}

    @property
    def buttons(self) -> list[str]:
        return [words(button) for button in self.soup.find_all("button")]

    def element(self, selector: str) -> Tag:
        """The first that ``selector`` finds; a page without any fails the test."""
        found = self.soup.select_one(selector)
        assert found is not None, f"no {selector!r} on {self.path}: {self.summary()}"
        return found

    def rows(self) -> list[list[str]]:
        """Every table row's cells, header rows included."""
        return [
            [words(cell) for cell in row.find_all(["td", "th"])]
            for row in self.soup.find_all("tr")
        ]

    def follow(self, label: str, *, status: int = 200) -> "Page":
        """Click the link whose words are, or else begin with, or else contain ``label``."""
        return self.visitor.get(self._target(label), status=status)

    def form(self, button: str) -> FilledForm:
        return FilledForm(self.soup, form_with_button(self.soup, button), button)

    def submit(
        self,
        button: str,
        values: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
    ) -> "Page":
        """Fill in controls by their labels (or names) and press ``button``.

        ``{"Hours": "4", "I agree": True, "Modality": "Remote", "Report": (file, "a.pdf")}``
        """
        form = self.form(button)
        form.fill(values or {})
        action = urlsplit(urljoin(self.path, form.action))
        if form.method == "get":
            # A browser drops the query that the action had.
            return self.visitor.get(action.path, status=status, query_string=form.data)
        return self.visitor.post(action.geturl(), form.data, status=status)

    def summary(self) -> str:
        reason = f" [{self.reason}]" if self.reason else ""
        return f"{self.heading or self.html[:300]}{reason} {self.errors or ''}".strip()

    def _target(self, label: str) -> str:
        links = [(words(a), str(a["href"])) for a in self.soup.find_all("a", href=True)]
        for matches in (str.__eq__, str.startswith, str.__contains__):
            for found, target in links:
                if matches(found, label):
                    return urljoin(self.path, target)
        raise AssertionError(f"no link {label!r} on {self.path}, only {links}")

    def _body(self, attribute: str) -> str:
        body = self.soup.body
        return str(body.get(attribute, "")) if isinstance(body, Tag) else ""
