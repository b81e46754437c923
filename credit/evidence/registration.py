"""What this feature brings to the whole."""

from datetime import timedelta

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from careerlink.registry import NextStep, Panel, Registry
from credit import addresses
from credit.competencies import levels
from credit.evidence import link_views, page, progress, queries, rules, views
from credit.evidence.models import DeliverableVersion, EvidenceKind
from credit.hours.plan import policy_of
from credit.hours.rules import day_words

SOON = timedelta(days=7)
SHOWN = (EvidenceKind.FILE, EvidenceKind.LINK, EvidenceKind.ATTESTED)


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, link_views.bp]
    registry.supervisor_tasks.append(link_views.tasks)
    registry.placement_panels.append(panels)
    registry.next_steps.append(next_steps)
    registry.file_readers.append(queries.reads_file)
    registry.histories["deliverable_version"] = history


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    if placement.state == PlacementState.CANCELLED:
        return []
    lines = progress.board(session, placement, actor=actor)
    found = [
        Panel(
            "Objectives",
            "credit/progress/panel.html",
            {
                "lines": lines,
                "words": levels.words,
                "is_own": rules.is_own(actor, placement),
                "most_minutes": max((line.minutes for line in lines), default=0),
                "new_url": addresses.of(placement, "evidence/new"),
                "may_hand_in": not rules.why_not_open(session, actor, placement),
            },
            position=20,
        )
    ]
    if placement.state != PlacementState.PLANNED:
        values = page.values(session, placement, actor=actor)
        found.append(Panel("Evidence", "credit/evidence/panel.html", values, position=30))
    return found


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """From a week before the end: the deliverable, then the reflection if the policy asks."""
    if course_id is None or not actor.is_student(course_id):
        return []
    if actor.standing(course_id).read_only:
        return []
    found = [
        placement
        for placement in placements.placements_of(session, actor, course_id)
        if placement.state in rules.WRITING and _is_near_end(placement)
    ]
    kinds = queries.kinds_of(session, [placement.id for placement in found])
    return [
        step
        for placement in found
        for step in _steps(session, placement, kinds.get(placement.id, set()))
        if not rules.why_not_open(session, actor, placement)
    ]


def history(session: Session, actor: Actor, public_id: str) -> DeliverableVersion | None:
    return session.scalar(
        queries.visible_to(actor).where(DeliverableVersion.public_id == public_id)
    )


def _is_near_end(placement: Placement) -> bool:
    today = clock.today(placement.institution.time_zone)
    return placement.state == PlacementState.WORK_COMPLETED or today >= placement.ends_on - SOON


def _steps(session: Session, placement: Placement, kinds: set[EvidenceKind]) -> list[NextStep]:
    late = rules.is_late(placement)
    last_day = f"The last day is {day_words(placement.ends_on)}."
    if not kinds.intersection(SHOWN):
        return [
            NextStep(
                title="hand in your deliverable",
                url=addresses.of(placement, "evidence/new"),
                action="Hand it in",
                why=f"{placement.title}: the last day has passed; it is marked late."
                if late
                else f"{placement.title}: {placement.deliverable}. {last_day}",
                urgency=20 if late else 35,
            )
        ]
    if (
        EvidenceKind.REFLECTION not in kinds
        and policy_of(session, placement).reflection_required
    ):
        return [
            NextStep(
                title="write your reflection",
                url=addresses.of(placement, "evidence/reflection"),
                action="Write it",
                why=f"{placement.title}: the credit policy asks for one.",
                urgency=45,
            )
        ]
    return []
