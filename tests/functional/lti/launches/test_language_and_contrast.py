"""What a launch tells about the reader: the language with its region, and more contrast."""

from typing import Any

import pytest

from tests.factories.lti import LTI, Platform
from tests.pages import Page, Visitor


def launched(
    platform: Platform, client: Visitor, locale: str = "", custom: dict[str, Any] | None = None
) -> Page:
    claims = platform.claims(
        **{
            f"{LTI}launch_presentation": {"locale": locale} if locale else {},
            f"{LTI}custom": custom or {},
        }
    )
    return client.get(platform.launch(client, claims).location)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en-GB", "en-GB"), ("en_us", "en-US"), ("de", "en"), ("ar", "en"), ("", "en")],
)
def test_a_page_claims_no_language_but_its_own(
    client: Visitor, platform: Platform, locale: str, language: str
) -> None:
    page = launched(platform, client, locale)

    assert page.soup.html is not None
    assert page.soup.html["lang"] == language


def test_of_the_browsers_languages_the_first_that_we_write_counts(client: Visitor) -> None:
    page = client.get(
        "/nowhere",
        status=404,
        headers={"Accept-Language": "de-CH,de;q=0.9,en-GB;q=0.8,en;q=0.7"},
    )

    assert page.soup.html is not None
    assert page.soup.html["lang"] == "en-GB"


@pytest.mark.parametrize(
    ("told", "wanted"), [("true", "more"), (True, "more"), ("false", None)]
)
def test_who_asked_canvas_for_high_contrast_gets_it(
    client: Visitor, platform: Platform, told: Any, wanted: str | None
) -> None:
    page = launched(platform, client, custom={"prefers_high_contrast": told})

    assert page.soup.html is not None
    assert page.soup.html.get("data-contrast") == wanted
