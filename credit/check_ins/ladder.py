"""Who is asked, when, how it goes; and both sides once nobody has confirmed a first contact."""

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from careerlink.placements.models import Placement, PlacementState, Supervision
from careerlink.reminders.ladders import Ladder, Rung, Whom, waiting
from credit import addresses
from credit.check_ins.models import CheckIn, CheckInKind, Party
from credit.check_ins.plan import FIRST_CONTACT_WITHIN

WITHIN = FIRST_CONTACT_WITHIN.days
SAYS = "One tap; a few words if you like."
IN_TOUCH = "We have heard from neither side yet. A short first talk is how a project begins."


def _open(kind: CheckInKind, party: Party) -> Select[Any]:
    """What this side is asked and has not answered, one row a question."""
    contact = _current_contact() if party == Party.SUPERVISOR else None
    return (
        select(
            *waiting(
                subject_id=CheckIn.id,
                placement_id=CheckIn.placement_id,
                anchor=CheckIn.due_on,
                contact_id=contact,
            )
        )
        .select_from(CheckIn)
        .join(Placement, Placement.id == CheckIn.placement_id)
        .where(
            CheckIn.answered_at.is_(None),
            CheckIn.closed_at.is_(None),
            CheckIn.kind == kind,
            CheckIn.party == party,
            Placement.state == PlacementState.ACTIVE,
        )
    )


def _current_contact() -> ColumnElement[Any]:
    """Where two supervise, whoever began last."""
    return (
        select(Supervision.contact_id)
        .where(Supervision.placement_id == CheckIn.placement_id, Supervision.ended_at.is_(None))
        .order_by(Supervision.id.desc())
        .limit(1)
        .correlate(CheckIn)
        .scalar_subquery()
    )


def _path(placement: Placement, _whom: Whom) -> str:
    return addresses.of(placement, "check-in")


LADDERS = (
    Ladder(
        key="check_in",
        title="Check-in of the supervisor",
        anchored_at="the day that it is asked for",
        open_subjects=partial(_open, CheckInKind.PROGRESS, Party.SUPERVISOR),
        path=_path,
        ask="ask",
        rungs=(
            Rung(
                "ask",
                0,
                Whom.SUPERVISOR,
                title="How is it going with {first_name}?",
                text=SAYS,
                action="Answer",
                subject="A short question about your project",
            ),
        ),
    ),
    Ladder(
        key="own_check_in",
        title="Check-in of the student",
        anchored_at="the day that it is asked for",
        open_subjects=partial(_open, CheckInKind.PROGRESS, Party.STUDENT),
        path=_path,
        ask="ask",
        rungs=(
            Rung(
                "ask",
                0,
                Whom.STUDENT,
                title="How is it going with “{project}”?",
                text=SAYS,
                action="Answer",
                subject="A short question about your project",
            ),
        ),
    ),
    Ladder(
        key="first_contact",
        title="First contact, said by the supervisor",
        anchored_at="the start",
        open_subjects=partial(_open, CheckInKind.FIRST_CONTACT, Party.SUPERVISOR),
        path=_path,
        rungs=(
            Rung(
                "ask",
                WITHIN,
                Whom.SUPERVISOR,
                title="Have you and {first_name} been in touch?",
                text=IN_TOUCH,
                action="Answer",
                subject="Has your project begun?",
            ),
        ),
    ),
    Ladder(
        key="own_first_contact",
        title="First contact, said by the student",
        anchored_at="the start",
        open_subjects=partial(_open, CheckInKind.FIRST_CONTACT, Party.STUDENT),
        path=_path,
        rungs=(
            Rung(
                "ask",
                WITHIN,
                Whom.STUDENT,
                title="Have you been in touch with your supervisor?",
                text=IN_TOUCH,
                action="Answer",
                subject="Has your project begun?",
            ),
        ),
    ),
)
