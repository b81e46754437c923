"""Changes to an agreement in force, behind a supervisor's link."""

from typing import Any

from flask import Blueprint, g, url_for
from flask.typing import ResponseReturnValue

from careerlink.placements.models import Placement
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from credit.agreements import amending_answers, amending_flow
from credit.agreements.amending_flow import Site

PAGES = {"paper": "agreement_papers_by_link.download_by_link"}
bp = Blueprint("amendments_by_link", __name__, url_prefix="/s/<token>/agreement")


@bp.get("/change")
@access(supervisor_link)
def start(token: str) -> ResponseReturnValue:
    return amending_flow.start(*_here(token))


@bp.get("/change/<any(plan, end):what>")
@access(supervisor_link)
def write(token: str, what: str) -> ResponseReturnValue:
    return amending_flow.write(*_here(token), what)


@bp.post("/change/<any(plan, end):what>")
@access(supervisor_link)
def propose(token: str, what: str) -> ResponseReturnValue:
    return amending_flow.propose(*_here(token), what)


@bp.get("/changes/<version_id>")
@access(supervisor_link)
def show(token: str, version_id: str) -> ResponseReturnValue:
    return amending_answers.show(*_here(token), version_id)


@bp.post("/changes/<version_id>/sign")
@access(supervisor_link)
def sign(token: str, version_id: str) -> ResponseReturnValue:
    return amending_answers.sign(*_here(token), version_id)


@bp.post("/changes/<version_id>/refuse")
@access(supervisor_link)
def refuse(token: str, version_id: str) -> ResponseReturnValue:
    return amending_answers.refuse(*_here(token), version_id)


@bp.post("/changes/<version_id>/withdraw")
@access(supervisor_link)
def withdraw(token: str, version_id: str) -> ResponseReturnValue:
    return amending_answers.withdraw(*_here(token), version_id)


def _here(token: str) -> tuple[Placement, Site]:
    def at(page: str, **values: Any) -> str:
        name = PAGES.get(page, f"amendments_by_link.{page}")
        return url_for(name, token=token, **values)

    back = url_for("agreements_by_link.show", token=token)
    return g.placement, Site("layouts/supervisor.html", at, back)
