"""Changes to an agreement in force, inside the course."""

from typing import Any

from flask import Blueprint, g, url_for
from flask.typing import ResponseReturnValue

from careerlink.placements import queries as placements
from careerlink.placements import reading
from careerlink.placements.models import Placement
from careerlink.security import access, in_course
from careerlink.web import request_session
from credit import addresses
from credit.agreements import amending_answers, amending_flow
from credit.agreements.amending_flow import Site

PAGES = {"paper": "agreement_papers.download"}
bp = Blueprint(
    "amendments",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/agreement",
)


@bp.get("/change")
@access(in_course)
def start(course_id: str, placement_id: str) -> ResponseReturnValue:
    return amending_flow.start(*_here(placement_id))


@bp.get("/change/<any(plan, end):what>")
@access(in_course)
def write(course_id: str, placement_id: str, what: str) -> ResponseReturnValue:
    return amending_flow.write(*_here(placement_id), what)


@bp.post("/change/<any(plan, end):what>")
@access(in_course)
def propose(course_id: str, placement_id: str, what: str) -> ResponseReturnValue:
    return amending_flow.propose(*_here(placement_id), what)


@bp.get("/changes/<version_id>")
@access(in_course)
def show(course_id: str, placement_id: str, version_id: str) -> ResponseReturnValue:
    placement, site = _here(placement_id)
    answer = amending_answers.show(placement, site, version_id)
    reading.note_from_outside(placement, actor=g.actor)
    return answer


@bp.post("/changes/<version_id>/sign")
@access(in_course)
def sign(course_id: str, placement_id: str, version_id: str) -> ResponseReturnValue:
    return amending_answers.sign(*_here(placement_id), version_id)


@bp.post("/changes/<version_id>/refuse")
@access(in_course)
def refuse(course_id: str, placement_id: str, version_id: str) -> ResponseReturnValue:
    return amending_answers.refuse(*_here(placement_id), version_id)


@bp.post("/changes/<version_id>/withdraw")
@access(in_course)
def withdraw(course_id: str, placement_id: str, version_id: str) -> ResponseReturnValue:
    return amending_answers.withdraw(*_here(placement_id), version_id)


def _here(placement_id: str) -> tuple[Placement, Site]:
    placement = placements.get(request_session(), placement_id, actor=g.actor, course=g.course)
    course_id = placement.course.public_id

    def at(page: str, **values: Any) -> str:
        name = PAGES.get(page, f"amendments.{page}")
        return url_for(name, course_id=course_id, placement_id=placement_id, **values)

    return placement, Site("layouts/page.html", at, addresses.of(placement, "agreement"))
