"""Answers to deep linking with anything in their forms: a link that a platform can save, the
form once more, or a page that says no."""

from collections import Counter
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from careerlink.db import Database
from tests.conformance.mutations import mutated_pages, texts
from tests.conformance.traces import traces
from tests.factories.deep_linking import ask, sent
from tests.factories.lti import Platform
from tests.pages import Page, Visitor

FORM = "application/x-www-form-urlencoded"
OFFERS = ("credit", "credit", "board", "projects", "nothing", "\x00", "..")
QUERY = ("q", "where", "hours", "objective", "only", "project", "as", "after", "sort", "\x00")
FIELDS = ("title", "text", "has_column", "shape", "version", "csrf_token", "\x00")
MISSING = st.sampled_from([{}, {}, {}, {"csrf_token": "x"}, {"title": ""}])


def test_whatever_is_chosen_is_answered(
    client: Visitor, platform: Platform, database: Database
) -> None:
    came: Counter[str] = Counter()
    first = ask(client, platform)
    before = traces(database)

    @mutated_pages
    @given(
        st.sampled_from(OFFERS),
        st.dictionaries(st.sampled_from(QUERY), texts, max_size=2),
        st.dictionaries(st.sampled_from(FIELDS), texts, max_size=2) | MISSING,
    )
    def throw(offer: str, query: dict[str, str], changes: dict[str, str]) -> None:
        nonlocal first, before
        asked = urlencode(query, errors="surrogatepass")
        address = f"{first.path}/{offer}/check"
        shown = client.raw.get(address, query_string=asked)
        page = Page(client, address, shown)
        good = {"title": "A link", "csrf_token": csrf(page) or csrf(first)}

        response = client.raw.post(
            address,
            query_string=asked,
            data=urlencode({**good, **changes}, errors="surrogatepass"),
            content_type=FORM,
        )

        came[str(response.status_code)] += 1
        assert shown.status_code in (200, 404, 422), shown.status_code
        assert response.status_code in (303, 400, 404, 405, 422), response.status_code
        if response.status_code == 303:
            for item in sent(client.get(response.location), platform).items:
                assert 0 < len(item["title"]) <= 255
                assert item["url"].startswith("https://careerlink.example.edu/lti/launch")
                assert all(isinstance(value, str) for value in item["custom"].values())
            first = ask(client, platform)
            before = traces(database)
        else:
            assert traces(database) == before

    throw()
    print(came)  # noqa: T201 - shown by -rP after a large run
    assert {"303", "404"} <= set(came)


def csrf(page: Page) -> str:
    field = page.soup.select_one("input[name=csrf_token]")
    return str(field["value"]) if field is not None else ""
