"""What a text says otherwise than the version before it."""

from credit.agreements.differences import Piece
from credit.returning.rewriting import paragraphs_between

SAME, GONE, NEW = Piece.SAME, Piece.GONE, Piece.NEW


def test_a_paragraph_that_stayed_is_left_out_and_one_that_changed_is_marked() -> None:
    before = "It took two days.\n\nI asked a manager after the work."
    after = "It took two days.\nI asked a manager before the work.\nTwice."

    assert paragraphs_between(before, after) == [
        ((SAME, "I asked a manager "), (GONE, "after"), (NEW, "before"), (SAME, " the work.")),
        ((NEW, "Twice."),),
    ]


def test_what_was_written_anew_stands_whole_beside_what_it_replaced() -> None:
    assert paragraphs_between("Nine groups, and they looked fine.", "June left us five.") == [
        ((GONE, "Nine groups, and they looked fine."), (NEW, "June left us five.")),
    ]


def test_the_same_text_has_nothing_new() -> None:
    assert paragraphs_between("One.\n\nTwo.", " One.\nTwo. ") == []
