"""What reminders bring to the whole. Registered last: they follow what all others moved."""

from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.changes import HandOver, Schedule
from careerlink.placements.models import Placement
from careerlink.placements.workflow import PLACEMENT
from careerlink.registry import Registry
from careerlink.reminders import advancing, digests, lists, operations, preparing


def register(registry: Registry) -> None:
    registry.sweeps += [advancing.sweep, digests.compose]
    registry.mail_preparations[digests.TEMPLATE] = preparing.prepare
    registry.attention.append(lists.attention)
    registry.next_steps.append(lists.instructor_steps)
    registry.schedule_changes.append(_rescheduled)
    registry.hand_overs.append(_handed_over)
    registry.consent_changes.append(_consented)
    for verb in sorted({edge.verb for edge in PLACEMENT.values()}):
        registry.reaction("placement", verb, _moved)


def _rescheduled(
    session: Session, placement: Placement, before: Schedule, actor: Actor
) -> None:
    operations.look_again(session, placement.id)


def _handed_over(session: Session, handed_over: HandOver, actor: Actor) -> None:
    operations.look_again(session, handed_over.placement.id)


def _consented(session: Session, placement: Placement, is_given: bool, actor: Actor) -> None:
    operations.look_again(session, placement.id)


def _moved(session: Session, placement: Any, actor: Actor) -> None:
    operations.look_again(session, placement.id)
