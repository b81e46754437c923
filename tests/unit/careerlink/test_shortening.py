"""Texts cut for lists: between words, with nothing hanging before the dots."""

import pytest

from careerlink.shortening import cut_between_words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("as it is", "as it is"),
        ("two\n lines ", "two lines"),
        ("data of a well-known source", "data of a…"),
        ("data of one -  unknown source", "data of one…"),
        ("data, all of them, and more", "data, all of…"),
        ("x" * 30, "x" * 14 + "…"),
    ],
)
def test_a_long_text_ends_with_a_whole_word(text: str, cut: str) -> None:
    assert cut_between_words(text, 15) == cut
