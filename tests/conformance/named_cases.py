"""Which cases a test is about: those that its name, parameters or docstring name."""

import re
from collections.abc import Iterator

CASE = re.compile(
    r"(?<![A-Za-z0-9])(BAD|TCH|STU|DLK|NRP|AGS|X)[-_ ](\d{2})([abc]?)(?:_to_(\d{2}))?"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)


def named(text: str) -> Iterator[str]:
    """``X-20`` and ``X-21`` of ``test_x_20_to_21_roles``."""
    for kind, first, letter, last in CASE.findall(text):
        for number in range(int(first), int(last or first) + 1):
            yield f"{kind.upper()}-{number:02}{letter.lower()}"
