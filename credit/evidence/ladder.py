"""Who hears when of work that waits for the supervisor's answer (V7)."""

from typing import Any

from sqlalchemy import Select, and_, select

from careerlink.placements.models import Placement, Supervision
from careerlink.reminders.ladders import Channel, Ladder, Rung, Whom, waiting
from credit import addresses
from credit.evidence.models import Deliverable, DeliverableState
from credit.evidence.rules import WRITING
from credit.evidence.workflow import SILENT_DAYS


def _open() -> Select[Any]:
    """One row a deliverable, also where two supervise: whoever began last is asked."""
    later = (
        select(Supervision.id)
        .where(
            Supervision.placement_id == Deliverable.placement_id,
            Supervision.ended_at.is_(None),
        )
        .order_by(Supervision.id.desc())
        .limit(1)
        .correlate(Deliverable)
        .scalar_subquery()
    )
    return (
        select(
            *waiting(
                subject_id=Deliverable.id,
                placement_id=Deliverable.placement_id,
                anchor=Deliverable.state_since,
                contact_id=Supervision.contact_id,
                begun=Supervision.began_at,
            )
        )
        .select_from(Deliverable)
        .join(Placement, Placement.id == Deliverable.placement_id)
        .join(
            Supervision,
            and_(Supervision.placement_id == Placement.id, Supervision.id == later),
        )
        .where(
            Deliverable.state == DeliverableState.HANDED_IN,
            Placement.state.in_(WRITING),
        )
    )


LADDER = Ladder(
    key="deliverable",
    title="Supervisor’s answer to a deliverable",
    anchored_at="the day that the work was handed in",
    open_subjects=_open,
    path=addresses.of_everybody("evidence"),
    each_wait_is_new=True,
    rungs=(
        Rung(
            "remind",
            7,
            Whom.SUPERVISOR,
            title="{first_name} waits for your answer to the work for “{project}”",
            text="Accept it, or say in a few words what should change.",
            action="Look at it",
            subject="Work on your project waits for your answer",
        ),
        Rung(
            "office",
            SILENT_DAYS,
            Whom.STAFF,
            channel=Channel.TASK,
            title="{contact} has not answered the work of {student}",
            text="Phone them, or accept it on the evidence with a reason.",
            action="Open the evidence",
        ),
    ),
)
