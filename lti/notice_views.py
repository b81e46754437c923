"""The address that platforms send notices to. Answered at once; the worker acts later."""

import logging

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from careerlink.security import access, anyone, begins_session
from careerlink.web import services
from lti import notices
from lti.notices import Taken
from lti.reasons import Reason
from lti.refusals import LaunchRefused

log = logging.getLogger("lti.notice")

bp = Blueprint("notices", __name__, url_prefix="/lti")
bp.csrf_exempt = True  # type: ignore[attr-defined]  # each notice is signed by its platform


@bp.post("/notices")
@access(anyone)
@begins_session
def receive() -> Response:
    """200 as soon as one notice counts: platforms do not send a batch again."""
    here = services()
    taken = notices.receive(here.database, here.settings, _body())
    for one in taken.verified:
        log.info(
            "notice outcome=accepted reason=- registration=%s deployment=%s type=%s",
            one.registration_id,
            one.notice.deployment_id,
            one.notice.kind,
        )
    for refused in taken.refused:
        _log_refusal(refused.refusal)
    return _answer(taken)


def _body() -> bytes:
    request.max_content_length = notices.MOST_BYTES
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as exc:
        raise LaunchRefused(Reason.NOTICES_TOO_LARGE) from exc


def _answer(taken: Taken) -> Response:
    refused = [
        {"notice": one.position, "reason": one.refusal.reason.code} for one in taken.refused
    ]
    answer = jsonify({"accepted": len(taken.verified), "refused": refused})
    if not taken.verified:
        answer.status_code = taken.refused[0].refusal.reason.value.status
    return answer


@bp.errorhandler(LaunchRefused)
def refused_whole(refusal: LaunchRefused) -> tuple[Response, int]:
    _log_refusal(refusal)
    return jsonify({"accepted": 0, "reason": refusal.reason.code}), refusal.reason.value.status


def _log_refusal(refusal: LaunchRefused) -> None:
    log.info(
        "notice outcome=refused reason=%s detail=%s",
        refusal.reason.code,
        refusal.detail or "-",
    )
