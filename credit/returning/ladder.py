"""What a student hears of a returned case before its last day."""

from typing import Any

from sqlalchemy import Select

from careerlink.reminders.ladders import Ladder, Rung, Whom
from credit.cases import life_ladders
from credit.cases.models import CaseState, CreditCase


def _with_students() -> Select[Any]:
    return life_ladders.until_day(CreditCase.resubmit_by, CaseState.RETURNED)


LADDER = Ladder(
    key="returned_case",
    title="Returned credit case",
    anchored_at="the last day to send it back",
    open_subjects=_with_students,
    path=life_ladders.path,
    each_wait_is_new=True,
    rungs=(
        Rung(
            "remind",
            -5,
            Whom.STUDENT,
            title="Send your credit case back by {day}",
            text="It came back with comments. Answer them, change what is asked for, and send "
            "it again.",
            action="Read the comments",
            subject="Your credit case waits for your answer",
        ),
        Rung(
            "last",
            -1,
            Whom.STUDENT,
            title="Send your credit case back by {day}",
            text="After that day your instructor decides on what is there, or gives you more "
            "time.",
            action="Read the comments",
            subject="Your credit case waits for your answer",
        ),
    ),
)
