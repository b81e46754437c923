"""Every version of an agreement as a file: for the student, those who look after them, and the
supervisor by link. A download stays in its own frame."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from careerlink.documents import rendering
from careerlink.documents.download import attachment
from careerlink.errors import NotFound
from careerlink.placements import queries as placements
from careerlink.placements import reading
from careerlink.placements.models import Placement
from careerlink.security import access, in_course
from careerlink.supervisors.access import supervisor_link
from careerlink.web import transaction
from credit.agreements import amending_parties, page, paper, versions

bp = Blueprint(
    "agreement_papers",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/agreement",
)
link_bp = Blueprint("agreement_papers_by_link", __name__, url_prefix="/s/<token>/agreement")


@bp.get("/versions/<version_id>.pdf")
@access(in_course)
def download(course_id: str, placement_id: str, version_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = placements.get(session, placement_id, actor=g.actor, course=g.course)
    answer = _sent(placement, version_id)
    reading.note_from_outside(placement, actor=g.actor)
    return answer


@link_bp.get("/versions/<version_id>.pdf")
@access(supervisor_link)
def download_by_link(token: str, version_id: str) -> ResponseReturnValue:
    return _sent(g.placement, version_id)


def _sent(placement: Placement, version_id: str) -> ResponseReturnValue:
    with transaction() as session:
        agreement = versions.get(session, placement, version_id)
        reads = amending_parties.reads(session, placement, g.actor)
        if page.hides_draft(agreement, g.actor, placement) or not reads(agreement):
            raise NotFound
        made = paper.of(session, agreement)
    return attachment(rendering.pdf(made), name=paper.file_name(agreement))
