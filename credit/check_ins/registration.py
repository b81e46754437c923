"""What this feature brings to the whole."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from careerlink.registry import NextStep, Panel, Registry
from credit.check_ins import ladder, link_views, queries, scheduling, views, wording
from credit.check_ins.models import CheckIn, CheckInKind, Party
from credit.check_ins.page import other_name


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, link_views.bp]
    registry.supervisor_tasks.append(link_views.tasks)
    registry.placement_panels.append(panels)
    registry.next_steps.append(next_steps)
    registry.schedule_changes.append(scheduling.when_rescheduled)
    registry.sweeps.append(scheduling.sweep)
    registry.ladders |= {one.key: one for one in ladder.LADDERS}
    registry.histories["check_in"] = history
    for verb in ("start", "reopen"):
        registry.reaction("placement", verb, scheduling.when_started)
    for verb in ("complete", "end_early", "cancel"):
        registry.reaction("placement", verb, scheduling.when_over)


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    found = queries.pairs(session, [placement.id], actor=actor).get(placement.id, [])
    if not found:
        return []
    values = {
        "pairs": found,
        "short": wording.SHORT,
        "said": wording.said,
        "kinds": wording.KINDS,
        "asked": queries.due(session, placement, Party.STUDENT)
        if actor.person_id == placement.person_id
        else None,
        "check_in_url": _url(placement),
    }
    return [Panel("Check-ins", "credit/check_ins/panel.html", values, position=35)]


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.is_student(course_id):
        return []
    if actor.standing(course_id).read_only:
        return []
    return [
        step
        for placement in placements.placements_of(session, actor, course_id)
        if placement.state == PlacementState.ACTIVE
        if (step := _step(session, placement)) is not None
    ]


def history(session: Session, actor: Actor, public_id: str) -> CheckIn | None:
    return session.scalar(queries.visible_to(actor).where(CheckIn.public_id == public_id))


def _step(session: Session, placement: Placement) -> NextStep | None:
    found = queries.due(session, placement, Party.STUDENT)
    if found is None:
        return None
    name = other_name(session, placement, Party.STUDENT)
    is_first = found.kind == CheckInKind.FIRST_CONTACT
    return NextStep(
        title=f"say whether you and {name} have been in touch"
        if is_first
        else "say how it goes",
        url=_url(placement),
        action="Answer",
        why=f"{placement.title}: one tap. If something is wrong, the career office sees to it.",
        urgency=38,
    )


def _url(placement: Placement) -> str:
    return url_for(
        "check_ins.show",
        course_id=placement.course.public_id,
        placement_id=placement.public_id,
    )
