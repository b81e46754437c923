"""When two partners look like one."""

import pytest

from careerlink.partners.likeness import domain_of, name_key, same_house


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northlight Cycle Works", "northlight cycle works, LLC"),
        ("The Näh-Werk GmbH", "nah werk"),
        ("Calder & Finch, Inc.", "Calder and Finch"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_that_are_not() -> None:
    assert name_key("Northlight Cycles") != name_key("Northlight Cycle Works")
    assert name_key("The Company") == "the company"


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.Northlight.example/shop", "northlight.example"),
        ("northlight.example", "northlight.example"),
        ("https://northlight.example:8443/", "northlight.example"),
        ("", ""),
        ("https://[broken", ""),
    ],
)
def test_the_domain_of_a_website(website: str, domain: str) -> None:
    assert domain_of(website) == domain


def test_an_address_of_the_same_house() -> None:
    assert same_house("ines@northlight.example", "northlight.example")
    assert same_house("ines@mail.northlight.example", "northlight.example")
    assert not same_house("ines@fakenorthlight.example", "northlight.example")
    assert not same_house("ines@mail.example", "")
