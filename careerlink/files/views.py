"""Downloads: always as an attachment, never shown by the browser under our address.

A download stays in its own frame: a new tab has another cookie jar and would be signed out.
"""

from flask import Blueprint, Response, g, send_file
from flask.typing import ResponseReturnValue

from careerlink import audit
from careerlink.files import access as file_access
from careerlink.files import storage
from careerlink.files.models import Attachment
from careerlink.registry import Registry
from careerlink.security import access, signed_in
from careerlink.supervisors.access import supervisor_link
from careerlink.web import services, transaction

bp = Blueprint("files", __name__)


def register(registry: Registry) -> None:
    registry.blueprints.append(bp)


@bp.get("/files/<file_id>")
@access(signed_in)
def download(file_id: str) -> ResponseReturnValue:
    with transaction() as session:
        attachment = file_access.readable(session, file_id, actor=g.actor)
    if g.actor.reads_office:
        with services().database.write() as session:
            audit.record(session, "attachment:read", attachment, actor=g.actor)
    return _sent(attachment)


@bp.get("/s/<token>/files/<file_id>")
@access(supervisor_link)
def download_by_link(token: str, file_id: str) -> ResponseReturnValue:
    with transaction() as session:
        attachment = file_access.readable(session, file_id, actor=g.actor)
    return _sent(attachment)


def _sent(attachment: Attachment) -> Response:
    response = send_file(
        storage.open_file(services().settings, attachment.sha256),
        mimetype=attachment.media_type,
        as_attachment=True,
        download_name=attachment.name,
        conditional=False,
        etag=False,
    )
    response.headers["Content-Length"] = str(attachment.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
