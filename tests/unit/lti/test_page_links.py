"""The next page of a list, from links as platforms write them."""

import pytest

from lti.answers import Answer, ForbiddenAddress
from lti.page_links import next_page

HERE = "https://lms.example.org/api/members?page=1"
NEXT = "https://lms.example.org/api/members?page=bookmark:WyJiIiwxMTA3XQ&per_page=2"


def answer(link: str) -> Answer:
    return Answer(200, {"Link": link}, b"", HERE)


@pytest.mark.parametrize(
    "link",
    [
        f'<{NEXT}>; rel="next"',
        f"<{NEXT}>;rel=next",
        f'<{NEXT}>; REL="Next"',
        f'<{NEXT}>; rel="last next"',
        f'<{NEXT}>; title="a=b, c"; rel="next"',
        f'<{HERE}>; rel="current",<{NEXT}>; rel="next",<{HERE}>; rel="first"',
        f"<{NEXT}>; rel=\u201cnext\u201d",
        f"<{NEXT}>; rel=\u201cnext\u201d".encode().decode("latin-1"),
        f"<{NEXT.replace('&', '&amp;')}>; rel=\u201cnext\u201d",
        '</api/members?page=bookmark:WyJiIiwxMTA3XQ&per_page=2>; rel="next"',
    ],
)
def test_the_next_page_is_found_to_the_letter(link: str) -> None:
    assert next_page(answer(link), HERE) == NEXT


@pytest.mark.parametrize(
    "link", ["", "nonsense", f'<{NEXT}>; rel="prev"', f'<{NEXT}>; x="next"']
)
def test_there_is_none_where_none_is_named(link: str) -> None:
    assert next_page(answer(link), HERE) is None


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/2", "http://lms.example.org/2", "//elsewhere.example/2"],
)
def test_the_token_stays_with_the_platform(address: str) -> None:
    with pytest.raises(ForbiddenAddress):
        next_page(answer(f'<{address}>; rel="next"'), HERE)
