"""Which hours an evaluation asks about: the supervisor's own dates, until credit is decided."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from careerlink.placements.models import Placement
from credit import decided
from credit.evaluations import plan
from credit.evaluations.models import Evaluation
from credit.evaluations.plan import Questions
from credit.hours import queries as hours
from credit.hours.models import HoursEntry


def reported(session: Session, evaluation: Evaluation) -> int:
    """Minutes that the student has logged in these dates and not taken back."""
    return sum(entry.minutes for entry in _entries(session, evaluation))


def is_settled(session: Session, placement: Placement) -> bool:
    """Credit is decided: what still comes is read with the case, and hours stay as they are."""
    return bool(decided.why_closed(session, placement))


def questions(session: Session, evaluation: Evaluation) -> Questions:
    return plan.questions(
        evaluation.kind,
        evaluation.author,
        is_short=evaluation.is_short,
        is_settled=is_settled(session, evaluation.placement),
    )


def _entries(session: Session, evaluation: Evaluation) -> Sequence[HoursEntry]:
    since, until = evaluation.covers_from, evaluation.covers_until
    return [
        entry
        for entry in hours.entries(session, evaluation.placement)
        if (since is None or entry.worked_on >= since)
        and (until is None or entry.worked_on <= until)
    ]
