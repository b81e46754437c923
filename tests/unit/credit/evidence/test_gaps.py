"""Both views of an objective, compared in words; "did not see this" is no low level."""

import pytest

from credit.agreements.models import Judge
from credit.evidence import gaps
from credit.evidence.gaps import Gap, Rated
from credit.evidence.judging import Finding
from credit.evidence.progress import Result, result_of
from credit.evidence.review_models import Verdict

UNSEEN = Rated(None)


def gap(own: Rated | int | None, supervisor: Rated | int | None) -> Gap:
    return Gap(
        "Frame a question",
        Rated(own) if isinstance(own, int) else own,
        Rated(supervisor) if isinstance(supervisor, int) else supervisor,
    )


@pytest.mark.parametrize(
    ("own", "supervisor", "words"),
    [
        (3, 3, "Both see it the same way."),
        (2, 3, "The supervisor sees it one level higher."),
        (4, 2, "The supervisor sees it two levels lower."),
        (1, 4, "The supervisor sees it three levels higher."),
        (3, UNSEEN, "The supervisor did not see this."),
        (UNSEEN, 3, "Only the supervisor saw this."),
        (UNSEEN, UNSEEN, "Nobody saw this: not enough evidence."),
        (3, None, "Not compared yet."),
        (None, 3, "Not compared yet."),
    ],
)
def test_the_difference_in_words(
    own: Rated | int | None, supervisor: Rated | int | None, words: str
) -> None:
    assert gap(own, supervisor).words == words


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], ""),
        ([gap(3, UNSEEN), gap(2, None)], ""),
        ([gap(3, 3)], "Both see it the same way"),
        ([gap(3, 3), gap(2, 2)], "Both see all 2 the same way"),
        (
            [gap(2, 3), gap(4, 3), gap(1, 4), gap(3, 3), gap(3, UNSEEN)],
            "Of 4, the supervisor rates 2 higher and 1 lower than the student does",
        ),
    ],
)
def test_the_chart_says_its_message(found: list[Gap], title: str) -> None:
    assert gaps.message(found) == title


def test_the_student_is_told_of_their_own_view() -> None:
    title = gaps.message([gap(2, 3), gap(3, 3)], is_own=True)
    assert title == "Of 2, the supervisor rates 1 higher than you do"


@pytest.mark.parametrize(
    ("judge", "supervisor", "finding", "result"),
    [
        (Judge.SUPERVISOR, 4, None, Result.MET),
        (Judge.SUPERVISOR, 3, None, Result.MET),
        (Judge.SUPERVISOR, 2, None, Result.PARTLY),
        (Judge.SUPERVISOR, 1, None, Result.NOT_YET),
        (Judge.SUPERVISOR, None, None, Result.OPEN),
        (Judge.SUPERVISOR, UNSEEN, None, Result.NOT_ENOUGH_EVIDENCE),
        (Judge.INSTRUCTOR, 4, None, Result.OPEN),
        (Judge.INSTRUCTOR, 1, Verdict.MET, Result.MET),
        (Judge.BOTH, 4, None, Result.OPEN),
        (Judge.BOTH, 4, Verdict.NOT_YET, Result.NOT_YET),
        (Judge.SUPERVISOR, 4, Verdict.NOT_ENOUGH_EVIDENCE, Result.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_the_instructors_word_goes_first(
    judge: Judge, supervisor: Rated | int | None, finding: Verdict | None, result: Result
) -> None:
    found = Finding(finding) if finding is not None else None

    assert result_of(judge, gap(3, supervisor), found) == result


def test_what_nobody_observed_is_not_enough_evidence_and_no_zero() -> None:
    for judge in Judge:
        assert result_of(judge, gap(UNSEEN, UNSEEN), None) == Result.NOT_ENOUGH_EVIDENCE
