"""What people copy from addresses into a command line or a table."""

from careerlink.db import new_public_id


def test_a_public_id_is_taken_for_no_option_and_no_formula() -> None:
    drawn = {new_public_id() for _ in range(2_000)}

    assert len(drawn) == 2_000
    assert {public_id[0].isalnum() for public_id in drawn} == {True}
    assert {len(public_id) for public_id in drawn} == {12}
