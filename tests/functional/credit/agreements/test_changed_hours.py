"""F4: what is typed as planned hours of a change is a number of hours, or is refused."""

import pytest

from tests.factories.agreements import Scene
from tests.functional.credit.agreements.changing import Browser, agreed, browser_of

__all__ = ["agreed", "browser_of"]


@pytest.mark.parametrize("hours", ["Infinity", "1e999999", "sNaN", "20.1"])
def test_hours_that_are_none_are_refused(
    agreed: Scene, browser_of: Browser, hours: str
) -> None:
    page = browser_of("student").get(f"{agreed.agreement_path}/change/plan")
    changes = {"Planned hours": hours, "Why": "More to clean."}
    page = page.submit("Show what it changes", changes, status=422)

    assert any("Enter hours" in error for error in page.errors)
