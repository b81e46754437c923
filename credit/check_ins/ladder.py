"""Who is asked, when, how it goes; and both sides once nobody has confirmed a first contact."""

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from careerlink.placements.models import Placement, PlacementState, Supervision
from careerlink.reminders.ladders import Ladder, Rung, Whom, waiting
from credit import addresses
from credit.check_ins.models import CheckIn, CheckInKind, Party
from credit.check_ins.plan import FIRST_CONTACT_WITHIN


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


def _check_in(party: Party, whom: Whom, key: str, title: str) -> Ladder:
    return Ladder(
        key=key,
        title=f"Check-in of the {party.value}",
        anchored_at="the day that it is asked for",
        open_subjects=partial(_open, CheckInKind.PROGRESS, party),
        path=addresses.of_everybody("check-in"),
        ask="ask",
        rungs=(
            Rung(
                "ask",
                0,
                whom,
                title=title,
                text="One tap; a few words if you like.",
                action="Answer",
                subject="A short question about your project",
            ),
        ),
    )


def _first_contact(party: Party, whom: Whom, key: str, title: str) -> Ladder:
    return Ladder(
        key=key,
        title=f"First contact, said by the {party.value}",
        anchored_at="the start",
        open_subjects=partial(_open, CheckInKind.FIRST_CONTACT, party),
        path=addresses.of_everybody("check-in"),
        rungs=(
            Rung(
                "ask",
                FIRST_CONTACT_WITHIN.days,
                whom,
                title=title,
                text="We have heard from neither side yet. A short first talk is how a project "
                "begins.",
                action="Answer",
                subject="Has your project begun?",
            ),
        ),
    )


LADDERS = (
    _check_in(
        Party.SUPERVISOR, Whom.SUPERVISOR, "check_in", "How is it going with {first_name}?"
    ),
    _check_in(Party.STUDENT, Whom.STUDENT, "own_check_in", "How is it going with “{project}”?"),
    _first_contact(
        Party.SUPERVISOR,
        Whom.SUPERVISOR,
        "first_contact",
        "Have you and {first_name} been in touch?",
    ),
    _first_contact(
        Party.STUDENT,
        Whom.STUDENT,
        "own_first_contact",
        "Have you been in touch with your supervisor?",
    ),
)
