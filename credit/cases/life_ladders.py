"""Who hears when of an incomplete case, and of an award that its student has not accepted."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from careerlink.placements.models import Placement, PlacementState
from careerlink.reminders.ladders import Channel, Ladder, Rung, Whom, waiting
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement


def _one_placement() -> ColumnElement[Any]:
    """Reminders go by placement: the case's newest stands for all of it."""
    return (
        select(func.max(Placement.id))
        .join(CreditCasePlacement, CreditCasePlacement.placement_id == Placement.id)
        .where(
            CreditCasePlacement.credit_case_id == CreditCase.id,
            CreditCasePlacement.moved_at.is_(None),
            CreditCasePlacement.left_out_at.is_(None),
            Placement.state != PlacementState.CANCELLED,
        )
        .correlate(CreditCase)
        .scalar_subquery()
    )


def until_day(day: Any, state: CaseState) -> Select[Any]:
    """Cases of one state that wait until a day of theirs."""
    columns = waiting(subject_id=CreditCase.id, placement_id=Placement.id, anchor=day)
    return (
        select(*columns)
        .select_from(CreditCase)
        .join(Placement, Placement.id == _one_placement())
        .where(CreditCase.state == state, day.is_not(None))
    )


def _incomplete() -> Select[Any]:
    return until_day(CreditCase.incomplete_until, CaseState.INCOMPLETE)


def _not_accepted() -> Select[Any]:
    return until_day(CreditCase.accept_by, CaseState.APPROVED)


def path(placement: Placement, whom: Whom) -> str:
    course = f"/courses/{placement.course.public_id}"
    return f"{course}/credit" if whom == Whom.STUDENT else f"{course}/queue?show=decided"


INCOMPLETE = Ladder(
    key="incomplete_case",
    title="Incomplete credit case",
    anchored_at="the last day to finish it",
    open_subjects=_incomplete,
    path=path,
    each_wait_is_new=True,
    rungs=(
        Rung(
            "ahead",
            -14,
            Whom.STUDENT,
            title="Your credit case can be finished until {day}",
            text="“{project}” was marked incomplete. Hand in what is missing; it then goes "
            "back to your instructor by itself.",
            action="See what is missing",
            subject="Your credit case can still be finished",
        ),
        Rung(
            "soon",
            -3,
            Whom.STUDENT,
            title="Three days left for your credit case",
            text="“{project}” was marked incomplete and can be finished until {day}.",
            action="See what is missing",
            subject="Three days left for your credit case",
        ),
        Rung(
            "over",
            1,
            Whom.INSTRUCTOR,
            channel=Channel.TASK,
            title="The case of {student} was not finished by its day",
            text="Void the Incomplete and decide on what is there, or give more time.",
            action="Open the decided cases",
        ),
        Rung(
            "office",
            14,
            Whom.STAFF,
            channel=Channel.TASK,
            title="The incomplete case of {student} stands since its last day",
            text="Its day was {day}. Ask the instructor what is to become of it.",
            action="Open the decided cases",
        ),
    ),
)
ACCEPTANCE = Ladder(
    key="award_acceptance",
    title="Student’s acceptance of an award",
    anchored_at="the last day to accept it",
    open_subjects=_not_accepted,
    path=path,
    each_wait_is_new=True,
    rungs=(
        Rung(
            "remind",
            -7,
            Whom.STUDENT,
            title="Accept your credit until {day}",
            text="The award for “{project}” goes to the registrar once you have accepted it.",
            action="Look at the award",
            subject="Your credit waits for you",
        ),
        Rung(
            "last",
            -1,
            Whom.STUDENT,
            title="Accept your credit until {day}",
            text="The award for “{project}” goes to the registrar once you have accepted it.",
            action="Look at the award",
            subject="Your credit waits for you",
        ),
        Rung(
            "office",
            1,
            Whom.STAFF,
            channel=Channel.TASK,
            title="{student} has not accepted the award",
            text="It was to be accepted by {day}. The decision stands, and the registrar waits "
            "for it: ask the student.",
            action="Open the decided cases",
        ),
    ),
)
