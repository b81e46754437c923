"""HTML of a description, also where it is none."""

import pytest

from credit.competencies.files import rich_text


@pytest.mark.parametrize(
    "broken",
    ["<a ", "<!--x>", '<a b="x>', "<![CDATA[", "</a ", "<?", "<a b=\"x'>"],
)
def test_no_half_tag_reaches_the_parser_which_would_look_for_its_end_each_time(
    broken: str,
) -> None:
    left = rich_text.bare(f"<p>Write{broken * 60000}")

    assert left.startswith("<p>Write")
    assert set(left.removeprefix("<p>").split("<")[1:]) <= {"a>", "a>x>"}
    assert rich_text.words(f"<p>Write</p><p>{broken * 60000}").splitlines()[0] == "Write"


def test_words_are_what_is_seen() -> None:
    raw = (
        '<p title="a > b" class=x>Fewer &lt; 3, R&amp;D</p><!-- <p>left out</p> -->'
        "<style>p { color: red }</style><?x?><p>x < y<br/>next</p><ul><li>One</li></ul>"
    )

    assert rich_text.read(raw) == ("Fewer < 3, R&D\nx < y\nnext", ["One"])
