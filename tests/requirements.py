"""What a test may miss on this machine, and whether that is allowed."""

import os
from typing import NoReturn

import pytest

REQUIRED = "CAREERLINK_REQUIRE"


def missing(what: str, reason: str) -> NoReturn:
    """Skip the test, or fail it where CAREERLINK_REQUIRE lists ``what`` (``.ci/run``)."""
    message = f"{what}: {reason}"
    if what in os.environ.get(REQUIRED, "").split(","):
        pytest.fail(f"{message} ({REQUIRED} does not let it be skipped)", pytrace=False)
    pytest.skip(message)
