"""What every page needs around its content."""

from typing import Any

from flask import g, request

from careerlink.courses.models import Course
from careerlink.courses.read_only import why_read_only
from careerlink.courses.roles import CourseRole
from careerlink.people.actors import Actor
from careerlink.registry import Tab, registry
from careerlink.web import way_back


def page_context() -> dict[str, Any]:
    actor, course = g.get("actor"), g.get("course")
    return {
        "course_tabs": _tabs(),
        "actor": actor,
        "course": course,
        "way_back_url": way_back.out_of_own_window(),
        "read_only_reason": why_read_only(actor.standing(course.id))
        if actor and course
        else "",
    }


def _tabs() -> list[dict[str, Any]]:
    actor = g.get("actor")
    if actor is None or actor.person_id is None or _is_outside(actor, g.get("course")):
        return []
    found: list[Tab] = []
    for provider in registry.tabs:
        found += provider(actor, g.get("course"))
    found.sort(key=lambda tab: tab.position)
    here = max(
        (tab for tab in found if _is_of(tab) or _is_under(tab.url)),
        key=lambda tab: (_is_of(tab), len(tab.url)),
        default=None,
    )
    return [
        {"label": t.label, "url": t.url, "current": t is here, "seldom": t.is_seldom}
        for t in found
    ]


def _is_outside(actor: Actor, course: Course | None) -> bool:
    """Observers, and people whose role we do not know: an explanation, nothing to open."""
    if course is None or actor.reads_office:
        return False
    return actor.role_in(course.id) in (CourseRole.NONE, CourseRole.OBSERVER)


def _is_of(tab: Tab) -> bool:
    """Does this page belong to the tab's feature, wherever its address lies?"""
    return bool(tab.page) and (request.endpoint or "").startswith(tab.page)


def _is_under(url: str) -> bool:
    return request.path == url or request.path.startswith(url.rstrip("/") + "/")
