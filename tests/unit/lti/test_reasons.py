"""Every reason is told apart, tells what helps, and stands in the documents."""

from pathlib import Path

from careerlink import resources
from lti.reasons import Reason
from lti.reasons_document import markdown

DOCUMENT = Path(resources.__file__).parents[1] / "docs/reasons.md"


def test_the_document_says_what_the_code_says() -> None:
    assert DOCUMENT.read_text() == markdown()


def test_no_two_reasons_share_a_code() -> None:
    codes = [reason.code for reason in Reason]

    assert len(set(codes)) == len(codes) == len(Reason.__members__)


def test_faults_of_the_platform_are_5xx_and_all_others_4xx() -> None:
    for reason in Reason:
        platform_failed = reason in (Reason.KEYS_UNREACHABLE, Reason.KEYS_WAIT)
        assert reason.value.status // 100 == (5 if platform_failed else 4)
        assert reason.value.remedy.endswith(".")
        assert reason.value.explanation.endswith(".")
