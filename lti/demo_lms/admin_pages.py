"""The platform administrator's page: add a tool by its registration URL, and turn it on."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti.demo_lms import registration
from lti.demo_lms.serving import the_lms
from lti.demo_lms.tools import Tool

bp = Blueprint("admin", __name__)


@bp.get("/admin")
def show() -> str:
    lms = the_lms()
    tools = [tool for tool in lms.school.tools if tool.family == lms.school.family]
    used = {activity.tool for activity in lms.school.activities if not activity.deleted}
    return render_template("admin.html", tools=tools, used=used)


@bp.post("/admin")
def add() -> ResponseReturnValue:
    """Open the tool's registration page inside ours, as both families do."""
    lms = the_lms()
    address = request.form.get("registration_url", "").strip()
    if not address.startswith(("http://", "https://")):
        abort(400)
    return render_template("registering.html", frame=registration.start(lms, address))


@bp.post("/admin/tools/<client_id>")
def change(client_id: str) -> ResponseReturnValue:
    """Turn it on, give the first course a link to it, or delete it."""
    lms = the_lms()
    tool = lms.find_tool(client_id)
    action = request.form.get("action", "")
    if tool is None or action not in ("activate", "use", "delete"):
        abort(404)
    with lms.changing() as school:
        if action == "activate":
            tool.active = True
        elif action == "use":
            _use(tool)
        else:
            school.tools.remove(tool)
    return redirect(url_for(".show"), 303)


def _use(tool: Tool) -> None:
    """As a teacher does who adds it to the first course: one more link."""
    if tool.key not in {activity.key for activity in the_lms().school.activities}:
        title = f"{tool.name}, client {tool.client_id[:8]}"
        the_lms().add_activity(tool.key, title, tool=tool.key)
