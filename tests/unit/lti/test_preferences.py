"""Languages and time zones as platforms write them."""

import pytest

from lti import preferences


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("en", "en"),
        ("en-US", "en_US"),
        ("en_us", "en_US"),
        ("pt_br", "pt_BR"),
        ("zh-Hans", "zh_Hans"),
        ("en-GB-x-ukhe", "en_GB"),
        ("fr_CA_extra_words", "fr_CA"),
        ("", ""),
        ("klingon", ""),
        ("../../etc", ""),
    ],
)
def test_languages(told: str, found: str) -> None:
    assert preferences.locale(told) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("America/Denver", "America/Denver"),
        ("99", ""),
        ("", ""),
        ("Mars/Olympus", ""),
        ("/etc/passwd", ""),
        ("../../etc/passwd", ""),
    ],
)
def test_time_zones(told: str, found: str) -> None:
    assert preferences.time_zone(told) == found
