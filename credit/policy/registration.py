"""What credit policy brings to the whole."""

from flask import url_for

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab
from credit.policy import (
    draft_views,
    dry_run,
    dry_run_views,
    history,
    office_views,
    set_up_part,
    term_part,
    views,
)
from credit.policy.carrying import POLICY


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, office_views.bp, draft_views.bp, dry_run_views.bp]
    registry.carry_overs.insert(0, POLICY)
    registry.set_up_steps.append(set_up_part.POLICY)
    registry.tabs.append(tabs)
    registry.term_parts.append(term_part.POLICY)
    registry.term_pages.append(term_part.pages)
    history.register(registry)
    registry.outbox_handlers[dry_run.KIND] = dry_run.deliver


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    return [
        Tab(
            "Credit policy",
            url_for("policies.listed"),
            page="policies",
            position=62,
            is_seldom=True,
        )
    ]
