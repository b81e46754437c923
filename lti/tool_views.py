"""What describes CareerLink to platforms: Canvas's key, and the icon of its menus."""

from flask import Blueprint, Response, jsonify

from careerlink.security import access, anyone, begins_session
from careerlink.web import services
from lti.products import tool_metadata

bp = Blueprint("tool", __name__, url_prefix="/lti")

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">'
    '<rect width="16" height="16" rx="3" fill="#14507a"/>'
    '<path d="M3 11.5 6.5 8l2 2L13 5" fill="none" stroke="#fff" stroke-width="1.8"/>'
    '<path d="M9.6 4.6H13.3V8.3" fill="none" stroke="#fff" stroke-width="1.8"/></svg>'
)
MAX_AGE = 3600


@bp.get("/canvas.json")
@access(anyone)
@begins_session
def canvas() -> Response:
    """For Canvas's developer key, method “Enter URL”."""
    tool = tool_metadata.Tool(services().settings.server.public_url)
    return _public(jsonify(tool_metadata.developer_key(tool)))


@bp.get("/icon.svg")
@access(anyone)
@begins_session
def icon() -> Response:
    return _public(Response(ICON, mimetype="image/svg+xml"))


def _public(response: Response) -> Response:
    # Shown by the LMS's own pages, which are of another site.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
