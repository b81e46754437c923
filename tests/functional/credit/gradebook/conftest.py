"""The decided case of the tests of decisions, seen from the gradebook page."""

from tests.functional.credit.cases.conftest import desk
from tests.functional.lti.launches.conftest import statements

__all__ = ["desk", "statements"]
