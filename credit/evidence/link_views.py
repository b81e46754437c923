"""What the student handed in, behind a supervisor's link: the deliverables of this project."""

from flask import Blueprint, g, render_template, url_for
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.registry import SupervisorTask
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from careerlink.web import transaction
from credit.evidence import page, queries

bp = Blueprint("evidence_by_link", __name__, url_prefix="/s/<token>/work")


@bp.get("")
@access(supervisor_link)
def show(token: str) -> str:
    with transaction() as session:
        values = page.values(session, g.placement, actor=g.actor)
        return render_template("credit/evidence/link.html", token=token, **values)


def tasks(
    session: Session, actor: Actor, placement: Placement, token: str
) -> list[SupervisorTask]:
    """Nothing to do, only to read; so it never stands in the way of what there is to do."""
    found = queries.pieces(session, placement, actor=actor)
    if not found:
        return []
    return [
        SupervisorTask(
            title="what was handed in",
            text=", ".join(piece.latest.title for piece in found),
            url=url_for("evidence_by_link.show", token=token),
            action="Look at it",
            is_done=True,
        )
    ]
