"""What is judged while a sample case is open: objectives, and hours that are disputed."""

from collections.abc import Callable, Iterator

from careerlink.demo.cast_answers import Finding
from careerlink.demo.work import Deed, Work
from credit.evidence import judging
from credit.evidence.review_models import Verdict
from credit.hours import disputing


def steps(work: Work) -> Iterator[Deed]:
    at, told = work.loading.moment, work.told
    if told.dispute is not None:
        words = told.dispute.words
        yield at(told.dispute.asked_in, 17), lambda: _dispute(work, words)
    case = work.student.case
    if case is not None and told == work.student.placements[-1]:
        for finding in case.findings:
            yield at(finding.found_in, 14), _judging(work, finding)


def _dispute(work: Work, words: str) -> None:
    disputing.dispute(work.loading.session, work.placement, actor=work.actor, words=words)


def _judging(work: Work, told: Finding) -> Callable[[], object]:
    def judge() -> None:
        lineage = work.agreement.objectives[told.objective - 1].lineage
        found = judging.Finding(Verdict(told.verdict), told.comment)
        judging.judge(
            work.loading.session, work.placement, {lineage: found}, actor=work.instructor()
        )

    return judge
