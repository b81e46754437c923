"""What a drop means: each side of the census day, and what is said without one."""

from datetime import date

import pytest

from credit.cases.census import WORDS, Leaving, leaving
from credit.policy.parameters import Parameters
from credit.policy.wording import rules_of

CENSUS = date(2026, 9, 11)
CLOSES, KEEPS = Parameters(), Parameters(census_rule="keep")


@pytest.mark.parametrize(
    ("left_on", "census_on", "policy", "is_withdrawn", "means"),
    [
        (CENSUS, CENSUS, CLOSES, False, Leaving.CLOSED),
        (date(2026, 9, 12), CENSUS, CLOSES, False, Leaving.WITHDRAWN),
        (CENSUS, CENSUS, KEEPS, False, Leaving.KEPT),
        (date(2026, 9, 12), CENSUS, KEEPS, False, Leaving.WITHDRAWN),
        (CENSUS, CENSUS, CLOSES, True, Leaving.WITHDRAWN),
        (CENSUS, None, CLOSES, False, Leaving.UNKNOWN),
        (CENSUS, None, CLOSES, True, Leaving.WITHDRAWN),
    ],
)
def test_what_leaving_means(
    left_on: date,
    census_on: date | None,
    policy: Parameters,
    is_withdrawn: bool,
    means: Leaving,
) -> None:
    assert leaving(left_on, census_on, policy, is_withdrawn=is_withdrawn) == means


def test_every_kind_has_its_words() -> None:
    assert set(WORDS) == set(Leaving)


@pytest.mark.parametrize(("policy", "stays"), [(CLOSES, "leaves"), (KEEPS, "stays in")])
def test_the_rules_tell_what_is_done(policy: Parameters, stays: str) -> None:
    (told,) = [one.text for one in rules_of(policy) if one.rule == "census"]
    assert "leaves by the census day" in told
    assert f"{stays} the lists of the course" in told
